"""Hubs by country: only what badges show, and only where enough members post."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from curbside.anonymous.cases.actions import CASE_LIMIT
from curbside.anonymous.cases.hubs.countries import LEAST_AUTHORS, count_countries
from curbside.anonymous.cases.models import Case, CountryHub
from curbside.anonymous.membership.models import Badge, Member
from curbside.anonymous.shelf.actions import put
from curbside.anonymous.shelf.documents import Kind
from curbside.anonymous.shelf.making import make_missing_shelves
from tests.anonymous.cases.cast import TEXT, a_case, make_member, page_of, show_badge, stranger, words_of
from tests.anonymous.cases.queries import named_queries

pytestmark = pytest.mark.django_db(databases=["default", "ring"])
SPAIN, HUBS, HOME = reverse("cases:show_country", args=["es"]), reverse("cases:list_hubs"), reverse("home:show_home")


def authors(number: int, roll: str = "es") -> list[Case]:
    made = []
    for place in range(number):
        member = make_member(f"{roll.replace('/', '-')}-{place}")
        show_badge(member, roll, 400)
        CASE_LIMIT._uses.clear()
        made.append(a_case(member))
    return made


def test_country_has_a_hub_once_enough_members_post_from_it(as_other: Client) -> None:
    cases = authors(LEAST_AUTHORS - 1)
    count_countries()
    page = words_of(as_other.get(SPAIN))
    assert "Fewer than 5 members" in page
    assert TEXT.title not in page
    assert "No country has a hub yet" in words_of(as_other.get(HUBS))
    cases += authors(1, roll="es/cardiology")
    call_command("measure_hubs", verbosity=0)
    page = words_of(as_other.get(SPAIN))
    assert all(page_of(case) in page for case in cases)
    assert SPAIN in words_of(as_other.get(HUBS))
    assert CountryHub.objects.get().cases == LEAST_AUTHORS


def test_many_cases_of_few_members_make_no_hub(author: Member) -> None:
    show_badge(author, "es", 400)
    show_badge(author, "es/cardiology", 400)
    for _ in range(LEAST_AUTHORS):
        CASE_LIMIT._uses.clear()
        a_case(author)
    assert count_countries() == 0


def test_alias_and_badge_that_is_shown_no_more_are_not_in_it(as_other: Client) -> None:
    cases = authors(LEAST_AUTHORS + 2)
    count_countries()
    Case.objects.filter(pk=cases[0].pk).update(author=None)
    Badge.objects.filter(member=cases[1].author).delete()
    page = words_of(as_other.get(SPAIN))
    assert [page_of(case) in page for case in cases] == [False, False, *[True] * LEAST_AUTHORS]


def test_followed_country_stands_on_home_only_with_a_hub(as_other: Client, other: Member) -> None:
    put(member=other, kind=Kind.COUNTRY, value="es")
    authors(LEAST_AUTHORS)
    assert TEXT.title not in words_of(as_other.get(HOME))
    count_countries()
    assert words_of(as_other.get(HOME)).count(TEXT.title) == LEAST_AUTHORS


@pytest.mark.parametrize("count", [LEAST_AUTHORS, 20])
def test_country_makes_the_same_queries_for_few_cases_and_for_many(as_other: Client, count: int) -> None:
    authors(count)
    count_countries()
    make_missing_shelves()
    with named_queries() as queries:
        as_other.get(SPAIN)
    assert sorted(queries) == sorted(
        ["select membership_session", "select membership_member", "select cases_countryhub", "select cases_case"]
        + 2 * ["select sealing_sealedtext", "select sealing_ringkey"]
    )


def test_unknown_country_visitors_and_wrong_methods(as_other: Client) -> None:
    assert as_other.get(reverse("cases:show_country", args=["zz"])).status_code == 404
    assert as_other.post(SPAIN).status_code == 405
    assert stranger().get(SPAIN).status_code == 302
