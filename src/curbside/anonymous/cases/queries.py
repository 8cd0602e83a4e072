"""Reads cases for pages. Every list costs the same at any length and depth: one query for rows, two for their words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Final, TypeAlias

from django.urls import reverse
from django.utils.safestring import SafeString

from curbside.anonymous.cases.actions import REMIND_AFTER
from curbside.anonymous.cases.differentials.forms import ListForm
from curbside.anonymous.cases.differentials.showing import ListsPart, SharedLists, lists_part, shared_lists
from curbside.anonymous.cases.documents import LONGEST_OUTCOME, Alias, CaseText, Named
from curbside.anonymous.cases.facts import shown_facts
from curbside.anonymous.cases.forms import FORMS
from curbside.anonymous.cases.models import TOLD_STAGES, Case
from curbside.anonymous.discussion.bylines import Byline, badge_lines
from curbside.anonymous.discussion.documents import LONGEST_COMMENT
from curbside.anonymous.discussion.links import links_are_open
from curbside.anonymous.discussion.markdown import first_line, render_markdown
from curbside.anonymous.discussion.models import Thread
from curbside.anonymous.discussion.own import Own, own_marks, shelf_along
from curbside.anonymous.discussion.queries import (
    answer_lines,
    known_place,
    shown_comments,
    thread_rows,
    top_lines,
)
from curbside.anonymous.discussion.reactions import counts_of_thread
from curbside.anonymous.discussion.tools import Tools, tools_of
from curbside.anonymous.membership.models import Member
from curbside.anonymous.notifications.threads import TitledThread
from curbside.anonymous.pictures.queries import ShownPicture, shown_pictures
from curbside.anonymous.polls.documents import PollText
from curbside.anonymous.polls.marks import has_voted
from curbside.anonymous.polls.queries import poll_of
from curbside.anonymous.polls.results import PollView, view_poll
from curbside.anonymous.sealing.queries import read_texts
from curbside.anonymous.sealing.secrecy import TextId
from curbside.anonymous.shelf.documents import OwnShelf
from curbside.kit.clock import now, today
from curbside.kit.layers import SHARED, Layer, render_layer
from curbside.kit.pages import language_label
from curbside.kit.paging import Page, page_newest_first
from curbside.kit.specialties import specialty_label

ListMarks: TypeAlias = Mapping[int, tuple[str, ...]]
NO_LISTS: Final[ListMarks] = MappingProxyType({})


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
    """A page of a list, with the rows that are the same for everyone rendered."""

    rows: Layer
    cases: Sequence[Case]
    next_cursor: str


@dataclass(frozen=True, slots=True)
class SharedCase:
    """What a case's page shows to everyone."""

    title: str
    main: Layer
    outcome: Layer
    thread: Layer
    lists: SharedLists | None
    """Of a case whose readers give lists of diagnoses."""
    alias: Alias | None
    """Whose name is shown, and by which its author is known again. In memory alone."""
    openers: tuple[int, ...]
    """The comments on the page by who opened the thread as nobody or under an alias."""
    tools: Layer | None
    """Of a one-off post: the fields of its author, whoever among the readers that is."""
    poll: PollText | None = None
    """The words of the poll inside, and the salt of its marks."""

    def __repr__(self) -> str:
        return "(a case as everyone sees it)"


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case's page for one reader: the shared layer, and what is laid over it."""

    case: Case
    shared: SharedCase
    marks: Own
    tools: Tools | None
    """Of a moderator."""
    remove_url: str
    """Where the reader removes it as a moderator; empty for who is none."""
    block_url: str
    """Likewise, where today's quota is blocked."""
    log_url: str
    """Likewise, where what moderators did stands."""
    own: bool
    shelf: OwnShelf
    poll: PollView | None
    """The poll inside, as this reader sees it."""
    lists: ListsPart | None
    """Where readers give lists of diagnoses."""
    alias: str
    """The reader's own alias here."""

    @property
    def hides_answers(self) -> bool:
        """Whether others' answers are kept back from this reader for now."""
        return self.lists is not None and self.lists.hides


def case_list(*, kind: Case.Kind, specialty: str, language: str, cursor: str, stage: str = "") -> CaseList:
    """Open cases or lessons, newest first. Three queries; one where the rows were rendered before."""
    cases = Case.objects.open().of_kind(kind).in_specialty(specialty).in_language(language).at_stage(stage)
    page = page_newest_first(cases.with_thread().with_epoch(), cursor)
    return CaseList(shared_rows(page, place=f"{kind} {specialty} {language} {stage} {cursor}", kind=kind), page.rows, page.next_cursor)


def shared_rows(page: Page[Case], *, place: str, kind: Case.Kind) -> Layer:
    """The rows as everyone sees them, from memory or rendered now. Two queries at most."""
    version = "".join(f"{case.pk} {case.thread.version} {case.stage} {case.view_count}," for case in page.rows)
    return SHARED.recall(
        f"cases {place}",
        version=version,
        epoch=page.rows[0].epoch if page.rows else "",
        make=lambda: render_layer("cases/_case_rows.html", {"rows": rows_of(page), "address": list_address(kind)}),
    )


def case_page(case: Case, *, reader: Member, place: str, looked: bool = False, form: ListForm | None = None) -> CasePage:
    """The case for this reader. Two queries, and three more where its shared layer was not rendered yet."""
    own = own_marks(reader=reader, thread=case.thread)
    tools = tools_of(reader, own)
    with shelf_along(own) as shelf:
        shared = shared_case(case, place=known_place(place), lists=own["list"])
    hidden, poll = shared.alias is not None and shared.alias.member_id == reader.pk, poll_of(case.thread)
    is_own = hidden or case.author_id == reader.pk
    part = lists_part(shared.lists, case, reader=reader, own_case=is_own, looked=looked, form=form)
    held_back = part is not None and part.hides
    return CasePage(
        case=case,
        shared=shared,
        marks=own.also(written=shared.openers) if hidden else own,
        tools=tools,
        remove_url=tools.remove_case(case.pk) if tools else "",
        log_url=tools.log() if tools else "",
        block_url=tools.block_quota(case.pk) if tools and case.quota_id else "",
        own=is_own,
        poll=view_poll(poll, shared.poll, voted=has_voted(poll, own), held_back=held_back) if poll and shared.poll else None,
        lists=part,
        shelf=shelf(),
        alias=shared.alias.shown if hidden and shared.alias else "",
    )


def shared_case(case: Case, *, place: str, lists: ListMarks = NO_LISTS) -> SharedCase:
    """What everyone sees of it, from memory or rendered now. ``lists`` are the marks of readers' lists by their texts."""
    version = f"{case.thread.version} {case.stage} {case.crowd or 0} {today()}"  # the day: on one of them the links of new members open
    return SHARED.recall(f"case {case.pk} {place}", version=version, epoch=case.epoch, make=lambda: _render_case(case, place, lists))


def _render_case(case: Case, place: str, lists: ListMarks) -> SharedCase:
    """The case with its words, its author's badges, its readers' lists and a page of comments. Four queries."""
    rows = thread_rows(case.thread, place=place)
    poll = poll_of(case.thread)
    poll_ids = [TextId(poll.text_id)] if poll and poll.text_id is not None else []
    documents = read_texts([*text_ids_of([case]), *poll_ids, *rows.text_ids(), *map(TextId, lists)])
    badges = badge_lines(rows.author_ids() | ({case.author.pk} if case.author else set()))
    text = CaseText.opened(documents[text_ids_of([case])[0]])
    comments = shown_comments(
        rows, documents=documents, badges=badges, opener_id=case.author_id, alias=text.alias.shown if text.alias else ""
    )
    links = links_are_open(case.author, case.posted_at)
    context = {
        "case": case,
        "thread": case.thread,
        "counts": counts_of_thread(case.thread),
        "text": text,
        "story": render_markdown(text.story, links=links),
        "question": render_markdown(text.question, links=links),
        "facts": shown_facts(text.facts),
        "pictures": pictures_of(case, text),
        "outcome": ShownOutcome(text.outcome.diagnosis, render_markdown(text.outcome.words, links=links)) if text.outcome else None,
        "byline": Byline(case.author.pseudonym, badges.get(case.author.pk, ())) if case.author else None,
        "crowd": case.crowd or 0,
        "specialty": specialty_label(case.specialty),
        "language": language_label(case.language),
        "address": list_address(case.kind),
        "has_poll": bool(poll_ids),
        "comments": comments,
        "rows": rows,
        "longest": LONGEST_COMMENT,
    }
    lines = {"tops": top_lines(comments), "answers": answer_lines(comments)}
    tools = {**context, **lines, "longest_outcome": LONGEST_OUTCOME, "own_form": FORMS[Case.Kind(case.kind)](auto_id="own-%s")}
    return SharedCase(
        title=text.title,
        main=render_layer("cases/_case_shared.html", context),
        outcome=render_layer("cases/_outcome.html", context),
        thread=render_layer("discussion/_thread.html", {**context, "count": case.thread.comment_count, "nobody": case.by_nobody}),
        lists=shared_lists(case, text.salt, lists, documents),
        alias=text.alias,
        openers=tuple(comment.pk for comment in rows.all() if comment.by_opener),
        tools=render_layer("cases/_author_tools.html", tools) if case.by_nobody else None,
        poll=PollText.opened(documents[poll_ids[0]]) if poll_ids else None,
    )


def pictures_of(case: Case, text: CaseText) -> list[ShownPicture]:
    """Its pictures with the addresses of their pages. No query."""
    addresses = [reverse("cases:show_picture", args=[case.pk, number]) for number, _note in enumerate(text.pictures, start=1)]
    return shown_pictures(text.pictures, addresses=addresses)


def case_text(case: Case) -> CaseText:
    """The words of one case. Two queries."""
    ids = text_ids_of([case])
    return CaseText.opened(read_texts(ids)[ids[0]])


def title_cases(*, reader: Member, thread_ids: Collection[int]) -> dict[int, TitledThread]:  # noqa: ARG001 - every member may read every open case
    """The titles of open cases by their threads (notifications.threads). Three queries."""
    cases = list(Case.objects.open().filter(thread__in=thread_ids))
    documents = read_texts(text_ids_of(cases))
    return {
        case.thread_id: TitledThread(CaseText.opened(documents[TextId(case.text_id)]).title, reverse("cases:show_case", args=[case.pk]))
        for case in cases
        if case.text_id is not None
    }


def author_of_case(*, thread: Thread) -> int | None:
    """Who opened the thread under their own pseudonym (discussion.places). One query."""
    return Case.objects.open().filter(thread=thread).values_list("author", flat=True).first()


def list_address(kind: str) -> str:
    """The list in which a case or a lesson stands."""
    rooms = {Case.Kind.LESSON: "cases:list_lessons", Case.Kind.LOUNGE: "lounge:list_threads"}
    return reverse(rooms.get(Case.Kind(kind), "cases:home"))


def rows_of(page: Page[Case]) -> list[CaseRow]:
    """The cases of a page with their words. Two queries."""
    documents = read_texts(text_ids_of(page.rows))
    return [row_of(case, CaseText.opened(documents[TextId(case.text_id)])) for case in page.rows if case.text_id is not None]


def row_of(case: Case, text: CaseText) -> CaseRow:
    """A case with its words, in the reader's language. No query."""
    facts = shown_facts(text.facts)
    labels = specialty_label(case.specialty), language_label(case.language)
    waits = case.is_question and case.stage not in TOLD_STAGES and case.posted_at < now() - timedelta(days=REMIND_AFTER)
    return CaseRow(case, text.title, first_line(text.question), *labels, facts.urgency, facts.asks, waits)


def text_ids_of(cases: Sequence[Case]) -> list[TextId]:
    """Where their words are sealed, of those whose words are held."""
    return [TextId(case.text_id) for case in cases if case.text_id is not None]
