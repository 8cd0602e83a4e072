"""Hubs by country. A list of the cases from a country would be a list of one member's cases where only one member posts from there.

So there is a hub only where at least LEAST_AUTHORS members who show a badge of the country have open cases. What was posted under an alias
or as nobody is never in it: no badge stands beside that.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from curbside.anonymous.cases.models import Case, CountryHub
from curbside.anonymous.cases.queries import CaseList, shared_rows
from curbside.anonymous.membership.queries import badges_shown
from curbside.kit.countries import country_codes, country_label
from curbside.kit.paging import page_newest_first

LEAST_AUTHORS: Final = 5


@dataclass(frozen=True, slots=True)
class Country:
    """A country by name, and how many open cases its hub has."""

    code: str
    label: str
    cases: int


@transaction.atomic
def count_countries() -> int:
    """Write anew which countries have a hub; gives how many. Safe to repeat. Four queries, whatever the number of cases."""
    badges = badges_shown().filter(member__in=Case.objects.open().of_kind(Case.Kind.CASE).values("author"))
    shown: dict[int, set[str]] = {}
    for member_id, roll in badges.values_list("member_id", "roll").iterator():
        shown.setdefault(member_id, set()).add(roll.partition("/")[0])
    authors: dict[str, set[int]] = {}
    numbers: dict[str, int] = {}
    for author_id in (
        Case.objects.open().of_kind(Case.Kind.CASE).filter(author__isnull=False).values_list("author_id", flat=True).iterator()
    ):
        for code in shown.get(author_id or 0, set()) & set(country_codes()):
            authors.setdefault(code, set()).add(author_id or 0)
            numbers[code] = numbers.get(code, 0) + 1
    hubs = [CountryHub(country=code, cases=numbers[code]) for code in sorted(authors) if len(authors[code]) >= LEAST_AUTHORS]
    CountryHub.objects.all().delete()
    CountryHub.objects.bulk_create(hubs)
    return len(hubs)


def all_countries() -> Sequence[Country]:
    """Every country that has a hub, by its name. One query."""
    rows = [Country(hub.country, country_label(hub.country), hub.cases) for hub in CountryHub.objects.all()]
    return sorted(rows, key=lambda row: row.label.casefold())


def open_countries(codes: Collection[str]) -> list[str]:
    """Those of these countries that have a hub. One query, or none for none."""
    return list(CountryHub.objects.filter(country__in=codes).order_by("country").values_list("country", flat=True)) if codes else []


def newest_from(code: str, *, cursor: str) -> CaseList:
    """Open cases from the country, newest first. Three queries; one where the rows were rendered before."""
    cases = Case.objects.open().of_kind(Case.Kind.CASE).from_country(code)
    page = page_newest_first(cases.with_thread().with_epoch(), cursor)
    return CaseList(shared_rows(page, place=f"from {code} {cursor}", kind=Case.Kind.CASE), page.rows, page.next_cursor)
