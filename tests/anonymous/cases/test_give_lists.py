"""Blind first, then pooled: a case that asks what it is takes each reader's list before it shows what others answered."""

from dataclasses import replace

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client

from curbside.anonymous.cases.differentials.actions import LIST_LIMIT
from curbside.anonymous.cases.differentials.queries import rows_of_member
from curbside.anonymous.cases.documents import Facts
from curbside.anonymous.cases.models import Case, DiagnosisList
from curbside.anonymous.cases.queries import case_text
from curbside.anonymous.conditions.actions import load_conditions
from curbside.anonymous.conditions.sources import SourceCondition
from curbside.anonymous.membership.actions import leave
from curbside.anonymous.membership.leaving import export_all_of
from curbside.anonymous.membership.models import Member
from curbside.anonymous.notifications.boxes import make_missing_boxes
from curbside.anonymous.notifications.held import deliver_held
from curbside.anonymous.notifications.kinds import Kind
from curbside.anonymous.notifications.models import Notification
from curbside.anonymous.notifications.queries import notices_of
from curbside.anonymous.sealing.models import RingKey
from curbside.anonymous.sealing.secrecy import TextId
from curbside.anonymous.search.sources import all_texts
from tests.anonymous.cases.cast import TEXT, a_case, a_comment, browser_of, case_form, make_member, page_of, show_badge, stranger, words_of
from tests.anonymous.cases.queries import named_queries

pytestmark = pytest.mark.django_db(databases=["default", "ring"])
ASKING = replace(TEXT, facts=Facts(asks="diagnosis", interests=""))
ANSWER = "Surely the serum cholinesterase."
MINE = "J18.9\nPulmonary oedema"


@pytest.fixture(autouse=True)
def fresh_limit() -> None:
    LIST_LIMIT._uses.clear()


@pytest.fixture
def asking(author: Member) -> Case:
    return a_case(author, text=ASKING)


def give(client: Client, case: Case, lines: str = MINE) -> None:
    response = client.post(f"{page_of(case)}list/", {"diagnoses": lines})
    assert response.status_code == 302, words_of(response)


def readers(count: int, *, badge: str = "", of: str = "reader") -> list[Client]:
    made = [make_member(f"{of}-{number}") for number in range(count)]
    for member in made:
        if badge:
            show_badge(member, badge, 200)
    return [browser_of(member) for member in made]


def test_comments_and_pool_are_shown_once_a_list_is_given(asking: Case, author: Member, as_other: Client) -> None:
    a_comment(asking, author, ANSWER)
    give(readers(1)[0], asking, "Myasthenia gravis")
    before = words_of(as_other.get(page_of(asking)))
    assert ANSWER not in before
    assert "Myasthenia" not in before
    assert "the list of 1 reader" in before
    give(as_other, asking)
    after = words_of(as_other.get(page_of(asking)))
    for part in (ANSWER, "Myasthenia gravis", "Pulmonary oedema", "Your list", "2 lists, given blind"):
        assert part in after


def test_who_looks_first_is_shown_all_and_their_list_is_marked_and_not_pooled(asking: Case, author: Member, as_other: Client) -> None:
    a_comment(asking, author, ANSWER)
    response = as_other.post(f"{page_of(asking)}look/")
    assert response.headers["Location"].startswith(page_of(asking))
    assert ANSWER in words_of(as_other.get(page_of(asking)))
    give(as_other, asking, "Myasthenia gravis")
    words = words_of(as_other.get(page_of(asking)))
    assert "1 list was given after a look" in words
    assert "it is marked so" in words
    assert "given blind" not in words


def test_a_look_is_kept_by_the_browser_alone_and_is_of_one_member_and_one_case(asking: Case, author: Member, as_other: Client) -> None:
    with named_queries() as queries:
        response = as_other.post(f"{page_of(asking)}look/")
    assert not [query for query in queries if not query.startswith("select")]
    (cookie,) = response.cookies.values()
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["expires"]) == (True, "Lax", "/", "")
    assert "Show me the answers first" in words_of(as_other.get(page_of(a_case(author, text=ASKING))))
    third = readers(1)[0]
    third.cookies[cookie.key] = cookie.value
    assert "Show me the answers first" in words_of(third.get(page_of(asking)))
    third.cookies[cookie.key] = "no base64é"
    assert third.get(page_of(asking)).status_code == 200


def test_the_author_is_shown_all_and_gives_no_list(asking: Case, as_author: Client, as_other: Client) -> None:
    give(as_other, asking)
    words = words_of(as_author.get(page_of(asking)))
    assert "Pulmonary oedema" in words
    assert "Give my list" not in words
    assert as_author.post(f"{page_of(asking)}list/", {"diagnoses": "Mine"}).status_code == 404
    assert as_author.post(f"{page_of(asking)}look/").status_code == 404


def test_one_list_each_and_it_stays(asking: Case, as_other: Client) -> None:
    give(as_other, asking)
    assert as_other.post(f"{page_of(asking)}list/", {"diagnoses": "Another"}).status_code == 409
    assert DiagnosisList.objects.count() == 1


@pytest.mark.parametrize("lines", ["", "a\nb\nc\nd\ne\nf", "x" * 201, "\n \n"])
def test_a_list_that_is_wrong_is_shown_again_with_what_was_typed(asking: Case, author: Member, as_other: Client, lines: str) -> None:
    a_comment(asking, author, ANSWER)
    response = as_other.post(f"{page_of(asking)}list/", {"diagnoses": lines})
    assert response.status_code == 422
    assert lines.strip() in words_of(response)
    assert ANSWER not in words_of(response)
    assert not DiagnosisList.objects.exists()


def test_other_cases_and_answered_ones_take_no_list(case: Case, asking: Case, as_author: Client, as_other: Client, author: Member) -> None:
    assert as_other.post(f"{page_of(case)}list/", {"diagnoses": "x"}).status_code == 404
    a_comment(asking, author, ANSWER)
    as_author.post(f"{page_of(asking)}answered/")
    assert ANSWER in words_of(as_other.get(page_of(asking)))
    assert as_other.post(f"{page_of(asking)}list/", {"diagnoses": "x"}).status_code == 404


def test_who_may_not_write_can_look_and_strangers_can_neither(asking: Case, as_read_only: Client) -> None:
    words = words_of(as_read_only.get(page_of(asking)))
    assert "Give my list" not in words
    assert "Show me the answers first" in words
    assert as_read_only.post(f"{page_of(asking)}list/", {"diagnoses": "x"}).status_code == 403
    for place in ("list/", "look/"):
        assert stranger().post(f"{page_of(asking)}{place}").status_code == 302
        assert as_read_only.get(f"{page_of(asking)}{place}").status_code == 405
    assert stranger().get("/mine/lists/").status_code == 302
    assert as_read_only.post("/mine/lists/").status_code == 405


def test_a_specialty_stands_apart_from_five_on_and_never_by_subtraction(asking: Case, as_author: Client, settings: LazySettings) -> None:
    settings.REGISTRARS = []
    crowd = readers(5, badge="gb/cardiology", of="heart")
    for client in crowd[:4]:
        give(client, asking)
    assert "Cardiology:" not in words_of(as_author.get(page_of(asking)))
    give(crowd[4], asking)
    assert "Cardiology: 5 lists" in words_of(as_author.get(page_of(asking)))
    give(readers(1)[0], asking)
    assert "Cardiology:" not in words_of(as_author.get(page_of(asking)))


@pytest.mark.parametrize("count", [1, 12])
def test_a_case_with_lists_makes_no_query_more_than_one_without(asking: Case, author: Member, as_other: Client, count: int) -> None:
    a_comment(asking, author)
    for client in readers(count):
        give(client, asking)
    give(as_other, asking)
    with named_queries() as queries:
        words = words_of(as_other.get(page_of(asking)))
    assert f"{count + 1} lists, given blind" in words
    assert len(queries) == 8, queries
    with named_queries() as queries:
        as_other.get(page_of(asking))
    assert len(queries) == 4, queries


def test_a_lists_row_says_neither_whose_it_is_nor_what_is_in_it(asking: Case, as_other: Client, other: Member) -> None:
    with named_queries() as queries:
        give(as_other, asking)
    assert {query for query in queries if not query.startswith("select")} >= {"insert cases_diagnosislist", "insert sealing_sealedtext"}
    assert not [query for query in queries if "membership" in query and not query.startswith("select")]
    row = DiagnosisList.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_diagnosislist")
        values = cursor.fetchone()
    assert other.pk not in values
    assert set(values) == {row.pk, row.reader_mark, asking.pk, row.text_id}
    assert case_text(asking).salt not in (row.reader_mark, "")


def test_marks_of_one_member_differ_from_case_to_case(asking: Case, author: Member, as_other: Client) -> None:
    another = a_case(author, text=ASKING)
    give(as_other, asking)
    give(as_other, another)
    assert len(set(DiagnosisList.objects.values_list("reader_mark", flat=True))) == 2


def test_an_edit_keeps_the_lists_and_no_reader_or_export_is_shown_the_salt(
    asking: Case, as_author: Client, author: Member, as_other: Client
) -> None:
    give(as_other, asking)
    salt = case_text(asking).salt
    as_author.post(f"{page_of(asking)}edit/", case_form(title="Another title", asks="diagnosis"))
    words = words_of(as_other.get(page_of(asking)))
    assert "Your list" in words
    assert salt not in words
    assert salt not in str(export_all_of(author))


def test_search_finds_no_answer_that_is_kept_back_and_every_one_once_it_is_not(asking: Case, author: Member, as_author: Client) -> None:
    comment = a_comment(asking, author, ANSWER)
    assert comment.text_id not in {text.text_id for texts in all_texts() for text in texts}
    as_author.post(f"{page_of(asking)}answered/")
    assert comment.text_id in {text.text_id for texts in all_texts() for text in texts}


def test_each_sees_alone_how_often_their_lists_held_the_outcome(asking: Case, author: Member, as_author: Client, as_other: Client) -> None:
    load_conditions(conditions=[SourceCondition(code, label, ()) for code, label in (("A41.9", "Sepsis"), ("J18.9", "Pneumonia"))])
    another = a_case(author, text=ASKING)
    give(as_other, asking, "A41.9\nJ18.9")
    give(as_other, another, "A41.9")
    for case in (asking, another):
        as_author.post(f"{page_of(case)}close/", {"diagnosis": "J18.9", "words": "Better in a week."})
    words = words_of(as_other.get("/mine/lists/"))
    assert "in place 2 of your list" in words
    assert "not in your list by its code" in words
    assert "You have given no list yet" in words_of(as_author.get("/mine/lists/"))


def test_an_outcome_without_a_code_is_found_by_its_words_and_otherwise_left_to_judge(
    asking: Case, author: Member, as_author: Client, as_other: Client
) -> None:
    another = a_case(author, text=ASKING)
    give(as_other, asking, "Gout\nAdult Still disease")
    give(as_other, another, "Gout")
    for case in (asking, another):
        as_author.post(f"{page_of(case)}close/", {"diagnosis": "adult Still  disease", "words": "Better in a week."})
    words = words_of(as_other.get("/mine/lists/"))
    assert "in place 2 of your list" in words
    assert "It has no code: judge yourself whether your list held it." in words
    assert "not in your list" not in words


@pytest.mark.parametrize("count", [1, 12])
def test_ones_record_makes_the_same_queries_for_one_list_and_for_many(author: Member, as_other: Client, count: int) -> None:
    for number in range(count):
        case = Case.objects.get(pk=a_case(author, text=ASKING).pk) if number < 9 else a_case(make_member(f"asker-{number}"), text=ASKING)
        give(as_other, case)
    with named_queries() as queries:
        as_other.get("/mine/lists/")
    assert queries == [
        "select membership_session",
        "select membership_member",
        "select cases_case",
        "select sealing_sealedtext",
        "select cases_diagnosislist",
        "select sealing_sealedtext",
        "select sealing_ringkey",
        "select sealing_ringkey",
    ]


@pytest.mark.django_db(databases=["default", "ring"], transaction=True)
def test_lists_are_exported_and_go_with_their_member_and_with_their_case(
    asking: Case, other: Member, as_other: Client, as_author: Client
) -> None:
    give(as_other, asking)
    give(readers(1)[0], asking)
    assert "Pulmonary oedema" in str(export_all_of(other))
    (own,) = [row for rows in rows_of_member(other) for row in rows]
    leave(member=other)
    assert DiagnosisList.objects.exclude(pk=own.pk).count() == DiagnosisList.objects.count() == 1
    assert not RingKey.objects.filter(text_id=TextId(own.text_id)).exists()
    as_author.post(f"{page_of(asking)}remove/")
    assert not DiagnosisList.objects.exists()


def test_who_gave_a_list_hears_of_the_outcome_apart_and_once(asking: Case, as_author: Client, as_other: Client, other: Member) -> None:
    make_missing_boxes()
    give(as_other, asking)
    for _ in range(2):
        as_author.post(f"{page_of(asking)}close/", {"diagnosis": "", "words": "Better in a week."})
    assert not Notification.objects.exists()
    deliver_held()
    assert [(notice.kind, notice.thread_id) for _row, notice in notices_of(other)] == [(Kind.OUTCOME, asking.thread_id)]
