"""Reads one's home page, bookmarks and follows. Every page costs the same however much lies on the shelf."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.queries import CaseRow, rows_of
from curbside.anonymous.conditions.queries import labels_of
from curbside.anonymous.home import mixing
from curbside.anonymous.membership.models import Member
from curbside.anonymous.notifications.threads import TitledThread, title_threads
from curbside.anonymous.shelf.documents import Kind, OwnShelf
from curbside.anonymous.shelf.queries import named_members, own_shelf
from curbside.kit.countries import country_label
from curbside.kit.ids import PublicId
from curbside.kit.paging import PAGE_SIZE, Page
from curbside.kit.specialties import SPECIALTIES, specialty_label


@dataclass(frozen=True, slots=True)
class Home:
    """One page of one's mix."""

    rows: Sequence[CaseRow]
    next_cursor: str
    shelf: OwnShelf
    empty: bool
    """Whether nothing is followed yet."""
    own: str
    """One's own specialties, by name."""


def home_page(member: Member, *, cursor: str) -> Home:
    """The newest of what the member follows. Six queries; three more where conditions are followed."""
    mix = mixing.mix_of(member, own_shelf(member))
    return _home(mix, mixing.newest(mix, cursor=cursor))


def waiting_page(member: Member, *, cursor: str) -> Home:
    """What waits for an answer in the member's specialty. Seven queries."""
    mix = mixing.mix_of(member, own_shelf(member))
    return _home(mix, mixing.waiting(mix, cursor=cursor))


def _home(mix: mixing.Mix, page: Page[Case]) -> Home:
    own = ", ".join(specialty_label(slug) for slug in mix.own)
    return Home(rows_of(page), page.next_cursor, mix.shelf, mix.empty, own)


def hubs_to_follow(shelf: OwnShelf) -> list[tuple[str, str, bool]]:
    """Every specialty by its name, and whether its hub is followed. No query."""
    hubs = [(slug, specialty_label(slug), slug in shelf[Kind.HUB]) for slug in SPECIALTIES]
    return sorted(hubs, key=lambda hub: hub[1].casefold())


@dataclass(frozen=True, slots=True)
class KeptThread:
    """A thread on one's shelf; without a name where it is gone."""

    letters: str
    named: TitledThread | None


@dataclass(frozen=True, slots=True)
class KeptThreads:
    """A page of them."""

    threads: Sequence[KeptThread]
    next_cursor: str
    total: int


def kept_threads(member: Member, kind: Kind, *, cursor: str) -> KeptThreads:
    """A page of one's bookmarks, or of the cases one follows, the latest first. Two queries, and those by which rooms name threads."""
    return _kept_threads(member, own_shelf(member), kind, cursor)


def _kept_threads(member: Member, shelf: OwnShelf, kind: Kind, cursor: str) -> KeptThreads:
    letters = list(shelf[kind])[::-1]
    start = letters.index(cursor) + 1 if cursor in letters else 0
    shown, more = letters[start : start + PAGE_SIZE], letters[start + PAGE_SIZE :]
    ids = {value: PublicId().to_python(value) for value in shown}
    named = title_threads(reader=member, thread_ids=set(ids.values()))
    return KeptThreads([KeptThread(value, named.get(ids[value])) for value in shown], shown[-1] if more else "", len(letters))


@dataclass(frozen=True, slots=True)
class Followed:
    """One hub, country, condition or member that one follows."""

    value: str
    label: str
    address: str = ""


def follows(member: Member, *, cursor: str) -> dict[str, object]:
    """All that one follows, the cases a page at a time. Four queries, and those by which rooms name their threads."""
    shelf = own_shelf(member)
    (members,) = named_members(shelf, [Kind.MEMBER])
    labels = labels_of(shelf[Kind.CONDITION])
    return {
        "hubs": [Followed(slug, specialty_label(slug), reverse("cases:show_hub", args=[slug])) for slug in shelf[Kind.HUB]],
        "countries": [Followed(code, country_label(code), reverse("cases:show_country", args=[code])) for code in shelf[Kind.COUNTRY]],
        "conditions": [Followed(code, f"{code} {labels.get(code, '')}".strip()) for code in shelf[Kind.CONDITION]],
        "members": members,
        "cases": _kept_threads(member, shelf, Kind.CASE, cursor),
    }
