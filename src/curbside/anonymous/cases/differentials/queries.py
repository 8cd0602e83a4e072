"""Reads lists: those of a case along with its page, and a member's own, which only the member's own request can find."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from curbside.anonymous.cases.differentials.documents import GivenList
from curbside.anonymous.cases.differentials.marks import mark_of
from curbside.anonymous.cases.documents import CaseText, Named
from curbside.anonymous.cases.models import Case, DiagnosisList
from curbside.anonymous.discussion.models import Thread
from curbside.anonymous.discussion.own import Marks, marks
from curbside.anonymous.membership.leaving import Piece
from curbside.anonymous.membership.models import Member
from curbside.anonymous.sealing.queries import read_texts
from curbside.anonymous.sealing.secrecy import TextId

READ_BACK: Final = 1000
"""Cases, the newest, that a member's own record is made of."""
SHOWN: Final = 20
BATCH: Final = 500


def lists_here(*, reader: Member, thread: Thread) -> Marks:  # noqa: ARG001 - which is the reader's own shows once the case is opened
    """Every list of the thread's case, for its mark, read along with what is the reader's own."""
    return marks(DiagnosisList.objects.filter(case__thread=thread), what="list", about="text_id", value="reader_mark")


@dataclass(frozen=True, slots=True)
class OwnList:
    """One's own list in one's own record."""

    address: str
    title: str
    given: GivenList
    outcome: Named | None
    place: int
    """Where the list holds the outcome, from 1; 0 where it does not or nobody knows yet."""


@dataclass(frozen=True, slots=True)
class Record:
    """How often one's own lists held the outcome."""

    given: int
    looked: int
    known: int
    """Blind lists of cases whose outcome has a code."""
    held: int
    first: int
    newest: Sequence[OwnList]
    read_back: int = READ_BACK


def own_record(member: Member) -> Record:
    """Over the newest cases that take lists. Six queries."""
    cases = list(Case.objects.open().filter(blind=True).order_by("-posted_at", "-pk")[:READ_BACK])
    found = _own_lists(member, cases)
    known = [one for one in found if not one.given.looked and one.outcome is not None and one.outcome.code]
    return Record(
        given=len(found),
        looked=sum(one.given.looked for one in found),
        known=len(known),
        held=sum(one.place > 0 for one in known),
        first=sum(one.place == 1 for one in known),
        newest=found[:SHOWN],
    )


def export_lists(*, member: Member) -> tuple[str, Sequence[Piece]]:
    """Every list of the member, for their own export."""
    pieces: list[Piece] = []
    for cases in _batches():
        pieces += [{"case": one.address, "title": one.title, **_told(one.given)} for one in _own_lists(member, cases)]
    return _("Lists of diagnoses"), pieces


def _told(given: GivenList) -> Piece:
    return {part: value for part, value in given.to_seal().items() if part != "giver"}


def givers_of(case: Case) -> set[int]:
    """Who gave a list for the case, to be told of its outcome. Three queries, or one."""
    text_ids = [TextId(text_id) for text_id in DiagnosisList.objects.filter(case=case).values_list("text_id", flat=True)]
    documents = read_texts(text_ids) if text_ids else {}
    return {giver for document in documents.values() if (giver := GivenList.opened(document).giver)}


def rows_of_member(member: Member) -> Iterator[list[DiagnosisList]]:
    """The member's lists in all cases that have any, batch by batch."""
    for cases in _batches():
        yield list(_rows(member, _texts(cases)))


def _batches() -> Iterator[list[Case]]:
    last = 0
    while cases := list(Case.objects.filter(lists__isnull=False, text_id__isnull=False, pk__gt=last).distinct().order_by("pk")[:BATCH]):
        last = cases[-1].pk
        yield cases


def _texts(cases: Sequence[Case]) -> dict[int, CaseText]:
    documents = read_texts([TextId(case.text_id) for case in cases if case.text_id is not None])
    return {case.pk: CaseText.opened(documents[TextId(case.text_id)]) for case in cases if case.text_id is not None}


def _rows(member: Member, texts: Mapping[int, CaseText]) -> QuerySet[DiagnosisList]:
    marks = [mark_of(text.salt, member.pk) for text in texts.values() if text.salt]
    return DiagnosisList.objects.filter(case__in=texts, reader_mark__in=marks)


def _own_lists(member: Member, cases: Sequence[Case]) -> list[OwnList]:
    """In the order of the cases. Five queries."""
    texts = _texts(cases)
    rows = {row.case_id: row for row in _rows(member, texts)}
    documents = read_texts([TextId(row.text_id) for row in rows.values()])
    return [
        _own_list(case, texts[case.pk], GivenList.opened(documents[TextId(rows[case.pk].text_id)])) for case in cases if case.pk in rows
    ]


def _own_list(case: Case, text: CaseText, given: GivenList) -> OwnList:
    outcome = text.outcome.diagnosis if text.outcome else None
    return OwnList(reverse("cases:show_case", args=[case.pk]), text.title, given, outcome, given.place_of(outcome))
