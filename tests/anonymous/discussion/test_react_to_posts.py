"""Reactions and helpful answers: counted for everyone, one's own only for oneself, and no row that leads to a member."""

import re

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.actions import hide_comment, remove_comment, show_comment_again
from curbside.anonymous.discussion.models import Comment, Reaction, Thread
from curbside.anonymous.discussion.queries import THREAD_PAGE
from curbside.anonymous.membership.actions import leave
from curbside.anonymous.membership.leaving import export_all_of
from curbside.anonymous.membership.models import Member
from curbside.anonymous.notifications.kinds import Kind
from curbside.anonymous.notifications.queries import notices_of
from curbside.kit.ids import public_id, random_id
from tests.anonymous.cases.cast import a_case, a_comment, browser_of, make_member, page_of, stranger, words_of
from tests.anonymous.cases.queries import named_queries

pytestmark = pytest.mark.django_db(databases=["default", "ring"])

HTMX = {"HX-Request": "true"}


def press(client: Client, kind: str, on: Comment | Case, *, htmx: bool = False) -> str:
    """The status and what came back."""
    response = client.post(address_of(on), {"kind": kind}, headers=HTMX if htmx else {})
    assert response.status_code == (200 if htmx else 302)
    return words_of(response)


def address_of(on: Comment | Case) -> str:
    if isinstance(on, Comment):
        return reverse("discussion:react_to_comment", args=[on.pk])
    return reverse("discussion:react_to_thread", args=[on.thread_id])


def pressed(words: str) -> list[tuple[str, str]]:
    """The pressed buttons of a page: ids' letters and kinds."""
    return re.findall(r'id="react-(\w+)-(\w+)"[^>]*aria-pressed="true"', words)


def told(member: Member) -> list[Kind]:
    return [notice.kind for _row, notice in notices_of(member)]


@pytest.fixture
def answer(case: Case, other: Member) -> Comment:
    return a_comment(case, other)


@pytest.fixture
def reader(db: None) -> Member:
    return make_member("calm-finch-31")


@pytest.fixture
def as_reader(reader: Member) -> Client:
    return browser_of(reader)


def test_a_press_counts_once_and_a_second_takes_it_back(as_reader: Client, case: Case, answer: Comment) -> None:
    for on, letters in ((answer, public_id(answer.pk)), (case, public_id(case.thread_id))):
        press(as_reader, "learned", on)
        words = words_of(as_reader.get(page_of(case)))
        assert pressed(words) == [(letters, "learned")]
        assert 'Learned something <span class="tabular-nums">1</span>' in words
        press(as_reader, "learned", on)
        words = words_of(as_reader.get(page_of(case)))
        assert not pressed(words)
        assert 'Learned something <span class="tabular-nums">' not in words
    assert not Reaction.objects.exists()


def test_every_reader_counts_and_sees_their_own_alone(as_reader: Client, as_author: Client, case: Case, answer: Comment) -> None:
    press(as_reader, "same", answer)
    press(as_author, "change", answer)
    words = words_of(as_reader.get(page_of(case)))
    assert pressed(words) == [(public_id(answer.pk), "same")]
    for label in ("Had the same", "May change what I do"):
        assert f'{label} <span class="tabular-nums">1</span>' in words


def test_who_disagrees_no_longer_agrees(as_reader: Client, answer: Comment) -> None:
    press(as_reader, "agree", answer)
    press(as_reader, "disagree", answer)
    answer.refresh_from_db()
    assert (answer.agree_count, answer.disagree_count) == (0, 1)
    assert [row.kind for row in Reaction.objects.all()] == ["disagree"]


def test_a_script_gets_the_buttons_anew_and_others_are_led_back(as_reader: Client, case: Case, answer: Comment) -> None:
    words = press(as_reader, "agree", answer, htmx=True)
    assert words.lstrip().startswith("<form")
    assert pressed(words) == [(public_id(answer.pk), "agree")]
    assert "<html" not in words
    assert pressed(press(as_reader, "agree", case, htmx=True)) == [(public_id(case.thread_id), "agree")]
    back = as_reader.post(address_of(answer), {"kind": "agree"})
    assert back.headers["Location"] == f"/comments/{public_id(answer.pk)}/"
    assert as_reader.post(address_of(case), {"kind": "agree"}).headers["Location"] == page_of(case)


def test_nobody_reacts_to_what_stands_under_their_own_pseudonym(as_author: Client, as_other: Client, case: Case, answer: Comment) -> None:
    assert as_author.post(address_of(case), {"kind": "agree"}).status_code == 403
    assert as_other.post(address_of(answer), {"kind": "agree"}).status_code == 403
    assert f"react-{public_id(case.thread_id)}" not in words_of(as_author.get(page_of(case)))
    assert f"react-{public_id(answer.pk)}" not in words_of(as_other.get(page_of(case)))


def test_a_post_alone_cannot_help_and_neither_can_the_askers_own_words(as_reader: Client, case: Case, author: Member) -> None:
    thanks = a_comment(case, author, "Thank you.")
    assert as_reader.post(address_of(case), {"kind": "helped"}).status_code == 403
    assert as_reader.post(address_of(thanks), {"kind": "helped"}).status_code == 403
    assert "This helped" not in words_of(as_reader.get(page_of(case)))


def test_a_kind_that_is_none_is_refused(as_reader: Client, answer: Comment) -> None:
    for kind in ("", "love", "agree' OR 1=1"):
        assert as_reader.post(address_of(answer), {"kind": kind}).status_code == 400


def test_a_read_only_member_sees_counts_and_presses_nothing(as_read_only: Client, as_reader: Client, case: Case, answer: Comment) -> None:
    press(as_reader, "agree", answer)
    assert as_read_only.post(address_of(answer), {"kind": "agree"}).status_code == 403
    assert as_read_only.post(address_of(case), {"kind": "agree"}).status_code == 403
    words = words_of(as_read_only.get(page_of(case)))
    assert 'Agree <span class="tabular-nums">1</span>' in words
    assert "aria-pressed" not in words


def test_doors_are_closed_to_strangers_other_methods_and_what_is_not_there(as_reader: Client, case: Case, answer: Comment) -> None:
    for on in (case, answer):
        assert stranger().post(address_of(on), {"kind": "agree"}).status_code == 302
        assert as_reader.get(address_of(on)).status_code == 405
    for name in ("react_to_comment", "react_to_thread"):
        assert as_reader.post(reverse(f"discussion:{name}", args=[random_id()]), {"kind": "agree"}).status_code == 404
    assert not Reaction.objects.exists()


def test_the_121st_press_within_ten_minutes_is_refused(as_reader: Client, answer: Comment) -> None:
    for _ in range(120):
        press(as_reader, "agree", answer)
    assert as_reader.post(address_of(answer), {"kind": "agree"}).status_code == 429


class TestHelp:
    def test_a_reader_says_that_it_helped_and_its_author_hears_of_it_once(
        self, as_reader: Client, case: Case, answer: Comment, other: Member
    ) -> None:
        for _ in range(3):
            press(as_reader, "helped", answer)
        answer.refresh_from_db()
        assert (answer.helped_count, answer.helped_asker) == (1, False)
        assert told(other) == [Kind.HELPFUL]
        assert "helped, says who asked" not in words_of(as_reader.get(page_of(case)))

    def test_who_asked_says_so_without_a_row_of_theirs(self, as_author: Client, case: Case, answer: Comment, other: Member) -> None:
        press(as_author, "helped", answer)
        words = words_of(as_author.get(page_of(case)))
        assert "helped, says who asked" in words
        assert pressed(words) == [(public_id(answer.pk), "helped")]
        assert not Reaction.objects.exists()
        assert told(other) == [Kind.HELPFUL]
        assert not pressed(press(as_author, "helped", answer, htmx=True))
        assert "helped, says who asked" not in words_of(as_author.get(page_of(case)))

    def test_a_read_only_asker_cannot_say_so(self, as_author: Client, author: Member, answer: Comment) -> None:
        Member.objects.filter(pk=author.pk).update(banned=True)
        assert as_author.post(address_of(answer), {"kind": "helped"}).status_code == 403
        assert not Comment.objects.get().helped_asker

    def test_a_case_waits_until_an_answer_helped_and_waits_again_once_that_is_gone(
        self, as_reader: Client, case: Case, answer: Comment
    ) -> None:
        def waits() -> bool:
            return Case.objects.waiting_in(case.specialty).filter(pk=case.pk).exists()

        assert waits()
        press(as_reader, "helped", answer)
        assert not waits()
        hide_comment(comment=answer, reason=None)
        assert waits()
        show_comment_again(comment=answer)
        assert not waits()
        remove_comment(comment=answer)
        assert waits()

    def test_erased_words_take_with_them_what_was_said_of_them(
        self, as_reader: Client, case: Case, answer: Comment, author: Member
    ) -> None:
        a_comment(case, author, "Thank you.", parent=answer)
        press(as_reader, "helped", answer)
        remove_comment(comment=answer)
        answer.refresh_from_db()
        assert (answer.state, answer.helped_count) == ("removed", 0)
        assert not Reaction.objects.exists()
        assert not Thread.objects.get().helped
        assert as_reader.post(address_of(answer), {"kind": "agree"}).status_code == 409


class TestSecrecy:
    def test_no_row_leads_to_the_reader_nor_joins_two_threads(self, as_reader: Client, reader: Member, author: Member) -> None:
        for case in (a_case(author), a_case(author)):
            press(as_reader, "same", case)
        first, second = Reaction.objects.values_list()
        assert not set(first[1:-1]) & set(second[1:-1]) - {None}
        assert not {reader.pk, reader.pseudonym} & {*first, *second}

    def test_no_column_of_a_reaction_is_a_time_or_a_member(self) -> None:
        assert {field.name for field in Reaction._meta.get_fields()} == {"id", "voter", "thread", "comment", "kind"}

    def test_a_replaced_secret_key_lets_nobody_vote_twice_while_the_old_one_is_kept(
        self, as_reader: Client, reader: Member, answer: Comment, settings: LazySettings
    ) -> None:
        press(as_reader, "agree", answer)
        settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 8
        press(browser_of(reader), "agree", answer)
        answer.refresh_from_db()
        assert (answer.agree_count, Reaction.objects.count()) == (0, 0)

    def test_who_leaves_takes_their_rows_and_the_counts_stay(
        self, as_reader: Client, reader: Member, as_author: Client, case: Case, answer: Comment
    ) -> None:
        press(as_reader, "agree", answer)
        press(as_reader, "learned", case)
        press(as_author, "agree", answer)
        exported = {(piece["to"], piece["reaction"]) for piece in export_all_of(reader)["Reactions"]}
        assert exported == {(public_id(answer.pk), "Agree"), (public_id(case.thread_id), "Learned something")}
        before = words_of(as_author.get(page_of(case)))
        leave(member=reader)
        assert [(row.kind, row.comment_id) for row in Reaction.objects.all()] == [("agree", answer.pk)]
        assert words_of(as_author.get(page_of(case))) == before

    def test_a_moderators_page_shows_no_more_of_who_reacted(self, as_reader: Client, reader: Member, case: Case, answer: Comment) -> None:
        press(as_reader, "same", answer)
        moderator = make_member("even-crane-08")
        call_command("appoint_moderator", moderator.pseudonym, verbosity=0)
        assert reader.pseudonym not in words_of(browser_of(moderator).get(page_of(case)))


@pytest.mark.usefixtures("unlimited")
@pytest.mark.parametrize("count", [1, 200])
def test_reactions_cost_the_page_no_query_more(as_reader: Client, case: Case, other: Member, count: int) -> None:
    for _ in range(count):
        press(as_reader, "agree", a_comment(case, other))
    with named_queries() as queries:
        assert len(pressed(words_of(as_reader.get(page_of(case))))) == min(count, THREAD_PAGE)
    assert len(queries) == 2 + 6
    with named_queries() as again:
        as_reader.get(page_of(case))
    assert again == ["select membership_session", "select membership_member", "select cases_case", "select discussion_comment"]
