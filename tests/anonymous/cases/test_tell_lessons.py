import pytest
from django.test import Client

from curbside.anonymous.cases.actions import CASE_LIMIT
from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.queries import case_text
from curbside.anonymous.membership.leaving import export_all_of
from curbside.anonymous.membership.models import Member
from curbside.anonymous.shelf.making import make_missing_shelves
from tests.anonymous.cases.cast import TEXT, a_case, case_form, page_of, stranger, words_of
from tests.anonymous.cases.queries import named_queries
from tests.anonymous.cases.test_read_cases import LIST

pytestmark = pytest.mark.django_db(databases=["default", "ring"])
NEW = "/lessons/new/"


@pytest.fixture
def lesson(author: Member) -> Case:
    case = a_case(author)
    Case.objects.filter(pk=case.pk).update(kind=Case.Kind.LESSON)
    case.refresh_from_db()
    return case


def test_a_member_tells_a_lesson_under_the_pseudonym(as_author: Client, author: Member) -> None:
    response = as_author.post(NEW, case_form(under="pseudonym"))
    case = Case.objects.get()
    assert response.headers["Location"] == page_of(case)
    assert (case.kind, case.author, case.by_nobody) == ("lesson", author, False)
    assert case_text(case) == TEXT
    words = words_of(as_author.get(page_of(case)))
    assert "Your lesson is posted." in words
    assert "What I would do now" in words
    assert ">Question<" not in words


def test_lessons_and_cases_have_lists_of_their_own(as_other: Client, lesson: Case, author: Member) -> None:
    question = a_case(author)
    assert as_other.get("/lessons/").context["cases"].cases == [lesson]
    assert as_other.get("/").context["cases"].cases == [question]


@pytest.mark.parametrize("count", [1, 200])
def test_the_list_makes_the_same_seven_queries_for_one_lesson_and_for_many(as_other: Client, author: Member, count: int) -> None:
    for _ in range(count):
        CASE_LIMIT._uses.clear()
        a_case(author)
    Case.objects.update(kind=Case.Kind.LESSON)
    make_missing_shelves()
    with named_queries() as queries:
        assert words_of(as_other.get("/lessons/")).count(TEXT.title) == min(count, 20)
    assert queries == LIST


def test_lessons_can_be_narrowed_and_stay_lessons(as_other: Client, lesson: Case) -> None:
    words = words_of(as_other.get("/lessons/?specialty=anaesthetics"))
    assert TEXT.title in words
    assert "/lessons/?specialty=anaesthetics" in words
    assert "No lesson like this yet." in words_of(as_other.get("/lessons/?specialty=urology"))


def test_an_empty_list_and_the_composer_speak_of_lessons(as_author: Client) -> None:
    assert "Somebody has to begin." in words_of(as_author.get("/lessons/"))
    words = words_of(as_author.get(NEW))
    labels = ("Tell a lesson", "What happened", "What I would do now", "Under which name")
    for said in (*labels, "My pseudonym, quiet-heron-41", "At most 3 such posts"):
        assert said in words


def test_a_preview_shows_the_lesson_and_posts_nothing(as_author: Client) -> None:
    for address in (NEW, "/lessons/preview/"):
        assert "<strong>thirties</strong>" in words_of(as_author.post(address, case_form(preview="1")))
    assert not Case.objects.exists()


def test_its_author_edits_and_removes_it(as_author: Client, lesson: Case) -> None:
    assert "Edit your lesson" in words_of(as_author.get(f"{page_of(lesson)}edit/"))
    as_author.post(f"{page_of(lesson)}edit/", case_form(title="Another title"))
    assert case_text(Case.objects.get()).title == "Another title"
    assert "Remove your lesson?" in words_of(as_author.get(f"{page_of(lesson)}remove/"))
    assert as_author.post(f"{page_of(lesson)}remove/").headers["Location"] == "/lessons/"


def test_ones_own_list_tells_lessons_from_cases(as_author: Client, lesson: Case) -> None:
    assert ">Lesson</span>" in words_of(as_author.get("/mine/"))


def test_an_export_says_that_it_is_a_lesson(author: Member, lesson: Case) -> None:
    assert [piece["kind"] for piece in export_all_of(author)["Cases"]] == ["lesson"]


def test_visitors_and_read_only_members_tell_nothing(as_read_only: Client) -> None:
    assert as_read_only.post(NEW, case_form()).status_code == 403
    assert stranger().get("/lessons/").status_code == 302
    assert stranger().post(NEW, case_form()).status_code == 302
    assert not Case.objects.exists()


def test_the_list_answers_to_no_other_method(as_author: Client) -> None:
    assert as_author.post("/lessons/").status_code == 405


def test_editing_offers_no_change_of_name(as_author: Client, lesson: Case) -> None:
    assert "Under which name" not in words_of(as_author.get(f"{page_of(lesson)}edit/"))
