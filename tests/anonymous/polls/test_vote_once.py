from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from curbside.anonymous.membership.actions import leave
from curbside.anonymous.membership.models import Member
from curbside.anonymous.polls.actions import VOTE_LIMIT, forget_marks
from curbside.anonymous.polls.marks import new_mark
from curbside.anonymous.polls.models import Poll, VoteMark
from curbside.anonymous.polls.queries import poll_text
from curbside.anonymous.polls.tallies import Tally
from curbside.kit.clock import this_minute
from tests.anonymous.cases.cast import browser_of, show_badge, stranger, words_of
from tests.anonymous.polls.cast import OPTIONS, a_poll, page_of, page_words, vote, votes

pytestmark = pytest.mark.django_db(databases=["default", "ring"])


def close(poll: Poll) -> None:
    Poll.objects.filter(pk=poll.pk).update(closes_at=this_minute())


def test_answers_are_hidden_until_one_has_voted(as_other: Client, poll: Poll) -> None:
    votes(poll, 0, 0, 2)
    before = page_words(as_other, poll)
    assert "67 %" not in before
    assert "3 answered" in before
    assert "self-selected" not in before
    assert vote(as_other, poll, 1).headers["Location"] == f"{page_of(poll)}#poll"
    after = page_words(as_other, poll)
    assert "<strong>4</strong> answered, self-selected" in after
    assert "<strong>50 %</strong> 2 of 4" in after
    assert "15 to 85 %" in after
    assert 'type="radio"' not in after


def test_answers_are_shown_to_everyone_once_it_has_closed(as_other: Client, as_read_only: Client, poll: Poll) -> None:
    votes(poll, 0, 0, 2)
    close(poll)
    for client in (as_other, as_read_only):
        assert "<strong>67 %</strong> 2 of 3" in page_words(client, poll)
    assert vote(as_other, poll, 0).status_code == 409


def test_a_vote_is_asked_back_before_it_counts(as_other: Client, other: Member, poll: Poll) -> None:
    show_badge(other, "es/cardiology", 300)
    words = words_of(vote(as_other, poll, 1, sure=False))
    assert "This cannot be changed or taken back" in words
    assert OPTIONS[1] in words
    assert OPTIONS[0] not in words
    assert "Cardiology, Spain" in words
    assert not VoteMark.objects.exists()


def test_nobody_votes_twice(as_other: Client, poll: Poll) -> None:
    vote(as_other, poll, 1)
    assert vote(as_other, poll, 2).status_code == 409
    poll.refresh_from_db()
    assert poll.answer_count == 1
    assert Tally.of(poll, poll_text(poll)).everyone.chosen == (0, 1, 0)


def test_one_option_where_one_is_asked_and_several_where_several_are(as_other: Client, author: Member, poll: Poll) -> None:
    assert vote(as_other, poll, 0, 1).status_code == 422
    assert vote(as_other, poll).status_code == 422
    assert vote(as_other, poll, 7).status_code == 422
    several = a_poll(author, multiple=True)
    assert 'type="checkbox"' in page_words(as_other, several)
    vote(as_other, several, 0, 2)
    several.refresh_from_db()
    assert Tally.of(several, poll_text(several)).everyone.chosen == (1, 0, 1)


def test_a_vote_for_other_words_than_those_that_stand_is_refused(as_other: Client, poll: Poll) -> None:
    response = as_other.post(reverse("polls:vote", args=[poll.pk]), {"option": "0", "wording": "0123456789abcdef", "sure": "on"})
    assert response.status_code == 409
    assert "read it again before you vote" in words_of(response)


def test_who_reads_only_sees_the_options_and_cannot_vote(as_read_only: Client, poll: Poll) -> None:
    words = page_words(as_read_only, poll)
    assert OPTIONS[0] in words
    assert 'type="radio"' not in words
    assert vote(as_read_only, poll, 0).status_code == 403


def test_strangers_and_other_methods_are_refused(as_other: Client, poll: Poll) -> None:
    assert vote(stranger(), poll, 0).status_code == 302
    assert as_other.get(reverse("polls:vote", args=[poll.pk])).status_code == 405


def test_votes_are_limited(as_other: Client, poll: Poll, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(VOTE_LIMIT, "times", 1)
    assert [vote(as_other, poll, 0).status_code for _ in range(2)] == [302, 429]


class TestWhatIsKept:
    def test_the_mark_holds_neither_member_nor_choice_and_the_counts_are_closed(self, as_other: Client, other: Member, poll: Poll) -> None:
        vote(as_other, poll, 1)
        [mark] = VoteMark.objects.all()
        assert {field.name for field in VoteMark._meta.get_fields()} == {"id", "poll", "digest"}
        assert bytes(mark.digest) == new_mark(thread_id=poll.thread_id, voter=other)
        assert bytes(mark.digest) != new_mark(thread_id=poll.thread_id + 1, voter=other)
        poll.refresh_from_db()
        for readable in (b"cardiology", b"everyone", other.nullifier):
            assert bytes(readable) not in bytes(poll.tally)

    def test_two_votes_for_different_options_leave_rows_of_one_shape(self, author: Member) -> None:
        first, second = a_poll(author), a_poll(author)
        votes(first, 0, roll="es/cardiology")
        votes(second, 2, since=1)
        assert len(bytes(first.tally)) == len(bytes(second.tally))

    def test_leaving_and_joining_again_gives_no_second_vote(self, as_other: Client, other: Member, poll: Poll) -> None:
        vote(as_other, poll, 1)
        again = Member(pseudonym="new-name-11", nullifier=bytes(other.nullifier))
        leave(member=other)
        assert VoteMark.objects.filter(digest=new_mark(thread_id=poll.thread_id, voter=again)).exists()
        poll.refresh_from_db()
        assert poll.answer_count == 1

    def test_replacing_the_sites_secret_key_gives_no_second_vote(
        self, as_other: Client, other: Member, poll: Poll, settings: LazySettings
    ) -> None:
        vote(as_other, poll, 1)
        settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "k" * 60
        assert "1 of 1" in page_words(browser_of(other), poll)
        assert vote(browser_of(other), poll, 2).status_code == 409

    def test_marks_go_when_the_poll_closes(self, as_other: Client, as_author: Client, author: Member, poll: Poll) -> None:
        later = a_poll(author)
        for each in (poll, later):
            vote(as_other, each, 1)
        as_author.post(reverse("polls:close_poll", args=[poll.pk]))
        assert set(VoteMark.objects.values_list("poll", flat=True)) == {later.pk}
        close(later)
        call_command("forget_votes")
        assert not VoteMark.objects.exists()
        assert forget_marks() == 0


class TestDenominator:
    def test_only_openings_before_an_answer_count_and_never_the_authors(self, as_other: Client, as_author: Client, poll: Poll) -> None:
        from curbside.anonymous.polls.viewing import SEEN

        for client in (as_author, as_other, as_other):
            client.get(page_of(poll))
        vote(as_other, poll, 0)
        as_other.get(page_of(poll))
        SEEN.write()
        poll.refresh_from_db()
        assert poll.opened_count == 2
        assert "opened 2 times by members who had not answered" in page_words(as_other, poll)

    def test_no_denominator_is_smaller_than_what_it_is_of(self, as_other: Client, poll: Poll) -> None:
        votes(poll, 0, 1, 2)
        vote(as_other, poll, 0)
        assert "opened 4 times" in page_words(as_other, poll)


def test_the_split_by_badge_is_shown_with_its_own_denominators(as_other: Client, poll: Poll) -> None:
    votes(poll, 0, 0, 0, 1, 2, roll="es/cardiology")
    votes(poll, 1, 1, 1, 1, since=1)
    vote(as_other, poll, 2)
    words = page_words(as_other, poll)
    assert "By specialty" in words
    assert "By country" in words
    assert "<strong>60 %</strong> 3 of 5" in words


def test_a_group_too_small_is_named_nowhere(as_other: Client, poll: Poll) -> None:
    votes(poll, 0, 0, 0, 1, roll="es/neurology")
    votes(poll, *[1] * 5, since=1)
    vote(as_other, poll, 2)
    assert "Neurology" not in page_words(as_other, poll)
    assert poll.closes_at > this_minute() + timedelta(days=7)
