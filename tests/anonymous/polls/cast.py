"""Polls for the cast of the cases' tests to ask, and votes."""

from datetime import timedelta
from typing import Final

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from curbside.anonymous.membership.models import Member
from curbside.anonymous.polls.actions import POLL_LIMIT, VOTE_LIMIT, Asked, cast_vote, post_poll
from curbside.anonymous.polls.documents import PollText
from curbside.anonymous.polls.models import Poll
from curbside.anonymous.polls.queries import poll_text
from curbside.kit.clock import today
from tests.anonymous.cases.cast import make_member, show_badge, words_of

QUESTION: Final = "Do you bridge with heparin before ablation?"
OPTIONS: Final = ("Always", "Only with a valve", "Never")


def asked(*, multiple: bool = False, days: int = 7) -> Asked:
    return Asked(
        PollText(QUESTION, OPTIONS, "Atrial **fibrillation**, no stroke."), multiple=multiple, last_day=today() + timedelta(days=days)
    )


def a_poll(author: Member, *, specialty: str = "cardiology", language: str = "en", multiple: bool = False) -> Poll:
    POLL_LIMIT._uses.clear()
    return post_poll(author=author, specialty=specialty, language=language, asked=asked(multiple=multiple))


def poll_form(**changes: str) -> dict[str, str]:
    form = {
        "specialty": "cardiology",
        "language": "en",
        "question": QUESTION,
        "options": "\n".join(OPTIONS),
        "choice": "one",
        "closes": str(today() + timedelta(days=7)),
    }
    return form | changes


def page_of(poll: Poll) -> str:
    return reverse("polls:show_poll", args=[poll.pk])


def page_words(client: Client, poll: Poll) -> str:
    return words_of(client.get(page_of(poll)))


def vote(client: Client, poll: Poll, *options: int, sure: bool = True) -> HttpResponse:
    """Through the form: choose, and say that one is sure."""
    fields: dict[str, object] = {"option": [str(option) for option in options], "wording": poll_text(poll).wording()}
    return client.post(reverse("polls:vote", args=[poll.pk]), fields | ({"sure": "on"} if sure else {}))


def votes(poll: Poll, *options: int, roll: str = "", since: int = 0) -> None:
    """One voter for each, all with the same badge if there is one."""
    VOTE_LIMIT._uses.clear()
    for number, option in enumerate(options):
        voter = make_member(f"voter{roll.replace('/', '')}-{'abcdefghijklmnopqrstuvwxyz'[number]}-{since}")
        if roll:
            show_badge(voter, roll, 400)
        cast_vote(poll=poll, voter=voter, options=[option], wording=poll_text(poll).wording())
    poll.refresh_from_db()
