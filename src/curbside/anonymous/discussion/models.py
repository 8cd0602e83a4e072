"""A thread under anything that members talk about, and its comments. Words are sealed: here stand only ids, minutes and counts."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.discussion.reasons import Reason
from curbside.kit.clock import this_minute
from curbside.kit.ids import RandomIdField, random_id


class Thread(models.Model):
    """Where comments hang. A case, later a poll or a treatment, holds one; ``kind`` says which (see discussion.places)."""

    id = RandomIdField()
    kind = models.SlugField(max_length=20, db_index=False)
    comment_count = models.PositiveIntegerField(default=0)
    """Comments that can be read, replies included."""
    version = models.BigIntegerField(default=random_id)
    """Another random number after each write that the thread's page shows (discussion.shared), so that it keeps no count and no order."""

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


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


class Comment(models.Model):
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

    objects = CommentQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["thread", "parent", "posted_at", "id"], name="comment_in_thread"),
            models.Index(fields=["author", "state", "-posted_at", "-id"], name="comment_of_author"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state__in=["shown", "hidden"], text_id__isnull=False)
                | (~models.Q(state__in=["shown", "hidden"]) & models.Q(text_id__isnull=True)),
                name="comment_text_while_held",
            ),
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="comment_not_its_own_parent"),
            models.CheckConstraint(condition=models.Q(author__isnull=True) | models.Q(by_opener=False), name="comment_author_or_nobody"),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"

    @property
    def is_reply(self) -> bool:
        """Whether it hangs on another."""
        return self.parent_id is not None

    @property
    def shown(self) -> bool:
        """Whether it can be read."""
        return self.state == Comment.State.SHOWN
