"""When an edition comes out and which rolls change in it: a pure decision over counts and dates.

A reader of two editions sees who is new. So a roll takes up new commitments only in crowds of k, however long that
takes; an operator may set a longest wait, after which it takes up fewer, and shows who they are. Removals are not held
back: who lost a licence must not stay a verified doctor. But a removal never takes waiting commitments along, or it
would make a crowd of one of them.
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
    """A roll before an edition: how many stay, leave and wait, and since when the first waits."""

    name: RollName
    staying: int
    leaving: int = 0
    waiting: int = 0
    waits_since: date | None = None


@dataclass(frozen=True, slots=True)
class RollPlan:
    """A roll in the coming edition: how many it takes up and drops, how many then stand on it, and whether it is published."""

    name: RollName
    admits: int
    drops: int
    size: int
    published: bool

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
    return EditionPlan(due_on, tuple(_plan(state, policy, day) for state in sorted(states, key=lambda state: state.name)))


def next_edition_on(policy: Policy, *, day: date, last_edition_on: date | None) -> date:
    """The first day from ``day`` on at which an edition may come out."""
    if policy.at_once or last_edition_on is None:
        return day
    return max(day, last_edition_on + policy.interval)


def _plan(state: RollState, policy: Policy, day: date) -> RollPlan:
    admits = state.waiting if _takes_up(state, policy, day) else 0
    size = state.staying + admits
    return RollPlan(state.name, admits, state.leaving, size, published=size >= policy.least)


def _takes_up(state: RollState, policy: Policy, day: date) -> bool:
    """A roll too small to publish takes nobody up, however long they wait."""
    if not state.waiting or state.staying + state.waiting < policy.least:
        return False
    return policy.at_once or state.waiting >= policy.least or _waited_out(state, policy, day)


def _waited_out(state: RollState, policy: Policy, day: date) -> bool:
    return policy.longest_wait is not None and state.waits_since is not None and day - state.waits_since >= policy.longest_wait
