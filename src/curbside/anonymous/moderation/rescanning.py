"""Searches what is posted already for what could tell who a patient is, after the guard has learned more, and reports it to the moderators.

A report says how many of which kinds, sealed, and none of the values; nobody is its reporter. It can be stopped at any moment: how far it
came is one id in a file, and the next run goes on there.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from curbside.anonymous.cases.documents import CaseText
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.documents import CommentText
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.discussion.reasons import Reason
from curbside.anonymous.guard.finding import findings_in
from curbside.anonymous.guard.kinds import in_words
from curbside.anonymous.moderation.models import Report
from curbside.anonymous.moderation.posts import Post
from curbside.anonymous.polls.documents import PollText
from curbside.anonymous.polls.models import Poll
from curbside.anonymous.sealing.actions import seal_text
from curbside.anonymous.sealing.queries import read_texts
from curbside.anonymous.sealing.secrecy import Document, JSONValue, TextId
from curbside.kit.clock import today

BATCH: Final = 50
PARTS: Final = ("cases", "polls", "comments")


@dataclass(slots=True)
class Count:
    """What a run saw."""

    looked: int = 0
    reported: int = 0
    kinds: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Place:
    """How far a run came, in a file."""

    file: Path
    part: str = PARTS[0]
    last: int = 0

    @classmethod
    def kept_in(cls, file: Path) -> "Place":
        """Where the last run stopped; the beginning where none did, or where the file cannot be read."""
        try:
            part, last = json.loads(file.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return cls(file)
        return cls(file, part, int(last)) if part in PARTS else cls(file)

    def keep(self, part: str, last: int) -> None:
        """Note that everything up to this id was looked at."""
        self.part, self.last = part, last
        self.file.write_text(json.dumps([part, last]), encoding="ascii")

    def forget(self) -> None:
        """Begin anew next time."""
        self.part, self.last = PARTS[0], 0
        self.file.unlink(missing_ok=True)


def count_posts() -> int:
    """How many posts there are to look at. Three queries."""
    return _open_cases().count() + _open_polls().count() + _shown_comments().count()


def rescan(place: Place, *, progress: Callable[[int], None] = lambda _looked: None) -> Count:
    """Look at every post from the place on; gives what was found. Three queries a batch, and five a report."""
    count = Count()
    for part in PARTS[PARTS.index(place.part) :]:
        last = place.last if part == place.part else 0
        for batch in _batches(part, last):
            for post, document in _with_documents(batch):
                _look(post, document, count)
            place.keep(part, batch[-1].comment_id or batch[-1].case.pk)
            progress(len(batch))
    place.forget()
    return count


def _batches(part: str, last: int) -> Iterator[list[Post]]:
    while batch := _batch(part, last):
        yield batch
        last = batch[-1].comment_id or batch[-1].case.pk


def _batch(part: str, last: int) -> list[Post]:
    if part == "cases":
        return [Post(case) for case in _open_cases().filter(pk__gt=last).order_by("pk")[:BATCH]]
    if part == "polls":
        return [Post(poll) for poll in _open_polls().filter(pk__gt=last).order_by("pk")[:BATCH]]
    comments = _shown_comments().filter(pk__gt=last).order_by("pk")[:BATCH]
    return [Post(_page_of(comment), comment) for comment in comments]


def _open_cases() -> QuerySet[Case]:
    return Case.objects.open().filter(text_id__isnull=False).select_related("author")


def _open_polls() -> QuerySet[Poll]:
    return Poll.objects.filter(state=Poll.State.OPEN, text_id__isnull=False).select_related("author")


def _shown_comments() -> QuerySet[Comment]:
    on_a_page = Q(thread__case__isnull=False) | Q(thread__poll__isnull=False)
    shown = Comment.objects.filter(on_a_page, state=Comment.State.SHOWN, text_id__isnull=False)
    return shown.select_related("thread__case__author", "thread__poll__author")


def _page_of(comment: Comment) -> Case | Poll:
    case: Case | None = getattr(comment.thread, "case", None)
    return case or comment.thread.poll


def _with_documents(batch: Sequence[Post]) -> Iterator[tuple[Post, Document]]:
    ids = [TextId((post.comment or post.case).text_id or 0) for post in batch]
    documents = read_texts(ids)
    for post, text_id in zip(batch, ids, strict=True):
        if not documents[text_id].erased:
            yield post, documents[text_id]


def _look(post: Post, document: Document, count: Count) -> None:
    count.looked += 1
    found = findings_in({"words": _words(post, document)}, language=post.case.language)
    kinds = Counter(finding.span.type for finding in found if finding.blocks)
    if kinds and _report(post, kinds, decided=document.get("decided") is True):
        count.reported += 1
        count.kinds += kinds


def _words(post: Post, document: Document) -> str:
    if post.comment:
        return CommentText.opened(document).body
    if isinstance(post.case, Poll):
        return PollText.opened(document).in_words()
    text = CaseText.opened(document)
    told = (*(str(named) for named in text.facts.conditions), *text.facts.medicines, *text.facts.tests)
    return "\n\n".join((text.in_words(), *told, text.outcome.words if text.outcome else ""))


@transaction.atomic
def _report(post: Post, kinds: Mapping[str, int], *, decided: bool) -> bool:
    """Bring it to the queue; not what waits there, nor what was judged and not edited since."""
    before = Report.objects.filter(**post.place(), reporter=None, reason=Reason.PATIENT).first()
    if before and (before.answered_on is None or not (post.edited_at and post.edited_at.date() >= before.answered_on)):
        return False
    found: dict[str, JSONValue] = {"found": dict(kinds), "decided": decided}
    waits = {"outcome": Report.Outcome.OPEN, "answered_on": None, "reported_on": today(), **post.hub()}
    Report.objects.update_or_create(
        case_id=post.case.pk,
        comment_id=post.comment_id,
        reporter=None,
        reason=Reason.PATIENT,
        defaults={**waits, "text_id": seal_text(document=found)},
    )
    return True


def found_in_words(document: Document) -> str:
    """What a report of the guard says, in the moderator's language; empty for any other."""
    found = document.get("found")
    if not isinstance(found, dict):
        return ""
    kinds = ", ".join(f"{in_words(kind)} ({number})" for kind, number in found.items())
    return f"{kinds}. {_ASKED if document.get('decided') is True else _NOT_ASKED}"


_ASKED = gettext_lazy("Its author was asked when posting, and decided to post it as it is.")
_NOT_ASKED = gettext_lazy("Its author was not asked about anything in it.")
