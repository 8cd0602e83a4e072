"""Looks whether the order of rows or ids tells when something happened, and guesses by equal rank on both sides."""

import math
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from tests.drill.attackers import Baseline, Finding, Guess, Haul, Linker, TellTale
from tests.drill.loot import Loot, Person, Row

LEVEL = 1e-6
"""Below it an order is no accident; so small because dozens of columns are tried."""
_LEAST_ROWS = 25
_DATED = ("joined_on", "posted_at", "made_on", "handed_in_on", "verified_on", "applied_on", "waits_from", "signed_up_on", "decided_on")


def spearman_tail(pairs: Sequence[tuple[float, float]]) -> float:
    """The two-sided probability of so strong a rank correlation by chance (normal approximation)."""
    if len(pairs) < _LEAST_ROWS:
        return 1.0
    left, right = _ranks([pair[0] for pair in pairs]), _ranks([pair[1] for pair in pairs])
    mean = (len(pairs) + 1) / 2
    covariance = sum((a - mean) * (b - mean) for a, b in zip(left, right, strict=True))
    spread = math.sqrt(sum((a - mean) ** 2 for a in left) * sum((b - mean) ** 2 for b in right))
    return math.erfc(abs(covariance / spread) * math.sqrt(len(pairs) - 1) / math.sqrt(2)) if spread else 1.0


def _ranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=lambda index: values[index])
    ranks = [0.0] * len(values)
    at = 0
    while at < len(order):
        end = at
        while end + 1 < len(order) and values[order[end + 1]] == values[order[at]]:
            end += 1
        for index in order[at : end + 1]:
            ranks[index] = (at + end) / 2 + 1
        at = end + 1
    return ranks


def _when(row: Row) -> float | None:
    found = next((value for column in _DATED if isinstance(value := row.get(column), str)), None)
    return date.fromisoformat(found[:10]).toordinal() if found else None


def look(loot: Loot) -> Finding:
    """Every table's whole-number columns and row places against the dates of its rows or of the person they hang on."""
    told = []
    tried = 0
    for side, people, column in (("named", loot.doctors, "verified_on"), ("anonymous", loot.members, "joined_on")):
        person_day = {row: _when_person(person, column) for person in people.values() for row in person.rows}
        tables: dict[tuple[str, str], dict[int, tuple[float, float]]] = defaultdict(dict)
        for row in loot.newest(side):
            moment = _when(row) or person_day.get(row)
            if any(column == "author_id" and value is None for column, value in row.values):
                continue  # by nobody, or erased: it hangs on no person, and would only blur the order of those that do
            if moment is None or row.table.endswith(".data") or "session" in row.table:
                continue
            for name in ("id", "rowid"):
                if isinstance(value := row.get(name), int):
                    tables[row.table, name].setdefault(value, (value, moment))
        for (table, name), pairs in tables.items():
            tried += 1
            if spearman_tail(list(pairs.values())) < LEVEL:
                told.append(f"{table}.{name}")
    return Finding(len(told), tried, ", ".join(sorted(told)))


def _when_person(person: Person, column: str) -> float | None:
    found = [value for row in person.rows if isinstance(value := row.get(column), str)]
    return date.fromisoformat(min(found)[:10]).toordinal() if found else None


def guess(loot: Loot) -> Sequence[Guess]:
    """Members by the smallest id of what they wrote, doctors by verification and id: the same place in both orders."""
    owner = {own: key for key, member in loot.members.items() for own in member.column("membership_member", "id")}
    firsts: dict[str, int] = {}
    for row in loot.newest("anonymous"):
        if row.table == "cases_case" and (key := owner.get(row.get("author_id"))):
            firsts[key] = min(row.get("id"), firsts.get(key, row.get("id")))
    members = sorted(firsts, key=lambda key: firsts[key])
    dated = [(min(doctor.column("doctors_licence", "verified_on")), number) for number, doctor in loot.doctors.items()]
    doctors = [number for _day, number in sorted(dated)]
    if len(members) < 2 or not doctors:
        return []
    step = (len(doctors) - 1) / (len(members) - 1)
    return [Guess(key, doctors[round(rank * step)]) for rank, key in enumerate(members)]


ATTACKERS = [TellTale("order of ids and rows", Haul.BOTH, look), Linker("equal rank on both sides", Haul.BOTH, Baseline.CROWD, guess)]
