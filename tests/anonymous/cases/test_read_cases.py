from datetime import timedelta

import pytest
from django.test import Client

from curbside.anonymous.cases.actions import CASE_LIMIT
from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.viewing import VIEWS, WRITE_EVERY
from curbside.anonymous.discussion.actions import COMMENT_LIMIT
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.discussion.queries import THREAD_PAGE
from curbside.anonymous.membership.models import Member
from curbside.anonymous.shelf.making import make_missing_shelves
from curbside.kit.clock import this_minute
from curbside.kit.ids import public_id, random_id
from curbside.kit.paging import PAGE_SIZE
from tests.anonymous.cases.cast import TEXT, a_case, a_comment, make_member, page_of, show_badge, stranger, words_of
from tests.anonymous.cases.queries import named_queries

pytestmark = pytest.mark.django_db(databases=["default", "ring"])


@pytest.fixture(autouse=True)
def shelves(other: Member) -> None:
    make_missing_shelves()


MINE = ["select membership_session", "select membership_member", "select cases_case", "select sealing_sealedtext", "select sealing_ringkey"]
LIST = [*MINE[:4], "select sealing_sealedtext", *2 * ["select sealing_ringkey"]]
"""The second text is the reader's shelf, which says what to fold away."""
CASE = [
    "select membership_session",
    "select membership_member",
    "select cases_case",
    "select discussion_comment",
    "select discussion_comment",
    "select sealing_sealedtext",
    "select membership_badge",
    "select sealing_ringkey",
]
"""The reader's own marks come from one query, which begins with their comments."""
WARM = [*CASE[:4], CASE[-1]]
"""The reader's shelf comes with their marks, and its key with those of the page's texts."""


def test_the_list_shows_each_case_with_its_question_and_counts(as_other: Client, case: Case, other: Member) -> None:
    a_comment(case, other)
    words = words_of(as_other.get("/"))
    assert TEXT.title in words
    assert TEXT.question in words
    assert "1 comment<" in words
    assert page_of(case) in words


def test_the_list_does_not_say_who_asked(as_other: Client, case: Case, author: Member) -> None:
    assert author.pseudonym not in words_of(as_other.get("/"))


@pytest.mark.parametrize("count", [1, 200])
def test_the_list_makes_the_same_seven_queries_for_one_case_and_for_many(as_other: Client, author: Member, count: int) -> None:
    for _ in range(count):
        a_case_beyond_limits(author)
    with named_queries() as queries:
        words = words_of(as_other.get("/"))
    assert words.count(TEXT.title) == min(count, PAGE_SIZE)
    assert queries == LIST


@pytest.mark.usefixtures("unlimited")
@pytest.mark.parametrize("count", [1, 200])
def test_a_case_makes_the_same_eight_queries_for_one_comment_and_for_many(as_other: Client, case: Case, count: int) -> None:
    for number in range(count):
        member = make_member(f"member-{number}-1")
        show_badge(member, "es", 400)
        a_comment(case, member, parent=None if number % 2 == 0 else Comment.objects.filter(parent=None).first())
    with named_queries() as queries:
        words = words_of(as_other.get(page_of(case)))
    assert words.count("Dibucaine number") >= min(count, THREAD_PAGE)  # answers beneath come along
    assert queries == CASE
    with named_queries() as again:
        assert words_of(as_other.get(page_of(case))) == words
    assert again == WARM


def test_older_cases_follow_without_a_gap_or_a_double(as_other: Client, author: Member) -> None:
    made = {a_case_beyond_limits(author).pk for _ in range(PAGE_SIZE + 5)}
    first = as_other.get("/")
    second = as_other.get("/", {"after": first.context["cases"].next_cursor})
    shown = [row.pk for response in (first, second) for row in response.context["cases"].cases]
    assert len(shown) == len(set(shown))
    assert set(shown) == made
    assert second.context["cases"].next_cursor == ""


def test_the_list_can_be_narrowed_to_a_specialty_and_a_language(as_other: Client, author: Member) -> None:
    a_case(author, specialty="neurology", language="es")
    a_case(author, specialty="neurology", language="fr")
    a_case(author, specialty="urology", language="es")
    assert len(as_other.get("/").context["cases"].cases) == 3
    assert len(as_other.get("/?specialty=neurology").context["cases"].cases) == 2
    assert len(as_other.get("/?language=es").context["cases"].cases) == 2
    assert len(as_other.get("/?specialty=neurology&language=es").context["cases"].cases) == 1


def test_a_specialty_that_is_not_ours_counts_as_none(as_other: Client, case: Case) -> None:
    assert len(as_other.get("/?specialty=' OR 1=1&after=%ff").context["cases"].cases) == 1


def test_an_empty_list_says_what_it_is_for(as_other: Client) -> None:
    assert "There is none yet: put the first one." in words_of(as_other.get("/"))


def test_a_case_shows_who_asked_with_badges_and_their_crowd(as_other: Client, case: Case, author: Member) -> None:
    show_badge(author, "gb/anaesthetics", 212)
    words = words_of(as_other.get(page_of(case)))
    assert author.pseudonym in words
    assert "Anaesthetics, United Kingdom" in words
    assert "one of 212" in words
    assert "<strong>thirties</strong>" in words


def test_a_page_with_words_of_members_is_kept_by_no_cache(as_other: Client, case: Case) -> None:
    assert as_other.get(page_of(case)).headers["Cache-Control"] == "no-store"


def test_signed_out_visitors_see_what_this_is_and_no_case(case: Case) -> None:
    words = words_of(stranger().get("/"))
    assert TEXT.title not in words
    assert "What is known here about a member" in words
    assert 'href="/join/"' in words


def test_signed_out_visitors_are_led_from_a_case_to_signing_in(case: Case) -> None:
    response = stranger().get(page_of(case))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in/")


def test_a_read_only_member_reads_cases_and_sees_where_to_renew(as_read_only: Client, case: Case) -> None:
    words = words_of(as_read_only.get(page_of(case)))
    assert TEXT.title in words
    assert 'href="/membership/renew/"' in words
    assert "<textarea" not in words


def test_a_case_that_never_was_is_a_404(as_other: Client) -> None:
    assert as_other.get(f"/cases/{public_id(random_id())}/").status_code == 404


def test_a_case_answers_to_no_other_method(as_other: Client, case: Case) -> None:
    assert as_other.post(page_of(case)).status_code == 405
    assert as_other.post("/").status_code == 405
    assert as_other.delete(page_of(case)).status_code == 405


def test_my_posts_are_mine_alone(as_author: Client, as_other: Client, case: Case, other: Member) -> None:
    a_comment(case, other)
    assert TEXT.title in words_of(as_author.get("/mine/"))
    assert "Dibucaine" not in words_of(as_author.get("/mine/comments/"))
    assert TEXT.title not in words_of(as_other.get("/mine/"))
    assert "Dibucaine" in words_of(as_other.get("/mine/comments/"))
    assert stranger().get("/mine/").status_code == 302


@pytest.mark.parametrize("count", [1, 200])
def test_my_posts_make_the_same_queries_for_one_and_for_many(as_author: Client, author: Member, case: Case, count: int) -> None:
    for _ in range(count):
        comment_beyond_limits(case, author)
        a_case_beyond_limits(author)
    with named_queries() as cases:
        as_author.get("/mine/")
    with named_queries() as comments:
        as_author.get("/mine/comments/")
    assert cases == MINE
    assert comments == [*LIST[:2], "select discussion_comment", "select sealing_sealedtext", "select cases_case", "select sealing_ringkey"]


class TestViews:
    def test_reading_writes_nothing(self, as_other: Client, case: Case) -> None:
        for _ in range(3):
            as_other.get(page_of(case))
        assert Case.objects.get().view_count == 0

    def test_counts_of_many_cases_are_written_in_one_query(self, as_other: Client, author: Member, case: Case) -> None:
        second = a_case(author)
        for address in (page_of(case), page_of(case), page_of(second)):
            as_other.get(address)
        with named_queries() as queries:
            VIEWS.write()
        assert queries == ["update cases_case"]
        assert dict(Case.objects.values_list("pk", "view_count")) == {case.pk: 2, second.pk: 1}

    def test_counts_are_written_once_a_minute(self, as_other: Client, case: Case) -> None:
        VIEWS._written_at -= WRITE_EVERY
        with named_queries() as queries:
            as_other.get(page_of(case))
        assert queries == [*CASE[:-1], "update cases_case", CASE[-1]]
        assert Case.objects.get().view_count == 1

    def test_authors_do_not_count_themselves(self, as_author: Client, case: Case) -> None:
        as_author.get(page_of(case))
        VIEWS.write()
        assert Case.objects.get().view_count == 0


def a_case_beyond_limits(author: Member) -> Case:
    CASE_LIMIT._uses.clear()
    made = a_case(author)
    made.posted_at = this_minute() - timedelta(minutes=made.pk % 3)
    made.save()
    return made


def comment_beyond_limits(case: Case, author: Member) -> Comment:
    COMMENT_LIMIT._uses.clear()
    return a_comment(case, author)
