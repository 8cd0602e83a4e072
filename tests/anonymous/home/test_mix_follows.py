"""What stands on one's home page, what waits for an answer, and the lists of one's shelf that name threads."""

from datetime import timedelta
from typing import Final

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from curbside.anonymous.cases.actions import CASE_LIMIT, mark_answered, remove_case
from curbside.anonymous.cases.documents import CaseText, Facts, Named
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.models import Thread
from curbside.anonymous.home import mixing
from curbside.anonymous.membership.models import Member
from curbside.anonymous.shelf.actions import SHELF_LIMIT, follow_member, put
from curbside.anonymous.shelf.documents import Kind
from curbside.anonymous.shelf.queries import own_shelf
from curbside.kit.clock import this_minute, today
from curbside.kit.ids import public_id
from curbside.kit.paging import PAGE_SIZE
from tests.anonymous.cases.cast import TEXT, a_case, browser_of, make_member, page_of, show_badge, stranger, words_of
from tests.anonymous.cases.queries import named_queries

pytestmark = pytest.mark.django_db(databases=["default", "ring"])
HOME, WAITING, BOOKMARKS, FOLLOWS = (reverse(f"home:{name}") for name in ("show_home", "show_waiting", "list_bookmarks", "list_follows"))
LUPUS: Final = CaseText("Rash and fever", "A story.", "What now?", facts=Facts(conditions=(Named("Lupus", "M32.9"),)))


@pytest.fixture(autouse=True)
def fresh_limit() -> None:
    SHELF_LIMIT._uses.clear()


@pytest.fixture
def heron(db: None) -> Member:
    return make_member("quiet-heron-41")


@pytest.fixture
def otter(db: None) -> Member:
    return make_member("brave-otter-12")


@pytest.fixture
def as_heron(heron: Member) -> Client:
    return browser_of(heron)


def case_of(author: Member, *, minutes_ago: int = 1, specialty: str = "urology", text: CaseText = TEXT) -> Case:
    CASE_LIMIT._uses.clear()
    case = a_case(author, specialty=specialty, text=text)
    Case.objects.filter(pk=case.pk).update(posted_at=this_minute() - timedelta(minutes=minutes_ago))
    return case


def ids(client: Client, address: str, **query: str) -> list[int]:
    return [row.case.pk for row in client.get(address, query).context["home"].rows]


def test_home_mixes_what_one_follows_newest_first_and_nothing_else(heron: Member, otter: Member, as_heron: Client) -> None:
    owl = make_member("late-owl-77")
    hub = case_of(otter, minutes_ago=5, specialty="cardiology")
    followed = case_of(otter, minutes_ago=4)
    by_owl = case_of(owl, minutes_ago=3)
    named = case_of(otter, minutes_ago=2, text=LUPUS)
    case_of(otter)
    put(member=heron, kind=Kind.HUB, value="cardiology")
    put(member=heron, kind=Kind.CASE, value=public_id(followed.thread_id))
    follow_member(member=heron, other=owl)
    put(member=heron, kind=Kind.CONDITION, value="M32.9")
    assert ids(as_heron, HOME) == [named.pk, by_owl.pk, followed.pk, hub.pk]
    assert "late-owl-77" not in words_of(as_heron.get(HOME))


def test_followed_member_shows_nothing_from_before_the_day(heron: Member, otter: Member, as_heron: Client) -> None:
    case_of(otter, minutes_ago=60 * 24 * 2)
    new = case_of(otter, minutes_ago=0)
    follow_member(member=heron, other=otter)
    assert ids(as_heron, HOME) == [new.pk]
    put(member=heron, kind=Kind.MEMBER, value=public_id(otter.pk), said=(today() + timedelta(days=1)).isoformat())
    assert ids(as_heron, HOME) == []


def test_member_who_follows_nothing_is_helped_to_choose_hubs(as_heron: Client, heron: Member, otter: Member) -> None:
    case_of(otter, specialty="cardiology")
    page = words_of(as_heron.get(HOME))
    assert "Choose some hubs" in page
    as_heron.post(reverse("shelf:put"), {"kind": "hub", "value": "cardiology", "next": HOME})
    assert TEXT.title in words_of(as_heron.get(HOME))


@pytest.mark.parametrize("conditions", [False, True])
def test_pages_of_the_mix_follow_without_a_gap_or_a_double(
    heron: Member, otter: Member, as_heron: Client, conditions: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mixing, "WINDOW", 7)
    wanted = set()
    for number in range(PAGE_SIZE + 15):
        kind = number % 3
        case = case_of(
            otter, minutes_ago=number // 4, specialty="cardiology" if kind == 0 else "urology", text=LUPUS if kind == 1 else TEXT
        )
        if kind == 0 or (conditions and kind == 1):
            wanted.add(case.pk)
    put(member=heron, kind=Kind.HUB, value="cardiology")
    if conditions:
        put(member=heron, kind=Kind.CONDITION, value="M32.9")
    seen, cursor = [], ""
    while True:
        home = as_heron.get(HOME, {"after": cursor}).context["home"]
        seen += [row.case.pk for row in home.rows]
        cursor = home.next_cursor
        if not cursor:
            break
    assert len(seen) == len(wanted)
    assert set(seen) == wanted


def test_own_specialty_waits_with_what_is_helped_last(heron: Member, otter: Member, as_heron: Client) -> None:
    show_badge(heron, "gb/cardiology", 400)
    newer, older = case_of(otter, minutes_ago=2, specialty="cardiology"), case_of(otter, minutes_ago=9, specialty="cardiology")
    helped, answered = case_of(otter, minutes_ago=20, specialty="cardiology"), case_of(otter, minutes_ago=30, specialty="cardiology")
    case_of(otter, minutes_ago=40)
    Thread.objects.filter(pk=helped.thread_id).update(helped=True)
    mark_answered(case=answered, answered=True)
    assert ids(as_heron, WAITING) == [older.pk, newer.pk, helped.pk]
    assert ids(as_heron, WAITING, after=mixing.HELPED) == [helped.pk]
    for _ in range(PAGE_SIZE):
        case = case_of(otter, specialty="cardiology")
        Thread.objects.filter(pk=case.thread_id).update(helped=True)
    first = as_heron.get(WAITING).context["home"]
    second = ids(as_heron, WAITING, after=first.next_cursor)
    assert len({*(row.case.pk for row in first.rows), *second}) == PAGE_SIZE + 3


def test_what_waits_is_of_the_hubs_followed_where_no_specialty_is_shown(heron: Member, otter: Member, as_heron: Client) -> None:
    case = case_of(otter, specialty="cardiology")
    assert "Choose some hubs" in words_of(as_heron.get(WAITING))
    put(member=heron, kind=Kind.HUB, value="urology")
    assert "Nobody is waiting" in words_of(as_heron.get(WAITING))
    put(member=heron, kind=Kind.HUB, value="cardiology")
    assert ids(as_heron, WAITING) == [case.pk]


@pytest.mark.parametrize("count", [1, 200])
def test_home_costs_the_same_for_one_case_and_for_many(heron: Member, otter: Member, as_heron: Client, count: int) -> None:
    for kind, value in ((Kind.HUB, "cardiology"), (Kind.CONDITION, "M32.9"), (Kind.CASE, public_id(7)), (Kind.MEMBER, public_id(otter.pk))):
        put(member=heron, kind=kind, value=value, said=today().isoformat() if kind is Kind.MEMBER else "")
    for _ in range(count):
        case_of(otter, specialty="cardiology", text=LUPUS)
    for address, cases, texts in ((HOME, 2, 3), (WAITING, 2, 2)):
        with named_queries() as queries:
            as_heron.get(address)
        reads = cases - (address == WAITING and count > PAGE_SIZE)
        assert sorted(queries) == sorted(
            ["select membership_session", "select membership_member", "select membership_badge"]
            + reads * ["select cases_case"]
            + texts * ["select sealing_sealedtext", "select sealing_ringkey"]
        )


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is asked for in SQLite's words")
def test_every_branch_of_the_mix_is_served_by_an_index(heron: Member, otter: Member) -> None:
    for kind, value in ((Kind.HUB, "cardiology"), (Kind.HUB, "urology"), (Kind.CASE, public_id(7)), (Kind.MEMBER, public_id(otter.pk))):
        put(member=heron, kind=kind, value=value, said="2026-11-23")
    mix = mixing.mix_of(heron, own_shelf(heron))
    with CaptureQueriesContext(connection) as queries:
        mixing.newest(mix, cursor="")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {queries[0]['sql']}")
        plan = [str(row[-1]) for row in cursor.fetchall()]
    assert not [step for step in plan if step.startswith("SCAN") and "cases_case" in step and "INDEX" not in step], plan
    assert sum("case_by_specialty" in step for step in plan) == 2, plan
    assert any("case_of_author" in step for step in plan), plan


def test_bookmarks_come_in_pages_and_what_is_gone_can_be_taken_away(heron: Member, otter: Member, as_heron: Client) -> None:
    assert "Nothing here yet" in words_of(as_heron.get(BOOKMARKS))
    cases = [case_of(otter) for _ in range(PAGE_SIZE + 2)]
    for case in cases:
        put(member=heron, kind=Kind.BOOKMARK, value=public_id(case.thread_id))
    remove_case(case=cases[-1])
    first = as_heron.get(BOOKMARKS)
    kept = first.context["kept"]
    assert [thread.letters for thread in kept.threads] == [public_id(case.thread_id) for case in reversed(cases[2:])]
    assert "Erased, or removed by a moderator." in words_of(first)
    second = words_of(as_heron.get(BOOKMARKS, {"after": kept.next_cursor}))
    assert [page_of(case) in second for case in cases] == [True, True, *[False] * PAGE_SIZE]


def test_follows_are_listed_and_a_condition_is_followed_by_its_name_only_where_it_is_known(
    heron: Member, otter: Member, as_heron: Client
) -> None:
    page = words_of(as_heron.get(FOLLOWS))
    assert "You follow nobody" in page
    assert "You follow no case" in page
    follow_member(member=heron, other=otter)
    case = case_of(otter)
    for kind, value in ((Kind.HUB, "cardiology"), (Kind.COUNTRY, "es"), (Kind.CONDITION, "M32.9"), (Kind.CASE, public_id(case.thread_id))):
        put(member=heron, kind=kind, value=value)
    page = words_of(as_heron.get(FOLLOWS))
    assert all(words in page for words in ("Cardiology", "Spain", "M32.9", "brave-otter-12", TEXT.title))
    assert as_heron.post(reverse("shelf:put"), {"kind": "condition", "value": "gibberish"}).status_code == 400


@pytest.mark.usefixtures("unlimited")
@pytest.mark.parametrize("count", [1, 200])
def test_lists_cost_the_same_at_any_length(heron: Member, otter: Member, as_heron: Client, count: int) -> None:
    for _ in range(count):
        case = case_of(otter)
        for kind in (Kind.BOOKMARK, Kind.CASE):
            put(member=heron, kind=kind, value=public_id(case.thread_id))
    costs = []
    for address in (BOOKMARKS, FOLLOWS):
        with named_queries() as queries:
            as_heron.get(address)
        costs.append(len(queries))
    assert costs == [8, 8]


def test_visitors_are_led_to_sign_in_and_wrong_methods_are_refused(as_heron: Client) -> None:
    for address in (HOME, WAITING, BOOKMARKS, FOLLOWS):
        assert stranger().get(address).status_code == 302
        assert as_heron.post(address).status_code == 405
        assert as_heron.get(address, {"after": "nonsense"}).status_code == 200
