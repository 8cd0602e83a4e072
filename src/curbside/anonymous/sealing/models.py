"""Sealed texts in the site's database, their keys in the ring's. Neither says whose a text is, and neither reads without the other.

The ring is a database apart: text backups may be kept for years, ring backups for days. A wrapped key beside its text would be in
every backup too, and deleting it would erase nothing.
"""

from typing import ClassVar

from django.db import models

from curbside.anonymous.sealing.secrecy import REDACTED
from curbside.kit.clock import today
from curbside.kit.ids import RandomIdField


class SealedText(models.Model):
    """One document, encrypted under a key of its own. An erased text keeps its row, so that followers of changes learn of it."""

    id = RandomIdField()
    ciphertext = models.BinaryField()
    """Empty when erased."""
    key_id = models.BigIntegerField(null=True, unique=True)
    """The ring row of this version's key; none when erased."""
    changed = models.BigIntegerField(db_index=True)
    """The place of the last change in the order of all changes; texts erased together share one. 0 once followers know it."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(key_id__isnull=False) | models.Q(ciphertext=b""), name="text_without_key_is_empty"),
        ]

    def __str__(self) -> str:
        return REDACTED


class ChangeCount(models.Model):
    """One row: how many changes there were. Its lock makes the order of numbers the order of commits.

    The order is kept for minutes only: it would tell who wrote next to whom, and when a text without a minute of its own was written.
    """

    id = RandomIdField()
    """Always 1: there is one row."""
    changes = models.BigIntegerField(default=0)
    before = models.BigIntegerField(default=0)
    """What ``changes`` was at the last forgetting; the next one forgets up to here."""
    forgotten = models.BigIntegerField(default=0)
    """Places up to here are forgotten: a follower that has not come so far reads everything anew."""
    erasures = models.BigIntegerField(default=0)
    """How many of them took words away, by erasing or rewriting: what was rendered before must go (kit/layers.py)."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_change_count"),
        ]

    def __str__(self) -> str:
        return str(self.changes)


class RingKey(models.Model):
    """The key of one version of one text, wrapped by an operator's key. Lives in the database ``ring``."""

    id = RandomIdField()
    text_id = models.BigIntegerField(db_index=True)
    wrapped = models.BinaryField(max_length=512)
    operator_key = models.CharField(max_length=40, db_index=True)
    """Which of the operator's keys wraps it."""
    made_on = models.DateField(default=today, db_index=True)

    def __str__(self) -> str:
        return REDACTED
