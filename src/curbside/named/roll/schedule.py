"""When an edition comes out and which rolls change in it: a pure decision over counts and dates.

A reader of two editions sees who is new. So a roll takes up new commitments only in crowds of k, however long that
takes; an operator may set a longest wait, after which it takes up fewer, and shows who they are. Removals are not held
back: who lost a licence must not stay a verified doctor. But a removal never takes waiting commitments along, or it
would make a crowd of one of them.

A specialty's roll lies within its country's: it takes up whom that holds, or takes up along with it. Who shows both badges would else hide
among those who happen to stand on both, fewer than k (docs/decisions/0161-rolls-within-rolls.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from curbside.credential.names import RollName


@dataclass(frozen=True, slots=True)
class Policy:
    """The operator's settings: k, the longest wait or none, the interval of editions, and a demo's haste."""

    least: int
    longest_wait: timedelta | None
    interval: timedelta
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class RollState:
    """A roll before an edition: how many stay, leave and wait, and since when the first waits.

    Of a specialty, ``waiting_within`` of those who wait stand on its country's roll; none of a roll that lies within no other.
    """

    name: RollName
    staying: int
    leaving: int = 0
    waiting: int = 0
    waits_since: date | None = None
    waiting_within: int = 0


def wider_roll(name: RollName) -> RollName | None:
    """The roll that a specialty's lies within: its country's."""
    country, slash, _specialty = name.partition("/")
    return RollName(country) if slash else None


@dataclass(frozen=True, slots=True)
class RollPlan:
    """A roll in the coming edition: how many it takes up and drops, how many then stand on it, and whether it is published.

    ``within``: it takes up only those who stand on this other roll already.
    """

    name: RollName
    admits: int
    drops: int
    size: int
    published: bool
    within: RollName | None = None

    @property
    def changes(self) -> bool:
        """Whether the roll is another than before."""
        return self.admits > 0 or self.drops > 0


@dataclass(frozen=True, slots=True)
class EditionPlan:
    """All rolls of an edition on a day; ``due_on`` is later than that day where it must wait."""

    due_on: date
    rolls: tuple[RollPlan, ...]

    @property
    def changes(self) -> bool:
        """Whether any roll is another than before."""
        return any(roll.changes for roll in self.rolls)

    @property
    def published(self) -> tuple[RollPlan, ...]:
        """The rolls that are large enough."""
        return tuple(roll for roll in self.rolls if roll.published)


def due_rolls(states: Iterable[RollState], *, policy: Policy, day: date, last_edition_on: date | None) -> EditionPlan:
    """What an edition on ``day`` would hold, and when the schedule lets the next one out."""
    due_on = next_edition_on(policy, day=day, last_edition_on=last_edition_on)
    plans: dict[RollName, RollPlan] = {}
    for state in sorted(states, key=lambda state: state.name):  # a country before its specialties
        plans[state.name] = _plan(state, policy, day, wider=plans.get(wider_roll(state.name) or state.name))
    return EditionPlan(due_on, tuple(plans.values()))


def next_edition_on(policy: Policy, *, day: date, last_edition_on: date | None) -> date:
    """The first day from ``day`` on at which an edition may come out."""
    if policy.at_once or last_edition_on is None:
        return day
    return max(day, last_edition_on + policy.interval)


def _plan(state: RollState, policy: Policy, day: date, *, wider: RollPlan | None) -> RollPlan:
    name = wider_roll(state.name)
    within = name if name and not (wider and wider.admits) else None
    waiting = state.waiting_within if within else state.waiting
    admits = waiting if _takes_up(state, waiting, policy, day) else 0
    size = state.staying + admits
    return RollPlan(state.name, admits, state.leaving, size, published=size >= policy.least, within=within)


def _takes_up(state: RollState, waiting: int, policy: Policy, day: date) -> bool:
    """A roll too small to publish takes nobody up, however long they wait."""
    if not waiting or state.staying + waiting < policy.least:
        return False
    return policy.at_once or waiting >= policy.least or _waited_out(state, policy, day)


def _waited_out(state: RollState, policy: Policy, day: date) -> bool:
    return policy.longest_wait is not None and state.waits_since is not None and day - state.waits_since >= policy.longest_wait
