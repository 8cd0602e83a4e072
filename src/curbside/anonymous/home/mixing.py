"""Which cases stand on a member's home page. What they follow is in memory, opened for this request, and goes into the query alone.

Hubs, countries, members and cases followed are each a branch of one query, by an index of its own. Conditions stand inside sealed texts:
for them the newest cases are opened, so many and no more a page; the page ends where that window ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from curbside.anonymous.cases.documents import CaseText
from curbside.anonymous.cases.hubs.countries import open_countries
from curbside.anonymous.cases.models import Case, CaseQuerySet
from curbside.anonymous.membership.models import Member
from curbside.anonymous.membership.queries import badges_of
from curbside.anonymous.sealing.queries import read_texts
from curbside.anonymous.sealing.secrecy import TextId
from curbside.anonymous.shelf.documents import Kind, OwnShelf
from curbside.kit.ids import PublicId
from curbside.kit.paging import PAGE_SIZE, Page, cursor_after, page_newest_first, page_of_several

WINDOW: Final = 200
"""Cases that are opened for one page to look for conditions."""
HELPED: Final = "helped."
"""Before the cursor of the second part of what waits: those that have a helpful answer."""


@dataclass(frozen=True, slots=True)
class Mix:
    """What a member's home page is made of."""

    shelf: OwnShelf
    own: Sequence[str]
    """The specialties of their own badges."""
    countries: Sequence[str]
    """Those followed from which enough members post."""

    @property
    def hubs(self) -> list[str]:
        """Followed, and one's own."""
        return list(dict.fromkeys([*self.shelf[Kind.HUB], *self.own]))

    @property
    def empty(self) -> bool:
        """Whether nothing is followed, and no specialty is one's own."""
        return not self.hubs and not any(self.shelf[kind] for kind in (Kind.COUNTRY, Kind.MEMBER, Kind.CASE, Kind.CONDITION))


def mix_of(member: Member, shelf: OwnShelf) -> Mix:
    """What this member's is made of. Two queries."""
    specialties = [badge.roll.partition("/")[2] for badge in badges_of(member)]
    return Mix(shelf, [slug for slug in dict.fromkeys(specialties) if slug], open_countries(shelf[Kind.COUNTRY]))


def newest(mix: Mix, *, cursor: str) -> Page[Case]:
    """Everything followed, newest first. One query; three more where conditions are followed."""
    found = page_of_several(_branches(mix), Case.objects.with_thread(), cursor)
    codes = set(mix.shelf[Kind.CONDITION])
    return _with_conditions(found, codes, cursor) if codes else found


def waiting(mix: Mix, *, cursor: str) -> Page[Case]:
    """Open questions of one's own specialty, or without one of the hubs followed, oldest first: those that have a helpful answer come last.

    Two queries; one where the page lies wholly in one part.
    """
    hubs, found = list(mix.own) or mix.hubs, Case.objects.with_thread()
    first: Page[Case] = Page([], "")
    if not cursor.startswith(HELPED):
        first = page_of_several([Case.objects.waiting_in(slug) for slug in hubs], found, cursor, oldest_first=True)
        if first.next_cursor:
            return first
    helped = [Case.objects.asked_in(slug).filter(thread__helped=True) for slug in hubs]
    second = page_of_several(helped, found, cursor.removeprefix(HELPED) if cursor.startswith(HELPED) else "", oldest_first=True)
    return Page([*first.rows, *second.rows], HELPED + second.next_cursor if second.next_cursor else "")


def _asked() -> CaseQuerySet:
    return Case.objects.open().of_kind(Case.Kind.CASE)


def _branches(mix: Mix) -> list[CaseQuerySet]:
    shelf = mix.shelf
    hubs = [_asked().in_specialty(slug) for slug in mix.hubs]
    members = [
        Case.objects.open().of_kind(Case.Kind.CASE).written_by(PublicId().to_python(letters)).filter(posted_at__gte=_midnight(day))
        for letters, day in shelf[Kind.MEMBER].items()
    ]
    countries = [_asked().from_country(code) for code in mix.countries]
    return [*hubs, *countries, *members, *([_asked().filter(thread__in=shelf.members(Kind.CASE))] if shelf[Kind.CASE] else [])]


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(), UTC)


def _with_conditions(found: Page[Case], codes: set[str], cursor: str) -> Page[Case]:
    """The page with those of a window of the newest cases that name one of the conditions; it goes no further than the window."""
    window = page_newest_first(_asked().with_thread(), cursor, size=WINDOW)
    documents = read_texts([TextId(case.text_id) for case in window.rows if case.text_id is not None])
    named = [case for case in window.rows if codes & _codes(CaseText.opened(documents[TextId(case.text_id or 0)]))]
    merged = sorted({case.pk: case for case in (*found.rows, *named)}.values(), key=_place, reverse=True)
    ends = [page.rows[-1] for page in (found, window) if page.next_cursor]
    end = max(ends, key=_place) if ends else None  # beyond it, one of the two may hold what is not read yet
    known = [case for case in merged if end is None or _place(case) >= _place(end)]
    last = known[PAGE_SIZE - 1] if len(known) > PAGE_SIZE else end
    return Page(known[:PAGE_SIZE], cursor_after(last) if last else "")


def _place(case: Case) -> tuple[datetime, int]:
    return case.posted_at, case.pk


def _codes(text: CaseText) -> set[str]:
    return {named.code for named in text.facts.conditions if named.code}
