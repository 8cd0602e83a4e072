"""A member, what was proved and by which registrar's roll, passkeys, and sessions. No e-mail, no password, no last sign-in.

Nothing here may learn who a member is, nor when, finer than a day, a member did anything.
"""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from curbside.kit.clock import today
from curbside.kit.hosts import LastingHost
from curbside.kit.ids import RandomIdField
from curbside.kit.sessions import StoredSession


class MemberManager(BaseUserManager["Member"]):
    """Django's lookups by natural key."""


class Member(AbstractBaseUser):
    """A pseudonym, and the nullifier that leads back to it."""

    password = None  # type: ignore[assignment] # passkeys only
    last_login = None

    id = RandomIdField()
    pseudonym = models.CharField(_("pseudonym"), max_length=24, unique=True)
    skeleton = models.CharField(max_length=80, unique=True)
    """The pseudonym as the eye reads it (pseudonyms.skeleton); unique, so that nobody passes for another."""
    nullifier = models.BinaryField(max_length=32, unique=True)
    """32 bytes, the same whenever the same secret knocks here."""
    term_ends_on = models.DateField()
    """The last day on which the member may write."""
    joined_on = models.DateField(default=today)
    banned = models.BooleanField(default=False)
    suspended_until = models.DateField(null=True, blank=True)
    """The day from which the member may write again; a Monday (Sanction)."""
    is_demo = models.BooleanField(default=False)
    session_epoch = models.PositiveIntegerField(default=0)
    """Raised to end all sessions at once."""

    USERNAME_FIELD = "pseudonym"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    is_active = True
    is_staff = False
    is_superuser = False

    objects = MemberManager()

    def __str__(self) -> str:
        return self.pseudonym

    def get_session_auth_hash(self) -> str:
        """What a session must carry to count as this member's."""
        return self._get_session_auth_hash()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django asks for it under each former secret key too, so that replacing the key signs nobody out."""
        value = f"{self.pk}:{self.session_epoch}"
        return salted_hmac("curbside.members.session", value, secret=secret, algorithm="sha256").hexdigest()

    @property
    def may_write(self) -> bool:
        """Whether the term runs, a registrar vouches, and no ban stands; otherwise the member reads only."""
        return not self.banned and not self.is_suspended and self.term_ends_on >= today() and self.is_vouched_for

    @property
    def is_suspended(self) -> bool:
        """Whether a moderator's suspension runs."""
        return self.suspended_until is not None and self.suspended_until > today()

    @cached_property
    def is_vouched_for(self) -> bool:
        """Whether a registrar that settings name vouches.

        Asked at each request, so that one struck off ends its terms at once, and one that is back restores them.
        """
        hosts = [registrar.host for registrar in settings.REGISTRARS]
        return self.is_demo or not hosts or self.vouches.filter(registrar__in=hosts).exists()

    @property
    def read_only_reason(self) -> str:
        """The sentence that says why the member cannot write, and what to do; empty for who can."""
        if self.may_write:
            return ""
        if self.banned:
            return ban_sentence(bytes(self.nullifier))
        if self.is_suspended:
            return suspension_sentence(bytes(self.nullifier))
        if self.term_ends_on < today():
            return _now("Your term has ended, so you can read but not write. Renew it under “Your membership”, then try again.")
        return _now(
            "The registrar that verified you is no longer accepted here, so you can read but not write. Be verified by one that is, "
            "hand it the commitment of this same wallet, and renew with a proof of its roll: you stay who you are here. "
            "Should yours be accepted again, you can write at once."
        )

    @property
    def renews_soon(self) -> bool:
        """Whether the term ends within two weeks, so that pages may say so."""
        return self.term_ends_on < today() + timedelta(days=14)


class BanReason(models.TextChoices):
    """Why a member was banned. There is no field for the operator's own words, so that nobody writes there whom they believe it to be."""

    PATIENTS = "patients", _("telling who patients are")
    PEOPLE = "people", _("telling who colleagues or members are")
    ABUSE = "abuse", _("attacking people")
    DANGER = "danger", _("advice that could lead to harm")
    SELLING = "selling", _("advertising")
    IMPOSTOR = "impostor", _("writing as what one is not")
    OFF_TOPIC = "off-topic", _("posting what does not belong here")


class Ban(models.Model):
    """A nullifier that no member may write under. It stays when the member leaves, so that leaving washes no ban off."""

    id = RandomIdField()
    nullifier = models.BinaryField(max_length=32, unique=True)
    reason = models.CharField(max_length=12, choices=BanReason)

    def __str__(self) -> str:
        return f"ban {self.pk}"

    @property
    def sentence(self) -> str:
        """What the banned are told."""
        return _now("You were banned for %(reason)s. The ban holds for this wallet, whatever pseudonym or passkey comes next.") % {
            "reason": BanReason(self.reason).label
        }


def ban_sentence(nullifier: bytes) -> str:
    """Why a banned member reads only, and what is left to them."""
    ban = Ban.objects.filter(nullifier=bytes(nullifier)).first()
    rest = _now("You can still read, and export or erase what you wrote under “Your membership”.")
    return f"{ban.sentence} {rest}" if ban else rest


class Sanction(models.Model):
    """A warning or a suspension. Like a ban it holds on the nullifier and stays when the member leaves, until it ends.

    The day on which it was given stands nowhere: an end is a Monday, or for a warning the first of a half-year, so that no row tells
    which of a week's decisions it belongs to.
    """

    class Kind(models.TextChoices):
        WARNING = "warning", _("warning")
        SUSPENSION = "suspension", _("suspension")

    id = RandomIdField()
    nullifier = models.BinaryField(max_length=32, db_index=True)
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(max_length=12, choices=BanReason)
    ends_on = models.DateField()

    def __str__(self) -> str:
        return f"sanction {self.pk}"


def suspension_sentence(nullifier: bytes) -> str:
    """Why a suspended member reads only, and until when."""
    suspensions = Sanction.objects.filter(nullifier=nullifier, kind=Sanction.Kind.SUSPENSION, ends_on__gt=today())
    last = suspensions.order_by("-ends_on").first()
    if last is None:
        return ""
    return _now(
        "You were suspended for %(reason)s. You can read, and write again from %(day)s. It holds for this wallet, whatever pseudonym comes "
        "next. Under “Moderation and you” you can appeal."
    ) % {"reason": BanReason(last.reason).label, "day": date_format(last.ends_on)}


class Vouch(models.Model):
    """A registrar whose roll a member's last proof was made against. Without any that is still accepted, the term is over."""

    id = RandomIdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="vouches")
    registrar = models.CharField(max_length=253, db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["member", "registrar"], name="one_vouch_of_a_registrar"),
        ]

    def __str__(self) -> str:
        return self.registrar


class Badge(models.Model):
    """A country or specialty that a member chose to show, proved by a roll of at least k."""

    id = RandomIdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="badges")
    registrar = models.CharField(max_length=253)
    roll = models.CharField(max_length=100)
    crowd = models.PositiveIntegerField()
    """The size of the roll then: how many could have shown the same."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["roll", "registrar"], name="badge_of_roll")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["member", "registrar", "roll"], name="one_badge_of_a_roll"),
        ]

    def __str__(self) -> str:
        return f"{self.registrar}:{self.roll}"


class BadgeChanges(models.Model):
    """One row: how often badges changed. Pages that show badges are rendered anew when it moves (kit/layers.py)."""

    id = RandomIdField()
    """Always 1: there is one row."""
    changes = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_badge_changes"),
        ]

    def __str__(self) -> str:
        return str(self.changes)


class Passkey(models.Model):
    """A passkey of a member for this host."""

    id = RandomIdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="passkeys")
    credential_id = models.BinaryField(max_length=1023, unique=True)
    public_key = models.BinaryField(max_length=1023)
    label = models.CharField(_("label"), max_length=60, blank=True)
    made_on = models.DateField(default=today)

    def __str__(self) -> str:
        return self.label or str(_("Passkey"))


class Edition(models.Model):
    """An edition whose signature and place in the chain were checked here."""

    id = RandomIdField()
    registrar = models.CharField(max_length=253)
    number = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the manifest in lower-case hex: the edition's address."""
    manifest = models.BinaryField()
    k = models.PositiveIntegerField()
    """The registrar's own least size of a roll."""
    date = models.DateField()
    replaced_on = models.DateField(null=True, blank=True)
    """The date of the next edition; from then it is accepted for some days more."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["registrar", "number"], name="one_edition_of_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.registrar} {self.number}"


class EditionRoll(models.Model):
    """A roll of an edition: its size and its root, which proofs are made against."""

    id = RandomIdField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="rolls")
    roll = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    root = models.CharField(max_length=78)
    """A field element in decimal."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["edition", "roll"], name="one_row_of_a_roll"),
        ]

    def __str__(self) -> str:
        return self.roll


class Session(StoredSession):
    """A member's session."""


class PasskeyHost(LastingHost):
    """The host that passkeys here are for."""
