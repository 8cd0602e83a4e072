"""A specialty's hub: its newest cases, those that wait, and how soon answers come."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from curbside.anonymous.cases.actions import CASE_LIMIT, mark_answered
from curbside.anonymous.cases.hubs.actions import measure_hubs
from curbside.anonymous.cases.hubs.queries import all_hubs, wait_in_words, waiting_cases
from curbside.anonymous.cases.models import Case, HubPace
from curbside.anonymous.discussion.actions import remove_comment
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.membership.models import Member
from curbside.anonymous.shelf.making import make_missing_shelves
from curbside.kit.clock import this_minute
from curbside.kit.paging import PAGE_SIZE
from tests.anonymous.cases.cast import TEXT, a_case, a_comment, page_of, stranger, words_of
from tests.anonymous.cases.queries import named_queries

pytestmark = pytest.mark.django_db(databases=["default", "ring"])
HUB, WAITING = "/hubs/anaesthetics/", "/hubs/anaesthetics/waiting/"
READER = ["select membership_session", "select membership_member"]
ROWS = ["select cases_case", "select sealing_sealedtext", "select cases_hubpace", "select sealing_sealedtext"]
ROWS += 2 * ["select sealing_ringkey"]


def case_of(author: Member, *, hours_ago: int = 1, specialty: str = "anaesthetics") -> Case:
    CASE_LIMIT._uses.clear()
    case = a_case(author, specialty=specialty)
    Case.objects.filter(pk=case.pk).update(posted_at=this_minute() - timedelta(hours=hours_ago))
    case.refresh_from_db()
    return case


def answer_after(case: Case, member: Member, minutes: int) -> Comment:
    comment = a_comment(case, member)
    Comment.objects.filter(pk=comment.pk).update(posted_at=case.posted_at + timedelta(minutes=minutes))
    return comment


@pytest.mark.parametrize("address", [HUB, WAITING])
def test_hub_shows_the_cases_of_its_specialty_alone(as_other: Client, author: Member, address: str) -> None:
    here, elsewhere = case_of(author), case_of(author, specialty="urology")
    words = words_of(as_other.get(address))
    assert page_of(here) in words
    assert page_of(elsewhere) not in words


def test_those_that_wait_come_oldest_first_without_the_answered(as_other: Client, author: Member) -> None:
    newer, older, answered = case_of(author, hours_ago=1), case_of(author, hours_ago=9), case_of(author, hours_ago=5)
    mark_answered(case=answered, answered=True)
    assert [case.pk for case in as_other.get(WAITING).context["cases"].cases] == [older.pk, newer.pk]
    assert [case.pk for case in as_other.get(HUB).context["cases"].cases] == [newer.pk, answered.pk, older.pk]


@pytest.mark.parametrize("address", [HUB, WAITING])
def test_next_page_follows_without_a_gap_or_a_double(as_other: Client, author: Member, address: str) -> None:
    made = {case_of(author, hours_ago=number // 3).pk for number in range(PAGE_SIZE + 5)}
    first = as_other.get(address)
    second = as_other.get(address, {"after": first.context["cases"].next_cursor})
    shown = [case.pk for response in (first, second) for case in response.context["cases"].cases]
    assert len(shown) == len(made)
    assert set(shown) == made
    assert second.context["cases"].next_cursor == ""


@pytest.mark.parametrize("count", [1, 200])
@pytest.mark.parametrize("address", [HUB, WAITING])
def test_hub_makes_the_same_eight_queries_for_one_case_and_for_many(as_other: Client, author: Member, address: str, count: int) -> None:
    for _ in range(count):
        case_of(author)
    make_missing_shelves()
    with named_queries() as queries:
        words = words_of(as_other.get(address))
    assert words.count(TEXT.title) == min(count, PAGE_SIZE)
    assert queries == READER + ROWS


def test_list_of_hubs_makes_the_same_five_queries_for_any_number(as_other: Client, author: Member, other: Member) -> None:
    answer_after(case_of(author), other, 7)
    measure_hubs()
    with named_queries() as queries:
        words = words_of(as_other.get("/hubs/"))
    assert queries == [*READER, "select cases_hubpace", "select cases_countryhub", "select sealing_sealedtext"]
    assert "7 minutes; 1 of 1 answered" in words
    assert HUB in words


def test_pace_is_the_median_to_the_first_answer_of_somebody_else(author: Member, other: Member, as_other: Client) -> None:
    for minutes in (10, 30, 50):
        case = case_of(author, hours_ago=4)
        answer_after(case, author, 1)
        answer_after(case, other, minutes)
        answer_after(case, other, minutes + 60)
    case_of(author)
    assert measure_hubs() == 1
    pace = HubPace.objects.get()
    assert (pace.specialty, pace.asked, pace.answered, pace.minutes) == ("anaesthetics", 4, 3, 30)
    words = " ".join(words_of(as_other.get(HUB)).split())
    assert "<strong>30 minutes</strong>. It rests on 3 answered cases, of 4 in the last 90 days." in words


def test_pace_forgets_old_cases_and_removed_answers(author: Member, other: Member) -> None:
    answer_after(case_of(author, hours_ago=24 * 91), other, 5)
    removed = answer_after(case_of(author), other, 5)
    assert measure_hubs() == 1
    remove_comment(comment=removed)
    assert measure_hubs() == 0
    assert not HubPace.objects.exists()


def test_answers_to_a_case_without_an_author_count_but_not_its_openers(author: Member, other: Member) -> None:
    case = case_of(author)
    Case.objects.update(author=None, nullifier=b"n" * 32)
    Comment.objects.filter(pk=answer_after(case, author, 2).pk).update(author=None, by_opener=True)
    answer_after(case, other, 20)
    measure_hubs()
    assert HubPace.objects.get().minutes == 20


def test_pace_is_measured_with_the_same_queries_for_one_case_and_for_many(author: Member, other: Member) -> None:
    counts = []
    for cases in (1, 6):
        for _ in range(cases):
            answer_after(case_of(author), other, 3)
        with named_queries() as queries:
            measure_hubs()
        counts.append([query for query in queries if "savepoint" not in query])
    assert counts[0] == counts[1]
    assert "select cases_case" in counts[0]


def test_hub_without_cases_says_so(as_other: Client) -> None:
    assert "There is no case in this specialty yet" in words_of(as_other.get(HUB))
    assert "Nobody is waiting for an answer here." in words_of(as_other.get(WAITING))
    assert "is not known yet" in words_of(as_other.get(HUB))


def test_unknown_specialty_is_nowhere(as_other: Client) -> None:
    assert as_other.get("/hubs/astrology/").status_code == 404
    assert as_other.get("/hubs/astrology/waiting/").status_code == 404


@pytest.mark.parametrize("address", ["/hubs/", HUB, WAITING])
def test_stranger_is_sent_to_sign_in_and_nothing_can_be_sent(as_other: Client, address: str) -> None:
    assert stranger().get(address).status_code == 302
    assert as_other.post(address).status_code == 405


def test_case_leads_to_its_hub(as_other: Client, author: Member) -> None:
    case = case_of(author)
    assert f'href="{HUB}"' in words_of(as_other.get(page_of(case)))
    assert f'href="{HUB}"' in words_of(as_other.get("/"))


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "less than a minute"), (1, "1 minute"), (119, "119 minutes"), (120, "2 hours"), (2879, "2 days"), (4320, "3 days")],
)
def test_waits_are_told_in_the_unit_one_would_say(minutes: int, words: str) -> None:
    assert wait_in_words(minutes) == words


def test_hubs_are_listed_by_their_names(db: None) -> None:
    labels = [hub.label.casefold() for hub in all_hubs()]
    assert labels == sorted(labels)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is asked for in SQLite's words")
def test_index_serves_those_that_wait(author: Member) -> None:
    case_of(author)
    with CaptureQueriesContext(connection) as queries:
        waiting_cases("anaesthetics", cursor="")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {queries[0]['sql']}")
        plan = str(cursor.fetchall())
    assert "case_waiting" in plan
    assert "TEMP B-TREE" not in plan
