"""An application, its evidence, its vouches, and the log of decisions. Evidence is encrypted, and erased with the decision."""

from typing import ClassVar, Never

from django.db import models
from django.utils.translation import gettext_lazy as _

from curbside.kit.clock import today
from curbside.kit.ids import RandomIdField
from curbside.named.doctors.models import Doctor


class Application(models.Model):
    """A doctor's claim to a licence, from asking until the decision."""

    class State(models.TextChoices):
        OPEN = "open", _("waiting")
        MORE_ASKED = "more_asked", _("more asked")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        ENDED = "ended", _("accepted once, ended since")

    class Control(models.TextChoices):
        NONE = "", _("not shown yet")
        DOCUMENT = "document", _("document to be judged")
        CODE = "code", _("code sent to an institution's address")
        VOUCHES = "vouches", _("two verified doctors vouched")

    id = RandomIdField()
    doctor = models.ForeignKey(Doctor, models.CASCADE, related_name="applications")
    register = models.CharField(_("register"), max_length=20)
    number = models.CharField(_("licence number"), max_length=20)
    given_names = models.CharField(_("given names"), max_length=120)
    family_name = models.CharField(_("family name"), max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    control = models.CharField(max_length=10, choices=Control, default=Control.NONE, blank=True)
    question = models.TextField(blank=True)
    """What a registrar asked for, in the registrar's words."""
    answer = models.TextField(blank=True)
    """What the applicant answered; erased with the evidence."""
    answered_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    """Why it was refused or ended, as the applicant reads it."""
    applied_on = models.DateField(default=today)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "applied_on", "id"], name="application_queue")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["doctor"], condition=models.Q(state__in=["open", "more_asked"]), name="one_open_application_a_doctor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_names} {self.family_name}, {self.register} {self.number}"

    @property
    def undecided(self) -> bool:
        """Whether the decision is still to come."""
        return self.state in {self.State.OPEN, self.State.MORE_ASKED}


class Document(models.Model):
    """An uploaded document, encrypted with the evidence key; the application's id is bound to it."""

    id = RandomIdField()
    application = models.ForeignKey(Application, models.CASCADE, related_name="documents")
    media_type = models.CharField(max_length=20)
    sealed = models.BinaryField()
    size = models.PositiveIntegerField()
    kept_since = models.DateField(default=today, db_index=True)

    def __str__(self) -> str:
        return self.kind

    @property
    def kind(self) -> str:
        """What readers call its type."""
        return self.media_type.partition("/")[2].upper()


class AddressCode(models.Model):
    """A code that was sent to an institution's address. Code and address are unreadable without the evidence key."""

    id = RandomIdField()
    application = models.OneToOneField(Application, models.CASCADE, related_name="address_code")
    sealed_address = models.BinaryField()
    code_hash = models.BinaryField(max_length=32)
    tries = models.PositiveSmallIntegerField(default=0)
    ends_at = models.DateTimeField()
    kept_since = models.DateField(default=today, db_index=True)

    def __str__(self) -> str:
        return "code"


class VouchLink(models.Model):
    """The link an applicant hands to colleagues, kept as the hash of its token."""

    id = RandomIdField()
    application = models.OneToOneField(Application, models.CASCADE, related_name="vouch_link")
    token_hash = models.BinaryField(max_length=32, unique=True)
    ends_on = models.DateField()

    def __str__(self) -> str:
        return "link"


class Vouch(models.Model):
    """A verified doctor says: I know this person, and this is their licence."""

    id = RandomIdField()
    application = models.ForeignKey(Application, models.CASCADE, related_name="vouches")
    voucher = models.ForeignKey(Doctor, models.CASCADE, related_name="vouches_given")
    vouched_on = models.DateField(default=today)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["application", "voucher"], name="one_vouch_a_voucher"),
        ]

    def __str__(self) -> str:
        return str(self.vouched_on)


class AppendOnlyError(TypeError):
    """Somebody tried to change what was logged: a bug."""


class Decision(models.Model):
    """A line of the log: what was decided, by whom, on which day, and why. It names a licence, not its doctor. Never changed."""

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        MORE_ASKED = "more_asked", _("asked for more")
        MOVED = "moved", _("accepted, moved from another account")
        VOUCHED = "vouched", _("vouched")
        ENDED = "ended", _("licence ended")

    id = RandomIdField()
    kind = models.CharField(max_length=10, choices=Kind)
    register = models.CharField(max_length=20)
    number = models.CharField(max_length=20)
    application = models.ForeignKey(Application, models.SET_NULL, null=True, related_name="decisions")
    by = models.CharField(max_length=160)
    """The registrar's name, the vouching doctor's licence, or "system"."""
    reason = models.TextField(blank=True)
    decided_on = models.DateField(default=today)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["decided_on", "id"], name="decision_log")]

    def __str__(self) -> str:
        return f"{self.decided_on} {self.kind} {self.register} {self.number}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Insert; a stored line is never changed."""
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **kwargs)  # type: ignore[arg-type] # Django's options, passed through

    def delete(self, *_args: object, **_kwargs: object) -> Never:
        """Refuse."""
        raise AppendOnlyError
