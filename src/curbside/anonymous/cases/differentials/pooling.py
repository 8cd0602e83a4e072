"""Pools ranked lists of diagnoses: in each list the first counts 1, the second 1/2, the n-th 1/n; the pool ranks by the sums.

After Barnett et al., Comparative Accuracy of Diagnosis by Collective Intelligence of Multiple Physicians vs Individual Physicians (JAMA
Netw Open 2019;2(3):e190096), who pooled the weighted lists of 2 to 9 people, and counted a list as right that holds the diagnosis
among its first three (docs/decisions/0110-pooling-by-rank.md).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random  # noqa: TID251 - which groups are drawn is no secret
from typing import Final

LONGEST_LIST: Final = 5
COUNTED: Final = 3
"""How many of a list's first diagnoses are looked at for the right one."""
GROUPS: Final = range(1, 10)


@dataclass(frozen=True, slots=True)
class SolvedCase:
    """A case of which the outcome is known, with the lists that were made before."""

    outcome: str
    lists: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Of groups of one size: how many were looked at, in how many the pool held the outcome, and of how many cases."""

    group: int
    right: int
    tried: int
    cases: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.right / self.tried if self.tried else 0.0


def pool(lists: Sequence[Sequence[str]]) -> list[tuple[str, float]]:
    """Every diagnosis with its weight, the heaviest first; equal weights by the words, so that no order of arrival shows.

    A diagnosis that a list names twice counts there once, at its better place; what stands beyond the fifth place counts nothing.
    """
    weights = Counter[str]()
    for one in lists:
        for rank, diagnosis in enumerate(list(dict.fromkeys(one))[:LONGEST_LIST], start=1):
            weights[diagnosis] += 1 / rank  # type: ignore[assignment] # a counter adds fractions as well
    return sorted(weights.items(), key=lambda item: (-round(item[1], 9), item[0]))


def evaluate(cases: Sequence[SolvedCase], *, draws: int, seed: int) -> list[Accuracy]:
    """For groups of 1 to 9: how often the pool's first three hold the outcome, over some draws of each case that has lists enough."""
    chance = Random(seed)  # noqa: S311 - see above
    return [_evaluate(cases, group, draws, chance) for group in GROUPS]


def _evaluate(cases: Sequence[SolvedCase], group: int, draws: int, chance: Random) -> Accuracy:
    large = [case for case in cases if len(case.lists) >= group]
    right = sum(_holds(case.outcome, chance.sample(case.lists, group)) for case in large for _ in range(draws))
    return Accuracy(group, right, len(large) * draws, len(large))


def _holds(outcome: str, lists: Sequence[Sequence[str]]) -> bool:
    return outcome in [diagnosis for diagnosis, _weight in pool(lists)[:COUNTED]]
