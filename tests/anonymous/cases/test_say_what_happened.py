"""How far a case is: its author calls it answered, closes it with what happened, and those who answered hear of it."""

from datetime import timedelta

import pytest
from django.test import Client

from curbside.anonymous.cases.actions import REMIND_AFTER, remind_authors
from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.queries import case_text
from curbside.anonymous.membership.models import Member
from curbside.anonymous.notifications.models import Notification
from curbside.kit.clock import now
from tests.anonymous.cases.cast import TEXT, a_case, a_comment, case_form, page_of, stranger, words_of

pytestmark = pytest.mark.django_db(databases=["default", "ring"])
OUTCOME = {"diagnosis": "Cholinesterase deficiency", "words": "Slept it off on the ventilator, **well** since."}


def test_the_author_closes_with_what_happened_and_everyone_reads_it(case: Case, as_author: Client, as_other: Client) -> None:
    assert as_author.get(f"{page_of(case)}close/").status_code == 200
    assert as_author.post(f"{page_of(case)}close/", OUTCOME).headers["Location"] == page_of(case)
    words = words_of(as_other.get(page_of(case)))
    for part in ("What happened", "Cholinesterase deficiency", "<strong>well</strong>", "closed, with what happened"):
        assert part in words


def test_who_answered_hears_of_the_outcome_once_and_the_author_does_not(
    case: Case, as_author: Client, author: Member, other: Member
) -> None:
    a_comment(case, other)
    a_comment(case, author)
    before = set(Notification.objects.values_list("pk", flat=True))
    for _ in range(2):
        as_author.post(f"{page_of(case)}close/", OUTCOME)
    assert [row.recipient for row in Notification.objects.exclude(pk__in=before)] == [other]


def test_an_outcome_without_words_is_asked_for_again(case: Case, as_author: Client) -> None:
    response = as_author.post(f"{page_of(case)}close/", OUTCOME | {"words": ""})
    assert response.status_code == 422
    assert "Cholinesterase deficiency" in words_of(response)
    case.refresh_from_db()
    assert case.stage == Case.Stage.ASKED


def test_an_edit_after_the_close_keeps_the_outcome(case: Case, as_author: Client) -> None:
    as_author.post(f"{page_of(case)}close/", OUTCOME)
    as_author.post(f"{page_of(case)}edit/", case_form(title="Another title"))
    text = case_text(case)
    assert text.title == "Another title"
    assert text.outcome is not None
    assert "ventilator" in text.outcome.words


def test_the_author_calls_a_case_answered_and_takes_it_back(case: Case, as_author: Client, as_other: Client) -> None:
    as_author.post(f"{page_of(case)}answered/")
    assert ">answered<" in words_of(as_other.get(page_of(case)))
    as_author.post(f"{page_of(case)}answered/", {"not": "1"})
    case.refresh_from_db()
    assert case.stage == Case.Stage.ASKED


def test_a_closed_case_stays_closed(case: Case, as_author: Client) -> None:
    as_author.post(f"{page_of(case)}close/", OUTCOME)
    as_author.post(f"{page_of(case)}answered/", {"not": "1"})
    case.refresh_from_db()
    assert case.stage == Case.Stage.CLOSED


def test_lists_show_only_the_stage_that_was_chosen(case: Case, author: Member, as_author: Client) -> None:
    a_case(author)
    as_author.post(f"{page_of(case)}close/", OUTCOME)
    assert words_of(as_author.get("/?stage=closed")).count(TEXT.title) == 1
    assert words_of(as_author.get("/?stage=asked")).count(TEXT.title) == 1
    assert words_of(as_author.get("/?stage=nonsense")).count(TEXT.title) == 2


def test_others_and_strangers_close_nothing(case: Case, as_other: Client, as_read_only: Client) -> None:
    for page in ("close/", "answered/"):
        assert as_other.post(page_of(case) + page, OUTCOME).status_code == 404
        assert stranger().post(page_of(case) + page, OUTCOME).status_code == 302
    assert as_other.get(f"{page_of(case)}close/").status_code == 404
    case.refresh_from_db()
    assert case.stage == Case.Stage.ASKED


def test_a_lesson_has_no_outcome_to_wait_for(as_author: Client) -> None:
    as_author.post("/lessons/new/", case_form())
    lesson = Case.objects.get()
    assert as_author.get(f"{page_of(lesson)}close/").status_code == 404
    assert "Say what happened" not in words_of(as_author.get(page_of(lesson)))


def test_what_happened_stands_in_the_authors_export(case: Case, as_author: Client, author: Member) -> None:
    from curbside.anonymous.cases.own import export_cases

    as_author.post(f"{page_of(case)}close/", OUTCOME)
    _heading, pieces = export_cases(member=author)
    assert "ventilator" in str(pieces[0]["outcome"])


def test_an_author_is_asked_once_after_two_weeks_and_reads_it_in_the_own_list(case: Case, as_author: Client, author: Member) -> None:
    assert remind_authors() == 0
    assert "What happened?" not in words_of(as_author.get("/mine/"))
    Case.objects.update(posted_at=now() - timedelta(days=REMIND_AFTER + 1))
    assert (remind_authors(), remind_authors()) == (1, 0)
    assert [row.recipient for row in Notification.objects.all()] == [author]
    assert "What happened?" in words_of(as_author.get("/mine/"))


def test_nobody_is_asked_of_a_closed_case_or_a_lesson(case: Case, as_author: Client) -> None:
    as_author.post(f"{page_of(case)}close/", OUTCOME)
    as_author.post("/lessons/new/", case_form())
    Case.objects.update(posted_at=now() - timedelta(days=REMIND_AFTER + 1))
    assert remind_authors() == 0
