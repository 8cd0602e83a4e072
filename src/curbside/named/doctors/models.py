"""A doctor, their passkeys, their licence, and sessions. No e-mail address, no password, no last sign-in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from curbside.kit.clock import today
from curbside.kit.hosts import LastingHost
from curbside.kit.ids import RandomIdField
from curbside.kit.sessions import StoredSession


class DoctorManager(BaseUserManager["Doctor"]):
    """Django's lookups by natural key."""


class Doctor(AbstractBaseUser):
    """A person on the named side: an applicant, a verified doctor, or a registrar."""

    password = None  # type: ignore[assignment] # passkeys only
    last_login = None  # nobody's business

    id = RandomIdField()
    given_names = models.CharField(_("given names"), max_length=120, blank=True)
    family_name = models.CharField(_("family name"), max_length=120, blank=True)
    family_key = models.CharField(max_length=400, blank=True)
    """The family name's parts in every plain spelling, so that the same name is found on another register; empty until verified."""
    is_registrar = models.BooleanField(default=False)
    session_epoch = models.PositiveIntegerField(default=0)
    """Raised to end all sessions at once."""
    signed_up_on = models.DateField(default=today)

    USERNAME_FIELD = "id"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    is_active = True
    is_staff = False
    is_superuser = False

    objects = DoctorManager()

    def __str__(self) -> str:
        return " ".join(part for part in (self.given_names, self.family_name) if part) or str(_("Applicant"))

    def get_session_auth_hash(self) -> str:
        """What a session must carry to count as this doctor's."""
        return self._get_session_auth_hash()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django asks for it under each former secret key too, so that replacing the key signs nobody out."""
        value = f"{self.pk}:{self.session_epoch}"
        return salted_hmac("curbside.doctors.session", value, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_verified(self) -> bool:
        """Whether a licence of theirs is in force."""
        licence = getattr(self, "licence", None)
        return licence is not None and licence.in_force

    def known_as(self) -> str:
        """The line in the header: name and licence."""
        licence = getattr(self, "licence", None)
        return f"{self}, {licence}" if licence else str(self)


class Passkey(models.Model):
    """A passkey of a doctor for this host."""

    id = RandomIdField()
    doctor = models.ForeignKey(Doctor, models.CASCADE, related_name="passkeys")
    credential_id = models.BinaryField(max_length=1023, unique=True)
    public_key = models.BinaryField(max_length=1023)
    label = models.CharField(max_length=60, blank=True)
    made_on = models.DateField(default=today)

    def __str__(self) -> str:
        return self.label or str(_("Passkey"))


class Licence(models.Model):
    """A verified licence: a number on a national register, of exactly one doctor."""

    class VerifiedBy(models.TextChoices):
        UNKNOWN = "", _("not recorded")
        DOCUMENT = "document", _("a document that a registrar judged")
        CODE = "code", _("a code to an institution's address")
        VOUCHES = "vouches", _("two verified doctors who vouched")

    id = RandomIdField()
    doctor = models.OneToOneField(Doctor, models.SET_NULL, null=True, related_name="licence")
    """None once the account was deleted: the row stays for a while, so that nobody commits twice by signing up again."""
    register = models.CharField(max_length=20)
    number = models.CharField(max_length=20)
    country = models.CharField(max_length=2)
    """ISO 3166-1 alpha-2 in lower case."""
    specialties = models.JSONField(default=list)
    """Slugs of curbside.kit.specialties."""
    verified_on = models.DateField(default=today)
    verified_by = models.CharField(max_length=10, choices=VerifiedBy, default=VerifiedBy.UNKNOWN, blank=True)
    """Whoever came in by vouches may not vouch: else two colluders let in as many as they like, each of whom lets in more."""
    ended_on = models.DateField(null=True, blank=True)
    """Set when the licence lapsed or a registrar removed it; the roll drops it with the next edition."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["register", "number"], name="licence_of_one_doctor"),
            models.CheckConstraint(
                condition=models.Q(doctor__isnull=False) | models.Q(ended_on__isnull=False), name="licence_without_doctor_is_ended"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register.partition('-')[2].upper()} {self.number}"

    @property
    def in_force(self) -> bool:
        """Whether it was not ended."""
        return self.ended_on is None


class RegistrarInvitation(models.Model):
    """A link with which one person signs up as a registrar, kept as the hash of its token."""

    id = RandomIdField()
    token_hash = models.BinaryField(max_length=32, unique=True)
    name = models.CharField(max_length=120, blank=True)
    """What the log of decisions calls the registrar."""
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name or str(_("Registrar"))


class Session(StoredSession):
    """A doctor's session."""


class PasskeyHost(LastingHost):
    """The host that passkeys here are for."""
