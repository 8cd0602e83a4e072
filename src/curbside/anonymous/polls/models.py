"""A poll: who asked, until when, how many answered and opened it. Words and counts are sealed, and no row says what a member chose."""

from datetime import datetime, timedelta
from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.discussion.models import Thread
from curbside.anonymous.discussion.reasons import Reason
from curbside.anonymous.discussion.shared import epoch
from curbside.kit.clock import now, this_minute
from curbside.kit.ids import RandomIdField

THREAD_KIND: Final = "poll"
"""How threads of polls are marked. The poll of a case hangs on the case's own thread."""
LONGEST_DAYS: Final = 90
"""How long a poll may be open: the list of open ones looks no further back."""


class PollQuerySet(models.QuerySet["Poll"]):
    """Polls, by what a page needs of them."""

    def shown(self) -> "PollQuerySet":
        """Those that lists show: by themselves, and not hidden or removed."""
        return self.filter(inside=False, state=Poll.State.OPEN)

    def taking_votes(self) -> "PollQuerySet":
        """Those that are not closed yet."""
        moment = now()
        return self.filter(closes_at__gt=moment, posted_at__gt=moment - timedelta(days=LONGEST_DAYS + 1))

    def closed(self) -> "PollQuerySet":
        """Those that take no more votes."""
        return self.filter(closes_at__lte=now())

    def in_specialty(self, slug: str) -> "PollQuerySet":
        """Those of one specialty; of all for an empty slug."""
        return self.filter(specialty=slug) if slug else self

    def in_language(self, code: str) -> "PollQuerySet":
        """Those in one language; in all for an empty code."""
        return self.filter(language=code) if code else self

    def written_by(self, author_id: int) -> "PollQuerySet":
        """One member's own."""
        return self.filter(author_id=author_id)

    def with_thread(self) -> "PollQuerySet":
        """With the thread, for its number of comments."""
        return self.select_related("thread")

    def with_author(self) -> "PollQuerySet":
        """With the pseudonym of who asked."""
        return self.select_related("author")

    def with_epoch(self) -> "PollQuerySet":
        """With what the shared layer of pages depends on beside the row (kit.layers)."""
        read_along = {"epoch": epoch()}  # apart, as the type checker takes it for a second attribute
        return self.annotate(**read_along)


class Poll(models.Model):
    """A question that a member put to the others, by itself or inside a case."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        HIDDEN = "hidden", _("hidden by a moderator")
        REMOVED = "removed", _("removed by its author")
        MODERATED = "barred", _("removed by a moderator")
        LEFT = "left", _("erased: its author left")

    id = RandomIdField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="polls", db_index=False)
    """None inside a case, whose author the case knows or nobody does; and once erased."""
    thread = models.OneToOneField(Thread, models.PROTECT, related_name="poll")
    inside = models.BooleanField(default=False)
    """Whether it stands inside a case, on the case's thread."""
    text_id = models.BigIntegerField(null=True, blank=True, unique=True)
    """The sealed document (polls.documents), with the salt of its counts; null once erased."""
    specialty = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, blank=True)
    """Both empty inside a case, which has them."""
    posted_at = models.DateTimeField(default=this_minute)
    edited_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField()
    """The midnight after the last day for votes, or the minute in which its author closed it."""
    multiple = models.BooleanField(default=False)
    """Whether one may choose several options."""
    answer_count = models.PositiveIntegerField(default=0)
    opened_count = models.PositiveIntegerField(default=0)
    """How often it was opened by members who had not answered; by whom is nowhere (discussion.viewing)."""
    tally = models.BinaryField(default=bytes)
    """The counts, encrypted under a key that lies in the sealed document (polls.tallies); empty before the first vote."""
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    """Why a moderator removed or hid it; none where it is hidden until one has looked."""

    epoch: str = ""
    """Read along by ``with_epoch``."""

    objects = PollQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["inside", "state", "-posted_at", "-id"], name="poll_newest"),
            models.Index(fields=["inside", "state", "specialty", "-posted_at", "-id"], name="poll_by_specialty"),
            models.Index(fields=["inside", "state", "language", "-posted_at", "-id"], name="poll_by_language"),
            models.Index(fields=["inside", "state", "specialty", "language", "-posted_at", "-id"], name="poll_by_both"),
            models.Index(fields=["inside", "state", "-closes_at", "-id"], name="poll_closed"),
            models.Index(fields=["inside", "state", "specialty", "-closes_at", "-id"], name="poll_closed_by_specialty"),
            models.Index(fields=["inside", "state", "language", "-closes_at", "-id"], name="poll_closed_by_language"),
            models.Index(fields=["inside", "state", "specialty", "language", "-closes_at", "-id"], name="poll_closed_by_both"),
            models.Index(fields=["author", "state", "-posted_at", "-id"], name="poll_of_author"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "hidden"], text_id__isnull=False)
                | (~models.Q(state__in=["open", "hidden"]) & models.Q(text_id__isnull=True)),
                name="poll_text_while_held",
            ),
            models.CheckConstraint(condition=models.Q(inside=False) | models.Q(author__isnull=True), name="poll_inside_names_nobody"),
            models.CheckConstraint(condition=models.Q(closes_at__gte=models.F("posted_at")), name="poll_closes_after_it_opens"),
        ]

    def __str__(self) -> str:
        return f"poll {self.pk}"

    @property
    def is_closed(self) -> bool:
        """Whether it takes no more votes."""
        return self.closes_at <= now()

    @property
    def last_day(self) -> datetime:
        """The last day on which one can vote."""
        return self.closes_at - timedelta(minutes=1)


class VoteMark(models.Model):
    """That somebody voted in a poll, and no more: a hash under the site's secret key (polls.marks). Gone when the poll closes."""

    id = RandomIdField()
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="marks", db_index=False)
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["poll", "digest"], name="one_vote_in_a_poll"),
        ]

    def __str__(self) -> str:
        return f"mark {self.pk}"
