"""Years in seconds: the model of people, the rule by which rolls change, and the attacker on editions, without either site.

``python -m tests.drill.quick_years`` tells how often dates alone link a member, over all and over the surest tenth, for several ways of
waiting and several k. It is how docs/decisions/0080 and 0160 were weighed; `make drill` measures the sites themselves.
"""

import random  # noqa: TID251 - years repeat
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.drill.attackers.join_dates import WAITS, guess
from tests.drill.chance import Score
from tests.drill.loot import Disclosed, Edition, Loot
from tests.drill.people import EVERYONE, Doctor, make_doctors
from tests.drill.report import SURE_SHARE

START, WEEKS, DOCTORS = date(2026, 1, 5), 52, 240
_PATIENCE = 8
Wait = Callable[[Doctor, random.Random], int]
"""How many editions a newcomer lets pass."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How newcomers wait, and what the thief knows of it."""

    told: str
    wait: Wait
    known: Sequence[float]


def at_random_within(editions: int) -> Policy:
    """Any of the next ones alike."""
    return Policy(f"any of the next {editions}", lambda _doctor, chance: chance.randrange(editions), (1 / editions,) * editions)


POLICIES = (
    Policy("as people wait (30 % not at all)", lambda doctor, _chance: doctor.waits, WAITS),
    Policy("nobody waits", lambda _doctor, _chance: 0, (1.0,)),
    at_random_within(4),
    at_random_within(13),
)


class QuickYear(Loot):
    """A year's editions and what members disclosed by joining."""

    def __init__(self, seed: str, *, k: int = 10, policy: Policy = POLICIES[0]) -> None:
        super().__init__(Path())
        self._k, self._policy = k, policy
        self._chance = random.Random(f"{seed} quick")
        self._doctors = make_doctors(DOCTORS, start=START, days=WEEKS * 7, chance=self._chance)
        self._rolls: dict[str, frozenset[str]] = {}
        self._ready: dict[int, int] = {}
        self._first: dict[int, int] = {}
        found: dict[str, Disclosed] = {}
        editions = []
        for week in range(WEEKS):
            editions.append(self._edition(week))
            found |= self._joins(week, editions[-1], found)
        self.__dict__ |= {"editions": editions, "disclosed": found, "licence_of": {str(own): str(own) for own in range(DOCTORS)}}

    def _edition(self, week: int) -> Edition:
        """A roll changes when at least k joined it since it last did; a specialty's takes up only whom its country's then holds."""
        monday = START + timedelta(weeks=week)
        wanting: dict[str, set[str]] = defaultdict(set)
        for own, doctor in enumerate(self._doctors):
            if doctor.handed_in_on < monday:
                for roll in (EVERYONE, doctor.country, *(f"{doctor.country}/{slug}" for slug in doctor.specialties)):
                    wanting[roll].add(str(own))
        for roll, wanted in sorted(wanting.items()):
            country, slash, _specialty = roll.partition("/")
            everyone = wanted & self._rolls.get(country, frozenset()) if slash else wanted
            if len(everyone - self._rolls.get(roll, frozenset())) >= self._k:
                self._rolls[roll] = frozenset(everyone)
        return Edition(week + 1, monday, dict(self._rolls))

    def _joins(self, week: int, edition: Edition, before: dict[str, Disclosed]) -> dict[str, Disclosed]:
        found = {}
        for own, doctor in enumerate(self._doctors):
            if not doctor.joins or str(own) in before or (badges := self._badges(own, doctor, week)) is None:
                continue
            if own not in self._ready:
                self._ready[own] = week + self._policy.wait(doctor, self._chance)
            if week >= self._ready[own]:
                shown = badges or [EVERYONE]
                crowd = frozenset.intersection(*(edition.rolls[roll] for roll in shown))
                found[str(own)] = Disclosed(edition.day + timedelta(days=self._chance.randrange(7)), edition, shown, crowd)
        return found

    def _badges(self, own: int, doctor: Doctor, week: int) -> list[str] | None:
        """As in a drill's year: who waits too long for a roll shows less."""
        held = {roll for roll, everyone in self._rolls.items() if str(own) in everyone}
        if EVERYONE not in held:
            return None
        badges = doctor.badges(held)
        if badges is None and week - self._first.setdefault(own, week) >= _PATIENCE:
            return [doctor.country] if doctor.country in held else []
        return badges


@dataclass(frozen=True, slots=True)
class Tally:
    """Hits of many years, against a rate."""

    everyone: Score
    surest: Score


def tally(seeds: Sequence[str], *, k: int = 10, policy: Policy = POLICIES[0], sure_of_k: float = 1) -> Tally:
    """The attacker over these years; the surest tenth of each year against so many in k."""
    hits: list[bool] = []
    sure: list[bool] = []
    for seed in seeds:
        guesses = sorted(guess(QuickYear(seed, k=k, policy=policy), waits=policy.known), key=lambda made: -made.confidence)
        right = [made.member == made.licence for made in guesses]
        hits, sure = hits + right, sure + right[: int(len(right) * SURE_SHARE)]
    return Tally(Score.of([1 / k] * len(hits), sum(hits)), Score.of([sure_of_k / k] * len(sure), sum(sure)))


def main() -> None:
    seeds = [f"quick {number}" for number in range(24)]
    for k, policy in ((10, POLICIES[0]), (10, POLICIES[1]), (10, POLICIES[2]), (10, POLICIES[3]), (5, POLICIES[0]), (20, POLICIES[0])):
        told = tally(seeds, k=k, policy=policy)
        for name, score in (("all", told.everyone), ("surest tenth", told.surest)):
            interval = f"{score.low:.1%} to {score.high:.1%}"
            print(
                f"k = {k:2}  {policy.told:<34} {name:<13} {score.rate:6.1%} of {score.guesses} ({interval}), {score.rate * k:.1f} in k",
                flush=True,
            )


if __name__ == "__main__":
    main()
