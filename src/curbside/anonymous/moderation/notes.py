"""Moderators' notes on a post, or on a member wherever they write: sealed, seen by moderators alone, gone after a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.membership.models import Member
from curbside.anonymous.moderation.models import APPEAL_DAYS, Note
from curbside.anonymous.moderation.posts import Post
from curbside.anonymous.sealing.actions import erase_texts, seal_text
from curbside.anonymous.sealing.queries import read_texts
from curbside.anonymous.sealing.secrecy import TextId
from curbside.kit.clock import today
from curbside.kit.limits import RateLimit

MOST_NOTES: Final = 50
NOTE_LIMIT = RateLimit(times=60, seconds=24 * 60 * 60)


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note as moderators read it."""

    words: str
    written_on: date
    of_author: bool
    """Whether it is of the member, and not of this post."""


@transaction.atomic
def write_note(*, moderator: Member, post: Post, words: str, of_author: bool) -> None:
    """Keep a note for the other moderators. Of nobody's post, and of one under an alias, there are notes on the post alone."""
    NOTE_LIMIT.count(str(moderator.pk))
    text_id = seal_text(document={"words": words})
    if of_author and post.author is not None:
        Note.objects.create(about=post.author, text_id=text_id)
    else:
        Note.objects.create(**post.place(), text_id=text_id)


def notes_on(post: Post) -> Sequence[ShownNote]:
    """Notes on the post and on its author, newest day first. Two queries."""
    wanted = Q(**post.place()) | Q(about=post.author) if post.author else Q(**post.place())
    rows = list(Note.objects.filter(wanted).order_by("-written_on", "pk")[:MOST_NOTES])
    documents = read_texts([TextId(row.text_id) for row in rows])
    return [ShownNote(documents[TextId(row.text_id)].text("words"), row.written_on, row.about_id is not None) for row in rows]


@transaction.atomic
def forget_notes() -> None:
    """A month after they were written."""
    _erase(Note.objects.filter(written_on__lt=today() - timedelta(days=APPEAL_DAYS)))


@transaction.atomic
def erase_notes_of(*, member: Member) -> None:
    """Those on a leaving member, and on what they wrote under their pseudonym."""
    cases = Case.objects.filter(author=member).values("pk")
    comments = Comment.objects.filter(author=member).values("pk")
    _erase(Note.objects.filter(Q(about=member) | Q(case_id__in=cases, comment_id=0) | Q(comment_id__in=comments)))


def _erase(notes: QuerySet[Note]) -> None:
    erase_texts(text_ids=[TextId(text_id) for text_id in notes.values_list("text_id", flat=True)])
    notes.delete()
