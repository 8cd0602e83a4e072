from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from curbside.anonymous.membership.models import Member
from curbside.anonymous.polls.demo import read_polls, seed_polls
from curbside.anonymous.polls.models import Poll, VoteMark
from curbside.anonymous.polls.queries import poll_texts
from curbside.anonymous.polls.tallies import Tally
from curbside.kit.specialties import SPECIALTIES
from tests.anonymous.cases.cast import make_member, show_badge
from tests.anonymous.polls.cast import page_words

pytestmark = pytest.mark.django_db(databases=["default", "ring"])

FILE = Path(__file__).parents[3] / "demo" / "polls.jsonl"


def test_the_demos_polls_are_asked_answered_and_of_every_language(as_other: Client) -> None:
    for number in range(30):
        member = make_member(f"invented-{number}")
        if number % 2:
            show_badge(member, "gb/cardiology", 40)
    Member.objects.update(is_demo=True)
    seed_polls(read_polls(FILE))
    polls = list(Poll.objects.all())
    texts = poll_texts(polls)
    assert {poll.language for poll in polls} == {code for code, _label in settings.LANGUAGES}
    assert {poll.specialty for poll in polls} <= set(SPECIALTIES)
    for poll in polls:
        tally = Tally.of(poll, texts[poll.pk])
        assert poll.opened_count > poll.answer_count == tally.everyone.answered > 10
        assert poll.marks.count() == (0 if poll.is_closed else poll.answer_count)
    closed = next(poll for poll in polls if poll.is_closed)
    assert "self-selected" in page_words(as_other, closed)
    assert VoteMark.objects.exists()
