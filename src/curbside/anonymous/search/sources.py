"""What is searched: open cases, lessons and polls, and the comments under them, told by ids and where each stands, never by its author."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q

from curbside.anonymous.cases.documents import CaseText
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.documents import CommentText
from curbside.anonymous.discussion.models import Comment, CommentQuerySet
from curbside.anonymous.polls.documents import PollText
from curbside.anonymous.polls.models import Poll, PollQuerySet
from curbside.anonymous.polls.queries import poll_texts
from curbside.anonymous.sealing.queries import read_texts
from curbside.anonymous.sealing.secrecy import TextId

COMMENT: Final = "comment"
LOUNGE: Final = "lounge"
"""In the place of a specialty: the lounge is found only by who asks for it."""
POLL: Final = "poll"
BATCH: Final = 500
_CATEGORY: Final = 3
"""Characters of a code that name its category: who looks for I21 also finds I21.4."""


@dataclass(frozen=True, slots=True)
class Page:
    """Where a text stands: the case or poll, and what results are narrowed by."""

    page_id: int
    specialty: str
    language: str
    stage: str = ""
    """How far a case is; empty for a poll, which ``closes_at`` tells."""
    closes_at: datetime | None = None
    pictures: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class SearchText:
    """A text to be indexed, decrypted."""

    text_id: int
    page: Page
    kind: str
    minute: datetime
    head: str
    body: str
    codes: tuple[str, ...] = ()
    """Of the conditions that a case names, each with its category."""
    within: bool = False
    """Whether the page has a text of its own beside this one."""


def all_texts() -> Iterator[Sequence[SearchText]]:
    """Everything, in batches. Three queries a batch."""
    last = 0
    while cases := list(Case.objects.open().filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = cases[-1].pk
        yield _read_cases(cases)
    last = 0
    while polls := list(_polls().filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = polls[-1].pk
        yield _read_polls(polls)
    last = 0
    while comments := list(_comments().filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = comments[-1].pk
        yield _read_comments(comments)


def texts_now(text_ids: Collection[int]) -> list[SearchText]:
    """Those of the texts that can be read now; a case or poll comes with all on its page, for that is found by where it stands."""
    cases = list(Case.objects.open().filter(text_id__in=text_ids))
    polls = list(_polls().filter(Q(text_id__in=text_ids) | Q(thread__case__in=cases)))
    pages = Q(thread__case__in=cases) | Q(thread__poll__in=[poll.pk for poll in polls if not poll.inside])
    comments = list(_comments().filter(text_id__in=text_ids)) + list(_comments().filter(pages))
    return [*_read_cases(cases), *_read_polls(polls), *_read_comments(list({comment.pk: comment for comment in comments}.values()))]


def case_body(text: CaseText) -> str:
    """All that a case tells beside its title, but its outcome."""
    told = (*(str(named) for named in text.facts.conditions), *text.facts.medicines, *text.facts.tests)
    return "\n\n".join((text.story, text.question, *told))


def poll_body(text: PollText) -> str:
    """All that a poll tells beside its question."""
    return "\n\n".join((text.details, *text.options) if text.details else text.options)


def _polls() -> PollQuerySet:
    by_itself, in_a_case = Q(inside=False), Q(inside=True, thread__case__state=Case.State.OPEN)
    return Poll.objects.filter(by_itself | in_a_case, state=Poll.State.OPEN).select_related("thread__case")


def _comments() -> CommentQuerySet:
    """Those that can be found: answers of a case that keeps them back until one has given a list would be read off here otherwise."""
    open_page = Q(thread__case__state=Case.State.OPEN) | Q(thread__poll__inside=False, thread__poll__state=Poll.State.OPEN)
    found = Comment.objects.filter(open_page, state=Comment.State.SHOWN).select_related("thread__case", "thread__poll")
    return found.exclude(thread__case__in=Case.objects.keeping_answers_back())


def _page_of_case(case: Case) -> Page:
    specialty, stage = LOUNGE if case.is_lounge else case.specialty, case.stage if case.is_question else ""
    return Page(case.pk, specialty, case.language, stage=stage, pictures=case.has_pictures)


def _page_of_poll(poll: Poll) -> Page:
    if poll.inside:
        return _page_of_case(poll.thread.case)
    return Page(poll.pk, poll.specialty, poll.language, closes_at=poll.closes_at)


def _read_cases(cases: Sequence[Case]) -> list[SearchText]:
    documents = read_texts([TextId(case.text_id) for case in cases if case.text_id is not None])
    found = []
    for case in cases:
        document = documents.get(TextId(case.text_id or 0))
        if document is not None and not document.erased:
            found.append(_case_text(case, CaseText.opened(document)))
    return found


def _case_text(case: Case, text: CaseText) -> SearchText:
    codes = tuple({part for named in text.facts.conditions if named.code for part in (named.code, named.code[:_CATEGORY])})
    return SearchText(case.text_id or 0, _page_of_case(case), case.kind, case.posted_at, text.title, case_body(text), codes)


def _read_polls(polls: Sequence[Poll]) -> list[SearchText]:
    texts = poll_texts(polls)
    return [_poll_text(poll, texts[poll.pk]) for poll in polls if poll.pk in texts and texts[poll.pk].question]


def _poll_text(poll: Poll, text: PollText) -> SearchText:
    minute = poll.posted_at
    return SearchText(poll.text_id or 0, _page_of_poll(poll), POLL, minute, text.question, poll_body(text), within=poll.inside)


def _read_comments(comments: Sequence[Comment]) -> list[SearchText]:
    documents = read_texts([TextId(comment.text_id) for comment in comments if comment.text_id is not None])
    return [
        _comment_text(comment, CommentText.opened(documents[TextId(comment.text_id)]))
        for comment in comments
        if comment.text_id is not None and not documents[TextId(comment.text_id)].erased
    ]


def _comment_text(comment: Comment, text: CommentText) -> SearchText:
    case: Case | None = getattr(comment.thread, "case", None)
    page = _page_of_case(case) if case else _page_of_poll(comment.thread.poll)
    return SearchText(comment.text_id or 0, page, COMMENT, comment.posted_at, "", text.body, within=True)
