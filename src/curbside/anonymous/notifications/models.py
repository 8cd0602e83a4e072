"""A box for each member, and what lies in it. What a notification is about is encrypted: only whose it is stands in clear.

An answer to a post under an alias goes to whoever is behind the alias, so a row that named the thread would name its author. A row says
neither what it is about, nor the day it came, nor whether it was read: by that one could tell when a member was last here.
"""

from typing import ClassVar, Final

from django.conf import settings
from django.db import models

from curbside.kit.ids import RandomIdField

HOURS: Final = 24


class Mailbox(models.Model):
    """A member's box: where its key is sealed, and what its owner wants to hear."""

    id = RandomIdField()
    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mailbox")
    text_id = models.BigIntegerField(unique=True)
    """The sealed document {"key": base64 of 32 bytes}: with it in the ring goes all that ever lay in the box."""
    off = models.CharField(max_length=120, blank=True)
    """The kinds that the member does not want, with blanks between."""
    quiet_from = models.PositiveSmallIntegerField(null=True, blank=True)
    """A full hour in UTC; no place or time zone is kept."""
    quiet_until = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | (models.Q(quiet_from__lt=HOURS, quiet_until__lt=HOURS) & ~models.Q(quiet_from=models.F("quiet_until"))),
                name="quiet_hours_both_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"mailbox {self.pk}"

    @property
    def kinds_off(self) -> frozenset[str]:
        """The kinds that the member does not want."""
        return frozenset(self.off.split())


class HeldNotice(models.Model):
    """A note of whom to tell of what, until a duty does (notifications.held). Whom and what is sealed."""

    id = RandomIdField()
    text_id = models.BigIntegerField(unique=True)

    def __str__(self) -> str:
        return f"held notice {self.pk}"


class Notification(models.Model):
    """One thing that a member is told."""

    id = RandomIdField()
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    ends_on = models.DateField(db_index=True)
    """The Monday on which it goes, at the earliest after 60 days."""
    sealed = models.BinaryField(max_length=80)
    """What it is about (notifications.envelopes): the same size for all."""

    def __str__(self) -> str:
        return f"notification {self.pk}"
