"""Asks a demo's polls and has its invented members vote, at random by weights: the answers are of nobody, and the demo's banner says so."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random  # noqa: TID251 - what an invented member chose is no secret

from django.db import transaction

from curbside.anonymous.discussion.actions import start_thread
from curbside.anonymous.membership.models import Member
from curbside.anonymous.polls.documents import PollText
from curbside.anonymous.polls.marks import new_mark
from curbside.anonymous.polls.models import THREAD_KIND, Poll, VoteMark
from curbside.anonymous.polls.tallies import Cells, Tally, groups_of
from curbside.anonymous.sealing.actions import seal_text
from curbside.kit.clock import this_minute, today

_VOTES = 0.8
"""The share of members who vote in each."""


@dataclass(frozen=True, slots=True)
class DemoPoll:
    """A poll of a file."""

    language: str
    specialty: str
    text: PollText
    weights: tuple[int, ...]
    multiple: bool
    days_ago: int
    open_days: int


def read_polls(file: Path) -> list[DemoPoll]:
    """Every poll of the file."""
    return [_read_poll(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _read_poll(line: str) -> DemoPoll:
    row = json.loads(line)
    text = PollText(row["question"], tuple(row["options"]), row.get("details", ""))
    return DemoPoll(
        row["language"], row["specialty"], text, tuple(row["weights"]), row.get("multiple", False), row["days_ago"], row["open_days"]
    )


@transaction.atomic
def seed_polls(polls: Sequence[DemoPoll]) -> None:
    """Ask them all, each by one of the demo's members."""
    chance = Random(2026)  # noqa: S311 - see above
    members = list(Member.objects.filter(is_demo=True).prefetch_related("badges").order_by("pk"))
    for demo in polls:
        _ask(demo, members, chance)


def _ask(demo: DemoPoll, members: Sequence[Member], chance: Random) -> None:
    opened = today() - timedelta(days=demo.days_ago)
    poll = Poll(
        author=chance.choice(members), thread=start_thread(kind=THREAD_KIND), text_id=seal_text(document=demo.text.to_seal()),
        specialty=demo.specialty, language=demo.language, multiple=demo.multiple,
        posted_at=this_minute() - timedelta(days=demo.days_ago, minutes=chance.randrange(600)),
        closes_at=datetime.combine(opened + timedelta(days=demo.open_days), time(), UTC),
    )  # fmt: skip
    voters = [member for member in members if chance.random() < _VOTES]
    tally = Tally(Cells(0, (0,) * len(demo.text.options)))
    for voter in voters:
        badges = groups_of([badge.roll for badge in voter.badges.all()])
        tally = tally.with_vote(_choice(demo, chance), badges=badges)
    poll.answer_count, poll.tally = tally.everyone.answered, tally.closed_up(poll, demo.text)
    poll.opened_count = poll.answer_count + chance.randrange(10, 60)
    poll.save(force_insert=True)
    if not poll.is_closed:
        VoteMark.objects.bulk_create(VoteMark(poll=poll, digest=new_mark(thread_id=poll.thread_id, voter=voter)) for voter in voters)


def _choice(demo: DemoPoll, chance: Random) -> set[int]:
    """One option by the weights; where several may be chosen, up to three."""
    return set(chance.choices(range(len(demo.weights)), demo.weights, k=chance.randint(1, 3) if demo.multiple else 1))
