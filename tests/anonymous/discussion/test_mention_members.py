"""@mentions: of members who exist when the comment is saved, at most five, told once, and never of an alias or by who is blocked."""

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.markdown import render_markdown
from curbside.anonymous.discussion.mentions import MOST_MENTIONS
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.discussion.queries import comment_text
from curbside.anonymous.membership.models import Member
from curbside.anonymous.notifications.kinds import Kind
from curbside.anonymous.notifications.queries import notices_of
from curbside.anonymous.shelf.actions import put
from curbside.anonymous.shelf.documents import Kind as Shelved
from curbside.kit.ids import public_id
from tests.anonymous.cases.cast import a_comment, make_member, page_of, words_of
from tests.anonymous.cases.queries import named_queries

pytestmark = pytest.mark.django_db(databases=["default", "ring"])


@pytest.fixture
def finch(db: None) -> Member:
    return make_member("calm-finch-31")


def say(client: Client, case: Case, words: str) -> Comment:
    assert client.post(reverse("discussion:post_comment", args=[case.thread_id]), {"body": words}).status_code == 302
    return Comment.objects.latest("posted_at")


def told(member: Member) -> list[Kind]:
    return [notice.kind for _row, notice in notices_of(member)]


def test_a_mention_leads_to_the_members_page_and_tells_them(as_other: Client, case: Case, finch: Member, author: Member) -> None:
    comment = say(as_other, case, "Ask @calm-finch-31, who knows.")
    assert comment_text(comment).mentions == ("calm-finch-31",)
    words = words_of(as_other.get(page_of(case)))
    assert '/members/calm-finch-31/" rel="noopener noreferrer nofollow">@calm-finch-31</a>, who knows.' in words
    assert told(finch) == [Kind.MENTION]
    assert told(author) == [Kind.ANSWER]


def test_who_is_answered_anyway_hears_of_it_once(as_other: Client, case: Case, author: Member) -> None:
    say(as_other, case, f"@{author.pseudonym}: test it.")
    assert told(author) == [Kind.ANSWER]


def test_nobody_hears_of_naming_themselves(as_other: Client, case: Case, other: Member) -> None:
    say(as_other, case, f"I am @{other.pseudonym}.")
    assert told(other) == []


@pytest.mark.parametrize("words", ["mail x@calm-finch-31", "https://example.org/@calm-finch-31", "@@calm-finch-31", "@calm-finch-31-x"])
def test_an_address_or_another_word_names_nobody(case: Case, other: Member, finch: Member, words: str) -> None:
    assert comment_text(a_comment(case, other, words)).mentions == ()
    assert told(finch) == []


def test_who_does_not_exist_stays_a_word_also_once_somebody_takes_the_name(as_other: Client, case: Case, other: Member) -> None:
    a_comment(case, other, "Ask @calm-finch-31.")
    make_member("calm-finch-31")
    assert "/members/calm-finch-31/" not in words_of(as_other.get(page_of(case)))


def test_the_guard_takes_a_member_for_no_account_elsewhere(as_other: Client, case: Case, finch: Member) -> None:
    address = reverse("discussion:post_comment", args=[case.thread_id])
    assert as_other.post(address, {"body": "Ask @calm-finch-32."}).status_code == 422
    assert as_other.post(address, {"body": "Ask @calm-finch-31."}).status_code == 302


def test_five_are_found_and_no_more(as_other: Client, case: Case) -> None:
    members = [make_member(f"finch-{number}") for number in range(MOST_MENTIONS + 2)]
    comment = say(as_other, case, " ".join(f"@{member.pseudonym}" for member in members))
    assert len(comment_text(comment).mentions) == MOST_MENTIONS
    assert [told(member) for member in members] == [[Kind.MENTION]] * MOST_MENTIONS + [[]] * 2


def test_who_blocked_the_writer_is_not_told(as_other: Client, other: Member, case: Case, finch: Member) -> None:
    put(member=finch, kind=Shelved.BLOCKED, value=public_id(other.pk))
    say(as_other, case, "Ask @calm-finch-31.")
    assert told(finch) == []
    assert "/members/calm-finch-31/" in words_of(as_other.get(page_of(case)))


def test_an_edit_tells_those_alone_who_are_new_in_it(as_other: Client, case: Case, other: Member, finch: Member) -> None:
    owl = make_member("late-owl-77")
    comment = say(as_other, case, "Ask @calm-finch-31.")
    as_other.post(f"/comments/{public_id(comment.pk)}/edit/", {"body": "Ask @calm-finch-31 or @late-owl-77."})
    assert (told(finch), told(owl)) == ([Kind.MENTION], [Kind.MENTION])
    assert comment_text(comment).mentions == ("calm-finch-31", "late-owl-77")


def test_a_name_in_a_link_or_in_code_is_left_alone() -> None:
    for words in ("[@calm-finch-31](https://example.org)", "`@calm-finch-31`"):
        assert "/members/" not in render_markdown(words, mentions=["calm-finch-31"])
    assert "/members/" in render_markdown("**@calm-finch-31**", links=False, mentions=["calm-finch-31"])


@given(st.text(alphabet="@[](`*<>&\"' \n-calm finch31/:.é", max_size=120))
def test_whatever_stands_around_a_mention_no_link_leads_elsewhere(words: str) -> None:
    html = render_markdown(words, links=False, mentions=["calm", "finch-31", "é"])
    assert html.count("<a ") == html.count("/members/")
    assert "<script" not in html


@pytest.mark.parametrize("count", [1, 20])
def test_mentions_cost_the_page_no_query_more(as_author: Client, case: Case, other: Member, finch: Member, count: int) -> None:
    for _ in range(count):
        a_comment(case, other, "Ask @calm-finch-31.")
    with named_queries() as queries:
        assert words_of(as_author.get(page_of(case))).count('/members/calm-finch-31/"') == count
    assert len([query for query in queries if "membership_session" not in query and "membership_member" not in query]) <= 8
