"""An urgent case calls those who show a badge of its specialty, and nobody twice on a day for one author."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curbside.anonymous.cases.actions import ALIAS_PAGE_LIMIT, CASE_LIMIT, PAGE_LIMIT, post_case
from curbside.anonymous.cases.choices import Urgency
from curbside.anonymous.cases.documents import Facts
from curbside.anonymous.membership.models import Member
from curbside.anonymous.membership.queries import members_of_specialty
from curbside.anonymous.notifications.queries import unread_count
from tests.anonymous.cases.cast import TEXT, a_case, make_member, show_badge

pytestmark = pytest.mark.django_db(databases=["default", "ring"])
URGENT = replace(TEXT, facts=Facts(urgency=Urgency.TODAY.value))


def test_urgent_case_calls_its_specialty_once_a_day(heron: Member, otter: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("curbside.anonymous.membership.queries.accepted_hosts", lambda: ["directory.example.org"])
    PAGE_LIMIT._uses.clear()
    CASE_LIMIT._uses.clear()
    owl = make_member("late-owl-77")
    show_badge(heron, "gb/anaesthetics", 400)
    show_badge(otter, "gb/anaesthetics", 400)
    show_badge(owl, "gb/cardiology", 400)
    a_case(heron)
    assert unread_count(otter) == 0
    for _ in range(2):
        a_case(heron, text=URGENT)
        assert [unread_count(member) for member in (heron, otter, owl)] == [0, 1, 0]


def test_whether_an_alias_calls_tells_nothing_of_what_its_author_posted(
    heron: Member, otter: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A limit for each author would: the alias that calls nobody would be somebody's who called already that day."""
    monkeypatch.setattr("curbside.anonymous.membership.queries.accepted_hosts", lambda: ["directory.example.org"])
    for limit in (PAGE_LIMIT, ALIAS_PAGE_LIMIT, CASE_LIMIT):
        limit._uses.clear()
    show_badge(otter, "gb/anaesthetics", 400)
    a_case(heron, text=URGENT)
    called = []
    for author in (heron, heron, make_member("late-owl-77"), heron, make_member("even-crane-08")):
        post_case(author=author, specialty="anaesthetics", language="en", text=URGENT, alias=True)
        called.append(unread_count(otter))
    assert called == [2, 3, 4, 4, 4]  # the same for whoever is behind them, until its specialty was called three times


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is asked for in SQLite's words")
def test_index_serves_the_search_for_a_specialty(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("curbside.anonymous.membership.queries.accepted_hosts", lambda: ["directory.example.org"])
    with CaptureQueriesContext(connection) as queries:
        members_of_specialty("cardiology")
    assert len(queries) == 1
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {queries[0]['sql']}")
        assert "badge_of_roll" in str(cursor.fetchall())
