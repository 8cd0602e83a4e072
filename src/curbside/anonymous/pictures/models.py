"""A picture: where it hangs and how far it is. What it shows and where text was seen in it is sealed; who sent it is nowhere.

Its bytes are files of their own (pictures.vault), under a key that lies in the picture's sealed document.
"""

from datetime import date, timedelta
from typing import ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.discussion.models import Thread
from curbside.kit.clock import today
from curbside.kit.ids import RandomIdField, random_id

MOST_TRIES: Final = 3
"""A file over which the looking process died so often is not looked at again."""


class PictureQuerySet(models.QuerySet["Picture"]):
    """Pictures, by what is done with them."""

    def waiting(self) -> "PictureQuerySet":
        """Those that nobody has looked at."""
        return self.filter(state=Picture.State.WAITING)

    def under(self, thread_id: int) -> "PictureQuerySet":
        """Those of one thread."""
        return self.filter(thread_id=thread_id)

    def forgotten_since(self, day: date) -> "PictureQuerySet":
        """Those that hang nowhere and came on that day or before."""
        return self.filter(thread=None, came_on__lte=day)


class Picture(models.Model):
    """One picture, or the frames of one DICOM series."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits to be looked at")
        LOOKED = "looked", _("looked at")
        UNSEEN = "unseen", _("could not be looked at")
        DECIDED = "decided", _("decided upon")

    id = RandomIdField()
    thread = models.ForeignKey(Thread, models.PROTECT, null=True, blank=True, related_name="pictures")
    """Where it hangs; none while what it belongs to is being written."""
    text_id = models.BigIntegerField(unique=True)
    """The sealed document (pictures.documents)."""
    file_id = models.BigIntegerField(unique=True, default=random_id)
    """How its files are called; another number after each change of its pixels."""
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    """How far the looking is."""
    tries = models.PositiveSmallIntegerField(default=0)
    came_on = models.DateField(null=True, blank=True, default=today)
    """Until it hangs somewhere: then the minute of what it hangs under is enough."""

    objects = PictureQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], condition=models.Q(state="waiting"), name="picture_waiting"),
            models.Index(fields=["came_on"], condition=models.Q(thread__isnull=True), name="picture_nowhere"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(thread__isnull=True, came_on__isnull=False) | models.Q(thread__isnull=False, came_on__isnull=True),
                name="picture_day_until_it_hangs",
            ),
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="picture_percent"),
        ]

    def __str__(self) -> str:
        return f"picture {self.pk}"

    @property
    def decided(self) -> bool:
        """Whether its sender said what is to be black in it."""
        return self.state == Picture.State.DECIDED

    @property
    def is_looked_at(self) -> bool:
        """Whether the looking is over, whatever came of it."""
        return self.state != Picture.State.WAITING


def last_forgotten_day() -> date:
    """Pictures that came on this day or before and hang nowhere have waited for a day and more."""
    return today() - timedelta(days=2)
