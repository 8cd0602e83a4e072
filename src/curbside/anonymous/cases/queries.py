"""Reads cases for pages. Every list costs the same at any length and depth: one query for rows, two for their words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from curbside.anonymous.cases.actions import REMIND_AFTER
from curbside.anonymous.cases.choices import Age, Asks, Sex, Urgency, label_of
from curbside.anonymous.cases.documents import CaseText, Facts, Named
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.bylines import Byline, badge_lines
from curbside.anonymous.discussion.markdown import first_line, render_markdown
from curbside.anonymous.discussion.models import Comment, Thread
from curbside.anonymous.discussion.queries import (
    ShownComment,
    ThreadRows,
    comment_line,
    own_comments,
    shown_comments,
    thread_rows,
    top_lines,
)
from curbside.anonymous.discussion.tools import tools_of
from curbside.anonymous.membership.leaving import Piece
from curbside.anonymous.membership.models import Member
from curbside.anonymous.membership.queries import crowd_of_everyone
from curbside.anonymous.notifications.threads import NamedThread
from curbside.anonymous.sealing.queries import read_texts
from curbside.anonymous.sealing.secrecy import TextId
from curbside.kit.clock import now
from curbside.kit.ids import public_id
from curbside.kit.paging import Page, page_newest_first
from curbside.kit.specialties import specialty_label


@dataclass(frozen=True, slots=True)
class ShownFacts:
    """What is told beside the story, in the reader's words; each empty where it is not told."""

    patient: str
    conditions: Sequence[Named]
    medicines: Sequence[str]
    tests: Sequence[str]
    urgency: str
    asks: str
    interests: str | None
    """Empty where the author says that there are none; None where nobody asked."""


@dataclass(frozen=True, slots=True)
class ShownOutcome:
    """What happened, as a page shows it."""

    diagnosis: Named | None
    html: SafeString


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as a list shows it: never its author, so that no list of one member's cases can be read off."""

    case: Case
    title: str
    line: str
    specialty: str
    language: str
    urgency: str
    asks: str
    waits: bool
    """Whether it is time to say what happened."""


@dataclass(frozen=True, slots=True)
class CaseList:
    """A page of a list."""

    rows: Sequence[CaseRow]
    next_cursor: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """All that a case's page shows to one reader."""

    case: Case
    title: str
    story: SafeString
    question: SafeString
    attribution: str
    facts: ShownFacts
    outcome: ShownOutcome | None
    byline: Byline | None
    """None for a one-off post."""
    crowd: int
    """Of a one-off post: how many could have written it."""
    words: CaseText | None
    """Of a one-off post: its words as written, for its author to edit, whoever among the readers that is."""
    tops: Sequence[tuple[str, str]]
    """Of a one-off post: what its author can answer."""
    remove_url: str
    """Where the reader removes it as a moderator; empty for who is none."""
    block_url: str
    """Likewise, where today's quota is blocked."""
    log_url: str
    """Likewise, where what moderators did stands."""
    specialty: str
    language: str
    own: bool
    comments: Sequence[ShownComment]
    rows: ThreadRows


@dataclass(frozen=True, slots=True)
class OwnComment:
    """One's own comment in one's own list."""

    comment: Comment
    line: str
    reachable: bool
    """Whether the page it stands under is still there."""


def case_list(*, kind: Case.Kind, specialty: str, language: str, cursor: str, stage: str = "") -> CaseList:
    """Open cases or lessons, newest first. Three queries."""
    cases = Case.objects.open().of_kind(kind).in_specialty(specialty).in_language(language).at_stage(stage)
    return _with_words(page_newest_first(cases.with_thread(), cursor))


def own_cases(author: Member, *, cursor: str) -> CaseList:
    """One's own open cases, newest first; for oneself only. Three queries."""
    return _with_words(page_newest_first(Case.objects.open().written_by(author.pk).with_thread(), cursor))


def own_comment_list(author: Member, *, cursor: str) -> tuple[Sequence[OwnComment], str]:
    """One's own comments, newest first; for oneself only. Four queries."""
    page = own_comments(author.pk, cursor=cursor)
    documents = read_texts([TextId(comment.text_id) for comment in page.rows if comment.text_id is not None])
    threads = [comment.thread_id for comment in page.rows]
    open_threads = set(Case.objects.open().filter(thread__in=threads).values_list("thread_id", flat=True))
    shown = [OwnComment(comment, comment_line(comment, documents), comment.thread_id in open_threads) for comment in page.rows]
    return shown, page.next_cursor


def case_page(case: Case, *, reader: Member, place: str) -> CasePage:
    """The case with its words, its author's badges, a page of comments and, for a moderator, the tools. Five queries; six for a one-off."""
    rows = thread_rows(case.thread, place=place)
    documents = read_texts([*_text_ids([case]), *rows.text_ids()])
    author_ids = rows.author_ids() | ({case.author.pk} if case.author else set())
    badges = badge_lines(author_ids)
    text = CaseText.opened(documents[_text_ids([case])[0]])
    tools = tools_of(reader)
    shown = shown_comments(rows, documents=documents, badges=badges, reader_id=reader.pk, opener_id=case.author_id, tools=tools)
    return CasePage(
        case=case,
        title=text.title,
        story=render_markdown(text.story),
        question=render_markdown(text.question),
        attribution=text.attribution,
        facts=shown_facts(text.facts),
        outcome=ShownOutcome(text.outcome.diagnosis, render_markdown(text.outcome.words)) if text.outcome else None,
        byline=Byline(case.author.pseudonym, badges.get(case.author.pk, ())) if case.author else None,
        crowd=crowd_of_everyone() if case.by_nobody else 0,
        words=text if case.by_nobody else None,
        tops=top_lines(shown) if case.by_nobody else (),
        remove_url=tools.remove_case(case.pk) if tools else "",
        log_url=tools.log() if tools else "",
        block_url=tools.block_quota(case.pk) if tools and case.quota_id else "",
        specialty=specialty_label(case.specialty),
        language=language_label(case.language),
        own=case.author_id == reader.pk,
        comments=shown,
        rows=rows,
    )


def case_text(case: Case) -> CaseText:
    """The words of one case. Two queries."""
    ids = _text_ids([case])
    return CaseText.opened(read_texts(ids)[ids[0]])


def export_cases(*, member: Member) -> tuple[str, Sequence[Piece]]:
    """Everything the member asked, for their own export."""
    cases = list(Case.objects.written_by(member.pk).filter(text_id__isnull=False).order_by("posted_at", "pk"))
    documents = read_texts(_text_ids(cases))
    return _("Cases"), [
        {
            "id": public_id(case.pk),
            "kind": case.kind,
            "specialty": case.specialty,
            "language": case.language,
            "posted_at": case.posted_at.isoformat(),
            **documents[TextId(case.text_id)],
        }
        for case in cases
        if case.text_id is not None
    ]


def name_cases(*, reader: Member, thread_ids: Collection[int]) -> dict[int, NamedThread]:  # noqa: ARG001 - every member may read every open case
    """The titles of open cases by their threads (notifications.threads). Three queries."""
    cases = list(Case.objects.open().filter(thread__in=thread_ids))
    documents = read_texts(_text_ids(cases))
    return {
        case.thread_id: NamedThread(CaseText.opened(documents[TextId(case.text_id)]).title, reverse("cases:show_case", args=[case.pk]))
        for case in cases
        if case.text_id is not None
    }


def author_of_case(*, thread: Thread) -> int | None:
    """Who opened the thread under their own pseudonym (discussion.places). One query."""
    return Case.objects.open().filter(thread=thread).values_list("author", flat=True).first()


def list_address(kind: str) -> str:
    """The list in which a case or a lesson stands."""
    return reverse("cases:list_lessons") if kind == Case.Kind.LESSON else reverse("cases:home")


def language_label(code: str) -> str:
    """The language's name in the reader's."""
    return str(dict(settings.LANGUAGES).get(code, code))


def _with_words(page: Page[Case]) -> CaseList:
    documents = read_texts(_text_ids(page.rows))
    rows = [_row(case, CaseText.opened(documents[TextId(case.text_id)])) for case in page.rows if case.text_id is not None]
    return CaseList(rows, page.next_cursor)


def _row(case: Case, text: CaseText) -> CaseRow:
    facts = shown_facts(text.facts)
    labels = specialty_label(case.specialty), language_label(case.language)
    waits = not case.is_lesson and case.stage != Case.Stage.CLOSED and case.posted_at < now() - timedelta(days=REMIND_AFTER)
    return CaseRow(case, text.title, first_line(text.question), *labels, facts.urgency, facts.asks, waits)


def shown_facts(facts: Facts) -> ShownFacts:
    """In the reader's language. No query."""
    patient = ", ".join(label for label in (label_of(Sex, facts.sex), label_of(Age, facts.age)) if label)
    return ShownFacts(
        patient=patient,
        conditions=facts.conditions,
        medicines=facts.medicines,
        tests=facts.tests,
        urgency=label_of(Urgency, facts.urgency),
        asks=label_of(Asks, facts.asks),
        interests=facts.interests,
    )


def _text_ids(cases: Sequence[Case]) -> list[TextId]:
    return [TextId(case.text_id) for case in cases if case.text_id is not None]
