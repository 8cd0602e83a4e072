"""What chance would do: exact tails, exact intervals, and one rule for all attackers together.

A guess for a member hits by chance with a probability of its own (1 over the crowd that the member showed). How many of
all guesses hit by chance therefore follows a Poisson binomial distribution, which is computed exactly.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

FALSE_ALARM = 0.001
"""The probability that a drill without any leak fails, over all of its attackers and hauls together."""


def tail(chances: Sequence[float], hits: int) -> float:
    """The probability of at least so many hits when each guess hits by its chance."""
    if hits <= 0:
        return 1.0
    below = [1.0] + [0.0] * (hits - 1)  # below[h]: exactly h hits so far; more are not followed
    for chance in chances:
        for count in range(hits - 1, 0, -1):
            below[count] = below[count] * (1 - chance) + below[count - 1] * chance
        below[0] *= 1 - chance
    return max(0.0, 1.0 - math.fsum(below))


def alarm_at(chances: Sequence[float], level: float) -> int:
    """The fewest hits that are too many at this level: how sharp the eye is. More than all guesses: never."""
    return next((hits for hits in range(1, len(chances) + 1) if tail(chances, hits) <= level), len(chances) + 1)


def _binomial_tail(total: int, rate: float, hits: int) -> float:
    return tail([rate] * total, hits)


def _solve(total: int, hits: int, wanted: float) -> float:
    """The rate at which at least so many hits have the wanted probability; the tail grows with the rate."""
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if _binomial_tail(total, middle, hits) < wanted else (low, middle)
    return (low + high) / 2


def interval(hits: int, total: int, confidence: float = 0.95) -> tuple[float, float]:
    """The Clopper-Pearson interval of a rate: never narrower than it says."""
    if total == 0:
        return 0.0, 1.0
    half = (1 - confidence) / 2
    low = 0.0 if hits == 0 else _solve(total, hits, half)
    high = 1.0 if hits == total else _solve(total, hits + 1, 1 - half)
    return low, high


def holm(tails: Sequence[float], level: float = FALSE_ALARM) -> list[bool]:
    """Which tails are too small to be chance, by Holm's rule: at most ``level`` of leakless drills have any.

    It holds whatever the tests have to do with each other, which matters here: attackers look at the same hauls.
    """
    order = sorted(range(len(tails)), key=lambda index: tails[index])
    rejected = [False] * len(tails)
    for rank, index in enumerate(order):
        if tails[index] > level / (len(tails) - rank):
            break
        rejected[index] = True
    return rejected


@dataclass(frozen=True, slots=True)
class Score:
    """How an attacker's guesses fared."""

    guesses: int
    hits: int
    expected: float
    """Hits that chance would make."""
    tail: float
    low: float
    high: float

    @classmethod
    def of(cls, chances: Sequence[float], hits: int) -> "Score":
        low, high = interval(hits, len(chances))
        return cls(len(chances), hits, math.fsum(chances), tail(chances, hits), low, high)

    @property
    def rate(self) -> float:
        return self.hits / self.guesses if self.guesses else 0.0

    @property
    def chance(self) -> float:
        return self.expected / self.guesses if self.guesses else 0.0
