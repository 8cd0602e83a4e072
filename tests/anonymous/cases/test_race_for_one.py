"""What is given once is given once also where two requests come at the same moment: a vote, a list of diagnoses, a reaction."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, connections

from curbside.anonymous.cases.choices import Asks
from curbside.anonymous.cases.differentials.actions import LIST_LIMIT, give_list
from curbside.anonymous.cases.documents import Facts, Named
from curbside.anonymous.cases.models import DiagnosisList
from curbside.anonymous.cases.queries import case_text
from curbside.anonymous.discussion.models import Reaction, Thread
from curbside.anonymous.discussion.reacting import REACTION_LIMIT, react
from curbside.anonymous.membership.models import Member
from curbside.anonymous.polls.actions import POLL_LIMIT, VOTE_LIMIT, Asked, cast_vote, post_poll
from curbside.anonymous.polls.documents import PollText
from curbside.anonymous.polls.models import Poll, VoteMark
from curbside.kit.clock import today
from curbside.kit.errors import PublicError
from tests.anonymous.cases.cast import TEXT, a_case

pytestmark = [
    pytest.mark.django_db(databases=["default", "ring"], transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    for limit in (LIST_LIMIT, REACTION_LIMIT, POLL_LIMIT, VOTE_LIMIT):
        limit._uses.clear()


def both(do: Callable[[], None]) -> list[str]:
    """Do it twice at once; gives how each ended."""
    start, ends = threading.Barrier(2), []

    def run() -> None:
        start.wait()
        try:
            do()
            ends.append("done")
        except PublicError:
            ends.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def test_two_votes_at_once_are_one(author: Member, other: Member) -> None:
    asked = Asked(PollText("Which?", ("This", "That")), multiple=False, last_day=today() + timedelta(days=7))
    poll = post_poll(author=author, specialty="cardiology", language="en", asked=asked)
    wording = asked.text.wording()
    assert both(lambda: cast_vote(poll=poll, voter=other, options=[0], wording=wording)) == ["done", "refused"]
    assert (VoteMark.objects.count(), Poll.objects.get().answer_count) == (1, 1)


def test_two_lists_at_once_are_one(author: Member, other: Member) -> None:
    case = a_case(author, text=replace(TEXT, facts=Facts(asks=Asks.DIAGNOSIS.value)))
    salt, given = case_text(case).salt, (Named("Pneumonia"),)
    assert both(lambda: give_list(case=case, salt=salt, member=other, diagnoses=given, looked=False)) == ["done", "refused"]
    assert DiagnosisList.objects.count() == 1


def test_two_presses_at_once_leave_counts_and_rows_agreed(author: Member, other: Member) -> None:
    thread = a_case(author).thread
    assert both(lambda: react(member=other, thread=thread, comment=None, kind=Reaction.Kind.AGREE)) == ["done", "done"]
    assert Thread.objects.get(pk=thread.pk).agree_count == Reaction.objects.count() == 0
