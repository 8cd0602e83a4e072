"""What timing attackers share: weigh every pair of member and candidate, respect that nobody joins twice, take the likeliest."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from tests.drill.attackers import Guess
from tests.drill.loot import Disclosed, Loot

Weigh = Callable[[str, Disclosed, str, str], float]
"""Member, what they disclosed, commitment, licence: how likely, on any scale."""
_ROUNDS = 8


def match(loot: Loot, weigh: Weigh, *, members: set[str] | None = None) -> list[Guess]:
    """Each member's likeliest doctor."""
    return surest(beliefs(loot, weigh, members=members))


def beliefs(loot: Loot, weigh: Weigh, *, members: set[str] | None = None) -> dict[str, dict[str, float]]:
    """Each member's doctors, in an order that says nothing, with their shares: rows and columns sum up to at most one (Sinkhorn)."""
    weights: dict[str, dict[str, float]] = {}
    for key, shown in loot.disclosed.items():
        if members is not None and key not in members:
            continue
        row = {c: w for c in shown.crowd if c in loot.licence_of and (w := weigh(key, shown, c, loot.licence_of[c])) > 0}
        if row:
            weights[key] = row
    for _ in range(_ROUNDS):
        _share_rows(weights)
        _share_columns(weights)
    _share_rows(weights)
    return {key: {loot.licence_of[c]: share for c, share in sorted(row.items(), reverse=True)} for key, row in weights.items()}


def surest(shares: dict[str, dict[str, float]]) -> list[Guess]:
    """Of each row the likeliest."""
    return [Guess(key, max(row, key=lambda number: row[number]), max(row.values())) for key, row in shares.items()]


def _share_rows(weights: dict[str, dict[str, float]]) -> None:
    for row in weights.values():
        total = sum(row.values()) or 1.0
        for commitment in row:
            row[commitment] /= total


def _share_columns(weights: dict[str, dict[str, float]]) -> None:
    sums: dict[str, float] = defaultdict(float)
    for row in weights.values():
        for commitment, weight in row.items():
            sums[commitment] += weight
    for row in weights.values():
        for commitment in row:
            row[commitment] /= max(1.0, sums[commitment])


def editions_between(loot: Loot, earlier: date, later: date) -> int:
    """How many editions came out from one day to another."""
    return sum(1 for edition in loot.editions if earlier < edition.day <= later)
