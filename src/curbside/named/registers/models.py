"""What national registers say: an entry a licence number, and the imports that brought them.

Entries are public data. Nothing here may learn who signed up, who was verified, or who is on a roll.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from curbside.kit.clock import today
from curbside.kit.ids import RandomIdField


class Standing(models.TextChoices):
    """Whether a number lets its holder practise as a doctor, and if not, why not."""

    IN_FORCE = "in-force", _("In force")
    NO_LICENCE = "no-licence", _("Registered without a licence to practise")
    IN_TRAINING = "in-training", _("Student or trainee")
    SUSPENDED = "suspended", _("Suspended")
    ENDED = "ended", _("Removed from the register")
    DEACTIVATED = "deactivated", _("Deactivated")
    LAPSED = "lapsed", _("No longer in the register")
    OTHER_PROFESSION = "other-profession", _("Another profession")
    ORGANISATION = "organisation", _("An organisation, not a person")


class Import(models.Model):
    """One file of one register, imported wholly or up to some row; the same file goes on where it stopped."""

    class State(models.TextChoices):
        """How far it came."""

        RUNNING = "running", _("Running or interrupted")
        DONE = "done", _("Done")
        ABANDONED = "abandoned", _("Abandoned for a later file")

    id = RandomIdField()
    register = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    """Hex SHA-256 of the file's bytes."""
    sequence = models.PositiveIntegerField(default=0)
    """Which import of its register it is: dates alone do not order two of one day."""
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    offset = models.PositiveBigIntegerField(default=0)
    """Bytes of the unpacked file that are stored."""
    line = models.PositiveBigIntegerField(default=0)
    """Lines of the file that are stored, the header included."""
    rows = models.PositiveBigIntegerField(default=0)
    entries = models.PositiveBigIntegerField(default=0)
    """Rows that gave an entry in force."""
    others = models.PositiveBigIntegerField(default=0)
    """Rows that gave a number not in force: deactivated, another profession, an organisation."""
    bad_rows = models.PositiveBigIntegerField(default=0)
    lapsed = models.PositiveBigIntegerField(default=0)
    """Entries that were in force before and are not in this file."""
    started_on = models.DateField(default=today)
    finished_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["register"], condition=models.Q(state="running"), name="import_running_once_a_register"),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.digest[:12]}"


class Entry(models.Model):
    """A number on a register. Names and specialties are kept for doctors only; of other numbers, only their standing."""

    id = RandomIdField()
    register = models.CharField(max_length=20)
    number = models.CharField(max_length=20)
    standing = models.CharField(max_length=20, choices=Standing)
    given_names = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    other_family_name = models.CharField(max_length=120, blank=True)
    """A former or professional family name, where the register keeps one."""
    family_key = models.CharField(max_length=120, blank=True)
    """The family name as curbside.named.registers.names folds it, for a registrar's search by name."""
    specialties = models.JSONField(default=list)
    """Slugs of curbside.kit.specialties."""
    remark = models.CharField(max_length=200, blank=True)
    """What else a registrar may compare: state licences, qualification, town."""
    last_import = models.ForeignKey(Import, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name_plural = "entries"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["register", "number"], name="entry_once_a_register"),
            models.CheckConstraint(condition=models.Q(standing__in=Standing.values), name="entry_standing_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["register", "family_key"], name="entry_by_family_name", condition=~models.Q(family_key="")),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.number}"

    @property
    def in_force(self) -> bool:
        """Whether the holder may practise as a doctor."""
        return self.standing == Standing.IN_FORCE


class BadRow(models.Model):
    """A row that gave no entry: its place and the reason, never its content."""

    id = RandomIdField()
    imported = models.ForeignKey(Import, models.CASCADE, related_name="bad_row_set")
    line = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar[list[str]] = ["line"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["imported", "line"], name="bad_row_once_a_line"),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.reason}"
