"""Reads polls for pages. Every list costs the same at any length and depth: one query for rows, two for their words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from curbside.anonymous.discussion.bylines import Byline, badge_lines
from curbside.anonymous.discussion.documents import LONGEST_COMMENT
from curbside.anonymous.discussion.links import links_are_open
from curbside.anonymous.discussion.markdown import render_markdown
from curbside.anonymous.discussion.models import Thread
from curbside.anonymous.discussion.own import Own, own_marks, shelf_along
from curbside.anonymous.discussion.queries import known_place, shown_comments, thread_rows
from curbside.anonymous.discussion.tools import Tools, tools_of
from curbside.anonymous.membership.leaving import Piece
from curbside.anonymous.membership.models import Member
from curbside.anonymous.membership.queries import accepted_hosts, badges_of
from curbside.anonymous.notifications.threads import TitledThread
from curbside.anonymous.polls.documents import PollText
from curbside.anonymous.polls.marks import has_voted
from curbside.anonymous.polls.models import Poll
from curbside.anonymous.polls.results import PollView, view_poll
from curbside.anonymous.polls.tallies import groups_of
from curbside.anonymous.sealing.queries import read_texts
from curbside.anonymous.sealing.secrecy import TextId
from curbside.anonymous.shelf.documents import OwnShelf
from curbside.kit.clock import today
from curbside.kit.ids import public_id
from curbside.kit.layers import SHARED, Layer, render_layer
from curbside.kit.pages import language_label
from curbside.kit.paging import Page, page_newest_first
from curbside.kit.specialties import specialty_label


@dataclass(frozen=True, slots=True)
class PollRow:
    """A poll as a list shows it: never its author, nor what was answered."""

    poll: Poll
    question: str
    specialty: str
    language: str


@dataclass(frozen=True, slots=True)
class PollList:
    """A page of a list, with the rows that are the same for everyone rendered."""

    rows: Layer
    polls: Sequence[Poll]
    next_cursor: str


@dataclass(frozen=True, slots=True, repr=False)
class SharedPoll:
    """What a poll's page shows to everyone, and the words that what is one reader's is made of."""

    text: PollText
    main: Layer


@dataclass(frozen=True, slots=True)
class PollPage:
    """A poll's page for one reader."""

    poll: Poll
    shared: SharedPoll
    view: PollView
    marks: Own
    tools: Tools | None
    remove_url: str
    """Where the reader removes it as a moderator; empty for who is none."""
    log_url: str
    own: bool
    shelf: OwnShelf


def poll_list(*, closed: bool, specialty: str, language: str, cursor: str) -> PollList:
    """Open polls, newest first, or closed ones, last closed first. Three queries; one where the rows were rendered before."""
    polls = Poll.objects.shown().in_specialty(specialty).in_language(language).with_thread().with_epoch()
    page = page_newest_first(polls.closed(), cursor, minute="closes_at") if closed else page_newest_first(polls.taking_votes(), cursor)
    version = "".join(f"{poll.pk} {poll.thread.version} {poll.answer_count} {poll.closes_at}," for poll in page.rows)
    rows = SHARED.recall(
        f"polls {closed} {specialty} {language} {cursor}",
        version=version,
        epoch=page.rows[0].epoch if page.rows else "",
        make=lambda: render_layer("polls/_poll_rows.html", {"rows": _rows(page), "closed": closed}),
    )
    return PollList(rows, page.rows, page.next_cursor)


def own_polls(author: Member, *, cursor: str) -> tuple[Sequence[PollRow], str]:
    """One's own polls, open and closed, newest first; for oneself only. Three queries."""
    page = page_newest_first(Poll.objects.shown().written_by(author.pk).with_thread(), cursor)
    return _rows(page), page.next_cursor


def _rows(page: Page[Poll]) -> list[PollRow]:
    texts = poll_texts(page.rows)
    return [PollRow(poll, texts[poll.pk].question, specialty_label(poll.specialty), language_label(poll.language)) for poll in page.rows]


def poll_page(poll: Poll, *, reader: Member, place: str) -> PollPage:
    """The poll for this reader. Two queries, and three more where its shared layer was not rendered yet."""
    own = own_marks(reader=reader, thread=poll.thread)
    tools = tools_of(reader, own)
    with shelf_along(own) as shelf:
        shared = _shared_poll(poll, place=known_place(place))
    return PollPage(
        poll=poll,
        shared=shared,
        view=view_poll(poll, shared.text, voted=has_voted(poll, own)),
        marks=own,
        tools=tools,
        remove_url=tools.remove_case(poll.pk) if tools else "",
        log_url=tools.log() if tools else "",
        own=poll.author_id == reader.pk,
        shelf=shelf(),
    )


def _shared_poll(poll: Poll, *, place: str) -> SharedPoll:
    version = f"{poll.thread.version} {today()}"  # the day: on one of them the links of new members open
    return SHARED.recall(f"poll {poll.pk} {place}", version=version, epoch=poll.epoch, make=lambda: _render_poll(poll, place))


def _render_poll(poll: Poll, place: str) -> SharedPoll:
    """The poll with its words, its author's badges and a page of comments. Four queries."""
    rows = thread_rows(poll.thread, place=place)
    text_id = TextId(poll.text_id or 0)
    documents = read_texts([text_id, *rows.text_ids()])
    badges = badge_lines(rows.author_ids() | ({poll.author.pk} if poll.author else set()))
    text = PollText.opened(documents[text_id])
    context = {
        "poll": poll,
        "thread": poll.thread,
        "question": text.question,
        "details": details_html(poll, text),
        "byline": Byline(poll.author.pseudonym, badges.get(poll.author.pk, ())) if poll.author else None,
        "specialty": specialty_label(poll.specialty),
        "language": language_label(poll.language),
        "comments": shown_comments(rows, documents=documents, badges=badges, opener_id=poll.author_id),
        "rows": rows,
        "longest": LONGEST_COMMENT,
    }
    return SharedPoll(text, render_layer("polls/_poll_shared.html", context))


def details_html(poll: Poll, text: PollText) -> SafeString:
    """What stands under the question."""
    return render_markdown(text.details, links=links_are_open(poll.author, poll.posted_at))


def poll_text(poll: Poll) -> PollText:
    """The words of one poll. Two queries."""
    return poll_texts([poll])[poll.pk]


def poll_texts(polls: Collection[Poll]) -> dict[int, PollText]:
    """The words of polls by their ids. Two queries."""
    documents = read_texts([TextId(poll.text_id) for poll in polls if poll.text_id is not None])
    return {poll.pk: PollText.opened(documents[TextId(poll.text_id)]) for poll in polls if poll.text_id is not None}


def groups_shown_by(member: Member) -> dict[str, str]:
    """The groups that a member's badges put them in, as readers see them now. One query."""
    hosts = accepted_hosts()
    return groups_of([badge.roll for badge in badges_of(member) if not hosts or badge.registrar in hosts])


def export_polls(*, member: Member) -> tuple[str, Sequence[Piece]]:
    """The polls that the member asked. How they voted elsewhere is not among it: nothing here knows."""
    polls = list(Poll.objects.written_by(member.pk).filter(text_id__isnull=False).order_by("posted_at", "pk"))
    texts = poll_texts(polls)
    return _("Polls"), [
        {
            "id": public_id(poll.pk),
            "specialty": poll.specialty,
            "language": poll.language,
            "posted_at": poll.posted_at.isoformat(),
            "closes_at": poll.closes_at.isoformat(),
            **words_of_poll(texts[poll.pk]),
        }
        for poll in polls
    ]


def words_of_polls_inside(thread_ids: Collection[int]) -> dict[int, dict[str, object]]:
    """The polls of cases by the cases' threads, for an export. Three queries."""
    polls = list(Poll.objects.filter(thread__in=thread_ids, inside=True, text_id__isnull=False))
    texts = poll_texts(polls)
    return {poll.thread_id: words_of_poll(texts[poll.pk]) for poll in polls}


def words_of_poll(text: PollText) -> dict[str, object]:
    """A poll's words as an export gives them."""
    return {"question": text.question, "details": text.details, "options": [*text.options]}


def title_polls(*, reader: Member, thread_ids: Collection[int]) -> dict[int, TitledThread]:  # noqa: ARG001 - every member may read every open poll
    """The questions of open polls by their threads (notifications.threads). Three queries."""
    polls = list(Poll.objects.shown().filter(thread__in=thread_ids))
    texts = poll_texts(polls)
    return {poll.thread_id: TitledThread(texts[poll.pk].question, reverse("polls:show_poll", args=[poll.pk])) for poll in polls}


def author_of_poll(*, thread: Thread) -> int | None:
    """Who asked, under their pseudonym (discussion.places). One query."""
    return Poll.objects.shown().filter(thread=thread).values_list("author", flat=True).first()


def poll_of(thread: Thread) -> Poll | None:
    """The open poll that was read along with a thread (``thread__poll``)."""
    poll: Poll | None = getattr(thread, "poll", None)
    return poll if poll is not None and poll.state == Poll.State.OPEN else None
