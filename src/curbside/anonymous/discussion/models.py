"""A thread under anything that members talk about, and its comments. Words are sealed: here stand only ids, minutes and counts."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.discussion.reasons import Reason
from curbside.kit.clock import this_minute
from curbside.kit.ids import RandomIdField, random_id


class Counted(models.Model):
    """What readers can react to, with how many did. The counts stay when one of them leaves: their fall would tell who it was."""

    agree_count = models.PositiveIntegerField(default=0)
    disagree_count = models.PositiveIntegerField(default=0)
    learned_count = models.PositiveIntegerField(default=0)
    change_count = models.PositiveIntegerField(default=0)
    same_count = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class Thread(Counted):
    """Where comments hang. A case, later a poll or a treatment, holds one; ``kind`` says which (see discussion.places).

    The counts are those of what it hangs under.
    """

    id = RandomIdField()
    kind = models.SlugField(max_length=20, db_index=False)
    comment_count = models.PositiveIntegerField(default=0)
    """Comments that can be read, replies included."""
    version = models.BigIntegerField(default=random_id)
    """Another random number after each write that the thread's page shows (discussion.shared), so that it keeps no count and no order."""
    helped = models.BooleanField(default=False)
    """Whether an answer that can be read has helped somebody: lists of what waits for an answer leave it out."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], condition=models.Q(helped=False), name="thread_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


HELPED: Final = models.Q(state="shown") & (models.Q(helped_count__gt=0) | models.Q(helped_asker=True))
"""Of comments: those that can be read and helped somebody."""


@dataclass(frozen=True, slots=True)
class CommentPlace:
    """Where a page of a thread begins: at this comment."""

    minute: datetime
    comment_id: int


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments, by what a page needs of them."""

    def written_by(self, author_id: int) -> "CommentQuerySet":
        """One member's own, as far as they can still be read."""
        return self.filter(author_id=author_id, state=Comment.State.SHOWN)

    def held_of(self, author_id: int) -> "CommentQuerySet":
        """One member's own, as far as their words are still held, those that a moderator hid among them."""
        return self.filter(author_id=author_id, text_id__isnull=False)

    def with_author(self) -> "CommentQuerySet":
        """With the pseudonym of who wrote each."""
        return self.select_related("author")

    def from_place(self, place: "CommentPlace | None") -> "CommentQuerySet":
        """Those at a place and after it, oldest first."""
        if place is None:
            return self
        later = models.Q(posted_at__gt=place.minute) | models.Q(posted_at=place.minute, pk__gte=place.comment_id)
        return self.filter(later)


class Comment(Counted):
    """A comment, or a reply to one: one level, so that a thread stays readable."""

    class State(models.TextChoices):
        SHOWN = "shown", _("shown")
        HIDDEN = "hidden", _("hidden by a moderator")
        REMOVED = "removed", _("removed by its author")
        MODERATED = "barred", _("removed by a moderator")
        LEFT = "left", _("erased: its author left")

    id = RandomIdField()
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="comments", db_index=False)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    warns_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="warnings")
    """The answer that this one says could do harm; it then stands beside that answer."""
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="comments", db_index=False)
    by_opener = models.BooleanField(default=False)
    """Whether whoever opened the thread as nobody wrote this, likewise as nobody."""
    text_id = models.BigIntegerField(null=True, blank=True, unique=True)
    """The sealed document {"body": Markdown}; null once erased."""
    posted_at = models.DateTimeField(default=this_minute)
    edited_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.SHOWN)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    """Why a moderator removed or hid it; none where it is hidden until one has looked."""
    helped_count = models.PositiveIntegerField(default=0)
    """How many readers said that it helped them."""
    helped_asker = models.BooleanField(default=False)
    """Whether whoever opened the thread says that it helped. No row says who that is."""

    objects = CommentQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["thread", "parent", "posted_at", "id"], name="comment_in_thread"),
            models.Index(fields=["author", "state", "-posted_at", "-id"], name="comment_of_author"),
            models.Index(fields=["author", "thread"], condition=HELPED, name="comment_that_helped"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state__in=["shown", "hidden"], text_id__isnull=False)
                | (~models.Q(state__in=["shown", "hidden"]) & models.Q(text_id__isnull=True)),
                name="comment_text_while_held",
            ),
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="comment_not_its_own_parent"),
            models.CheckConstraint(
                condition=models.Q(warns_of=None) | (models.Q(parent__isnull=False) & ~models.Q(warns_of=models.F("id"))),
                name="warning_hangs_below",
            ),
            models.UniqueConstraint(
                fields=["warns_of", "author"], condition=models.Q(warns_of__isnull=False), name="one_warning_of_a_member"
            ),
            models.CheckConstraint(condition=models.Q(author__isnull=True) | models.Q(by_opener=False), name="comment_author_or_nobody"),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"

    @property
    def is_reply(self) -> bool:
        """Whether it hangs on another."""
        return self.parent_id is not None

    @property
    def is_warning(self) -> bool:
        """Whether it stands beside another that it says could do harm."""
        return self.warns_of_id is not None

    @property
    def shown(self) -> bool:
        """Whether it can be read."""
        return self.state == Comment.State.SHOWN

    @property
    def has_helped(self) -> bool:
        """Whether it helped somebody."""
        return self.helped_asker or self.helped_count > 0


class Reaction(models.Model):
    """That a reader reacted to a comment, or to what a thread hangs under; kept so that nobody does so twice.

    Who it was stands nowhere: ``voter`` is made of the member and the thread under a key outside the database (discussion.voters), so that
    it is another one in each thread. "Had the same" under a mistake is a confession too.
    """

    class Kind(models.TextChoices):
        AGREE = "agree", _("Agree")
        DISAGREE = "disagree", _("Disagree")
        LEARNED = "learned", _("Learned something")
        CHANGE = "change", _("May change what I do")
        SAME = "same", _("Had the same")
        HELPED = "helped", _("This helped")

    id = RandomIdField()
    voter = models.CharField(max_length=32, db_index=True)
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="reactions")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="reactions", db_index=False)
    """None for what the thread hangs under."""
    kind = models.CharField(max_length=8, choices=Kind)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["comment", "voter", "kind"], condition=models.Q(comment__isnull=False), name="one_reaction_to_a_comment"
            ),
            models.UniqueConstraint(
                fields=["thread", "voter", "kind"], condition=models.Q(comment__isnull=True), name="one_reaction_to_a_thread"
            ),
            models.CheckConstraint(condition=models.Q(comment__isnull=False) | ~models.Q(kind="helped"), name="only_answers_help"),
        ]

    def __str__(self) -> str:
        return f"reaction {self.pk}"
