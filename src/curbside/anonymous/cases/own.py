"""Reads what is one member's own, for that member alone: their posts, those under aliases among them, and all of it for an export."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from curbside.anonymous.cases.aliases import alias_cases_of
from curbside.anonymous.cases.documents import CaseText
from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.queries import CaseRow, row_of, rows_of, text_ids_of
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.discussion.queries import comment_line, own_comments
from curbside.anonymous.membership.leaving import Piece
from curbside.anonymous.membership.models import Member
from curbside.anonymous.pictures.documents import notes_in
from curbside.anonymous.pictures.queries import exported_pictures
from curbside.anonymous.polls.models import Poll
from curbside.anonymous.polls.queries import words_of_polls_inside
from curbside.anonymous.sealing.queries import read_texts
from curbside.anonymous.sealing.secrecy import TextId
from curbside.kit.ids import public_id
from curbside.kit.paging import page_newest_first

OPENED: Final = 500
"""Cases under an alias that are opened to find one's own among them."""
UNTOLD: Final = frozenset({"salt", "alias"})
"""Parts of a sealed document that its author has no use for."""


@dataclass(frozen=True, slots=True)
class OwnComment:
    """One's own comment in one's own list."""

    comment: Comment
    line: str
    reachable: bool
    """Whether the page it stands under is still there."""


def own_cases(author: Member, *, cursor: str) -> tuple[Sequence[CaseRow], str]:
    """One's own open cases, newest first; for oneself only. Three queries."""
    page = page_newest_first(Case.objects.open().written_by(author.pk).with_thread(), cursor)
    return rows_of(page), page.next_cursor


def own_comment_list(author: Member, *, cursor: str) -> tuple[Sequence[OwnComment], str]:
    """One's own comments, newest first; for oneself only. Four queries."""
    page = own_comments(author.pk, cursor=cursor)
    documents = read_texts([TextId(comment.text_id) for comment in page.rows if comment.text_id is not None])
    threads = [comment.thread_id for comment in page.rows]
    polls = Poll.objects.shown().filter(thread__in=threads).values_list("thread_id", flat=True)
    open_threads = set(Case.objects.open().filter(thread__in=threads).values_list("thread_id", flat=True).union(polls))
    shown = [OwnComment(comment, comment_line(comment, documents), comment.thread_id in open_threads) for comment in page.rows]
    return shown, page.next_cursor


def export_cases(*, member: Member) -> tuple[str, Sequence[Piece]]:
    """Everything the member asked, for their own export."""
    cases = list(Case.objects.written_by(member.pk).filter(text_id__isnull=False))
    cases += [case for batch in alias_cases_of(member) for case in batch]
    cases.sort(key=lambda case: (case.posted_at, case.pk))
    documents, polls = read_texts(text_ids_of(cases)), words_of_polls_inside([case.thread_id for case in cases])
    return _("Cases"), [
        {
            "id": public_id(case.pk),
            "kind": case.kind,
            "specialty": case.specialty,
            "language": case.language,
            "posted_at": case.posted_at.isoformat(),
            **_under(CaseText.opened(documents[TextId(case.text_id)])),
            **{part: value for part, value in documents[TextId(case.text_id)].items() if part not in UNTOLD},
            "pictures": exported_pictures(notes_in(documents[TextId(case.text_id)].get("pictures"))),
            **({"poll": polls[case.thread_id]} if case.thread_id in polls else {}),
        }
        for case in cases
        if case.text_id is not None
    ]


def _under(text: CaseText) -> Piece:
    return {"under": text.alias.shown} if text.alias else {}


def export_alias_comments(*, member: Member) -> tuple[str, Sequence[Piece]]:
    """What the member wrote under their aliases below their cases, for their own export."""
    threads = [case.thread_id for batch in alias_cases_of(member) for case in batch]
    comments = list(Comment.objects.filter(thread__in=threads, by_opener=True, text_id__isnull=False).order_by("posted_at", "pk"))
    documents = read_texts([TextId(comment.text_id) for comment in comments if comment.text_id is not None])
    return _("Comments under an alias"), [
        {"id": public_id(comment.pk), "posted_at": comment.posted_at.isoformat(), **documents[TextId(comment.text_id)]}
        for comment in comments
        if comment.text_id is not None
    ]


def own_alias_cases(author: Member, *, cursor: str) -> tuple[Sequence[CaseRow], str]:
    """One's own open cases under aliases, newest first, among so many of all that are under one; for oneself only. Three queries."""
    page = page_newest_first(Case.objects.open().filter(under_alias=True).with_thread(), cursor, size=OPENED)
    documents = read_texts(text_ids_of(page.rows))
    texts = [(case, CaseText.opened(documents[TextId(case.text_id)])) for case in page.rows if case.text_id is not None]
    return [row_of(case, text) for case, text in texts if text.alias and text.alias.member_id == author.pk], page.next_cursor
