"""Who moderates, and what was done. The log says what, on which day and why; never by which moderator, nor of which member."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.discussion.reasons import Reason
from curbside.kit.clock import today
from curbside.kit.ids import RandomIdField


class Moderator(models.Model):
    """A member whom the operator appointed."""

    id = RandomIdField()
    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"moderator {self.pk}"


class LogEntry(models.Model):
    """Something a moderator did."""

    class Deed(models.TextChoices):
        REMOVE_CASE = "case", _("Post removed")
        REMOVE_COMMENT = "comment", _("Comment removed")
        BLOCK_QUOTA = "quota", _("One-off posts ended for the day")

    id = RandomIdField()
    deed = models.CharField(max_length=8, choices=Deed)
    done_on = models.DateField(default=today)
    reason = models.CharField(max_length=12, choices=Reason)
    case_id = models.BigIntegerField()
    """Whose page it concerned: a number, as the case may be gone."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["-done_on", "-id"], name="log_newest")]

    def __str__(self) -> str:
        return f"{self.deed} {self.done_on}"
