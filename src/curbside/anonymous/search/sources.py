"""What is searched: open cases and lessons, and the comments under them, each told by ids and where it stands, never by its author."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from curbside.anonymous.cases.documents import CaseText
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.documents import CommentText
from curbside.anonymous.discussion.models import Comment, CommentQuerySet
from curbside.anonymous.sealing.queries import read_texts
from curbside.anonymous.sealing.secrecy import TextId

COMMENT: Final = "comment"
BATCH: Final = 500


@dataclass(frozen=True, slots=True, repr=False)
class SearchText:
    """A text to be indexed, decrypted."""

    text_id: int
    case_id: int
    kind: str
    specialty: str
    language: str
    minute: datetime
    head: str
    body: str


def all_texts() -> Iterator[Sequence[SearchText]]:
    """Everything, in batches. Three queries a batch."""
    last = 0
    while cases := list(Case.objects.open().filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = cases[-1].pk
        yield _read_cases(cases)
    last = 0
    while comments := list(_comments().filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = comments[-1].pk
        yield _read_comments(comments)


def texts_now(text_ids: Collection[int]) -> list[SearchText]:
    """Those of the texts that can be read now; a case comes with all its comments, for they are found by its specialty and language."""
    cases = list(Case.objects.open().filter(text_id__in=text_ids))
    comments = list(_comments().filter(text_id__in=text_ids)) + list(_comments().filter(thread__case__in=cases))
    return [*_read_cases(cases), *_read_comments(list({comment.pk: comment for comment in comments}.values()))]


def _comments() -> CommentQuerySet:
    """Those that can be found: answers of a case that keeps them back until one has given a list would be read off here otherwise."""
    found = Comment.objects.filter(state=Comment.State.SHOWN, thread__case__state=Case.State.OPEN).select_related("thread__case")
    return found.exclude(thread__case__in=Case.objects.keeping_answers_back())


def _read_cases(cases: Sequence[Case]) -> list[SearchText]:
    documents = read_texts([TextId(case.text_id) for case in cases if case.text_id is not None])
    found = []
    for case in cases:
        document = documents.get(TextId(case.text_id or 0))
        if document is not None and not document.erased:
            found.append(_case_text(case, CaseText.opened(document)))
    return found


def _case_text(case: Case, text: CaseText) -> SearchText:
    body = f"{text.story}\n\n{text.question}"
    return SearchText(case.text_id or 0, case.pk, case.kind, case.specialty, case.language, case.posted_at, text.title, body)


def _read_comments(comments: Sequence[Comment]) -> list[SearchText]:
    documents = read_texts([TextId(comment.text_id) for comment in comments if comment.text_id is not None])
    return [
        _comment_text(comment, CommentText.opened(documents[TextId(comment.text_id)]))
        for comment in comments
        if comment.text_id is not None and not documents[TextId(comment.text_id)].erased
    ]


def _comment_text(comment: Comment, text: CommentText) -> SearchText:
    case = comment.thread.case
    return SearchText(comment.text_id or 0, case.pk, COMMENT, case.specialty, case.language, comment.posted_at, "", text.body)
