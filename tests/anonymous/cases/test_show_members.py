"""A member's page: what everyone may know of a pseudonym, and nothing that stands under an alias or nobody."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from curbside.anonymous.cases.actions import CASE_LIMIT
from curbside.anonymous.cases.members.queries import LEAST_TOLD, RECENT_DAYS, helped_in
from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.queries import case_text
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.membership.actions import leave
from curbside.anonymous.membership.models import Member
from curbside.anonymous.membership.views import MEMBER_LIMIT
from curbside.kit.clock import now
from curbside.kit.paging import PAGE_SIZE
from tests.anonymous.cases.cast import TEXT, a_case, a_comment, make_member, page_of, show_badge, stranger, words_of
from tests.anonymous.cases.nobody import LESSON, Nobody
from tests.anonymous.cases.queries import named_queries

pytestmark = pytest.mark.django_db(databases=["default", "ring"])

PAGE = [
    "select membership_session",
    "select membership_member",
    "select membership_member",
    "select membership_badge",
    "select discussion_comment",
    "select cases_case",
    "select sealing_sealedtext",
    "select sealing_sealedtext",
    "select sealing_ringkey",
]
"""The second query of a text looks for the reader's own shelf, which folds away what they mute."""


@pytest.fixture(autouse=True)
def fresh_limit() -> None:
    MEMBER_LIMIT._uses.clear()


def cases_of(author: Member, count: int) -> None:
    for _ in range(count):
        a_case(author)
        CASE_LIMIT._uses.clear()


def helped(author: Member, specialty: str, times: int) -> None:
    asker = make_member(f"asker-{specialty}-1")
    for _ in range(times):
        a_comment(a_case(asker, specialty=specialty), author)
        CASE_LIMIT._uses.clear()
    Comment.objects.filter(author=author).update(helped_asker=True)


def test_it_shows_pseudonym_badges_year_and_recent_posts(as_other: Client, author: Member, case: Case) -> None:
    show_badge(author, "gb/anaesthetics", 212)
    Member.objects.filter(pk=author.pk).update(joined_on=date(2024, 3, 5))
    words = words_of(as_other.get(f"/members/{author.pseudonym}/"))
    for part in (author.pseudonym, "Anaesthetics, United Kingdom", "one of 212", "here since 2024", TEXT.title, page_of(case)):
        assert part in words
    assert "2024-03" not in words
    assert reverse("messages:write_to", args=[author.pseudonym]) in words


def test_a_byline_leads_there(as_other: Client, author: Member, case: Case) -> None:
    assert f'href="/members/{author.pseudonym}/"' in words_of(as_other.get(page_of(case)))


def test_ones_own_page_says_what_is_not_there(as_author: Client, author: Member) -> None:
    words = words_of(as_author.get(f"/members/{author.pseudonym}/"))
    assert "This is how others see you." in words
    assert "None in the last 90 days." in words
    assert "None yet." in words


def test_nothing_of_nobody_and_nothing_removed_is_there(
    as_other: Client, as_author: Client, author: Member, case: Case, nobody: Nobody
) -> None:
    nobody.posted()
    as_author.post(f"{page_of(case)}remove/")
    words = words_of(as_other.get(f"/members/{author.pseudonym}/"))
    assert LESSON["title"] not in words
    assert TEXT.title not in words


def test_what_is_older_than_some_weeks_is_listed_nowhere(as_other: Client, author: Member, case: Case) -> None:
    Case.objects.update(posted_at=now() - timedelta(days=RECENT_DAYS + 1))
    assert case_text(case).title not in words_of(as_other.get(f"/members/{author.pseudonym}/"))


def test_answers_that_helped_are_told_by_specialty_where_they_are_not_few(as_other: Client, author: Member) -> None:
    helped(author, "cardiology", LEAST_TOLD)
    helped(author, "neurology", LEAST_TOLD - 1)
    told = helped_in(author)
    assert (told.number, told.specialties) == (2 * LEAST_TOLD - 1, [("Cardiology", LEAST_TOLD)])
    words = words_of(as_other.get(f"/members/{author.pseudonym}/"))
    assert f"{2 * LEAST_TOLD - 1} answers helped somebody." in words
    assert "Neurology" not in words


def test_the_lounge_is_neither_listed_nor_counted(as_other: Client, author: Member, other: Member, case: Case) -> None:
    a_comment(case, other)
    Comment.objects.update(helped_asker=True)
    Case.objects.update(kind=Case.Kind.LOUNGE, specialty="")
    assert helped_in(other).number == 0
    assert TEXT.title not in words_of(as_other.get(f"/members/{author.pseudonym}/"))


def test_a_hidden_answer_does_not_count(author: Member) -> None:
    helped(author, "cardiology", 1)
    Comment.objects.update(state=Comment.State.HIDDEN)
    assert helped_in(author).number == 0


def test_older_posts_follow_without_a_gap_or_a_double(as_other: Client, author: Member) -> None:
    cases_of(author, PAGE_SIZE + 2)
    first = as_other.get(f"/members/{author.pseudonym}/")
    cursor = first.context["profile"].parts[1].facts["next_cursor"]
    second = as_other.get(f"/members/{author.pseudonym}/", {"after": cursor})
    shown = [row.case.pk for page in (first, second) for row in page.context["profile"].parts[1].facts["rows"]]
    assert len(shown) == len(set(shown)) == PAGE_SIZE + 2


@pytest.mark.parametrize("count", [1, 200])
def test_the_page_makes_the_same_queries_for_one_post_and_for_many(as_other: Client, author: Member, count: int) -> None:
    cases_of(author, count)
    with named_queries() as queries:
        assert words_of(as_other.get(f"/members/{author.pseudonym}/")).count(TEXT.title) == min(count, PAGE_SIZE)
    assert queries == PAGE


def test_strangers_are_led_to_signing_in_and_who_left_is_not_there(as_other: Client, author: Member) -> None:
    address = f"/members/{author.pseudonym}/"
    assert stranger().get(address).status_code == 302
    assert as_other.post(address).status_code == 405
    leave(member=author)
    absent = as_other.get("/members/no-such-one-1/")
    assert as_other.get(address).status_code == absent.status_code == 404


def test_nobody_looks_at_all_members_in_one_go(as_other: Client, author: Member) -> None:
    for _ in range(120):
        as_other.get("/members/no-such-one-1/")
    assert as_other.get(f"/members/{author.pseudonym}/").status_code == 429
