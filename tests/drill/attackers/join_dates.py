"""Matches the day of joining with the editions: most who join do so soon after the first edition that holds them.

Who was verified, committed or first held just before a member appeared is guessed first. This is the attack that k and the
wallet's advice to wait are there for.
"""

from collections.abc import Sequence

from tests.drill.attackers import Baseline, Guess, Haul, Linker
from tests.drill.attackers.matching import editions_between, match
from tests.drill.loot import Disclosed, Loot, day_of

WAITS = (0.30, 0.40, 0.15, 0.06, 0.03, 0.02, 0.02, 0.01)
"""How many editions people let pass; the thief knows people."""
LONGER = 0.002


def guess(loot: Loot, *, waits: Sequence[float] = WAITS) -> Sequence[Guess]:
    """By the first edition that holds a candidate on the rolls that were shown, and how people are known to wait."""

    def weigh(_member: str, shown: Disclosed, commitment: str, _licence: str) -> float:
        first = loot.first_held(commitment, shown.rolls)
        if first is None or shown.edition is None or first.number > shown.edition.number:
            return 0.0
        waited = editions_between(loot, first.day, shown.joined)
        return waits[waited] if waited < len(waits) else LONGER

    return match(loot, weigh)


def guess_by_verification(loot: Loot) -> Sequence[Guess]:
    """By the days of verification and of handing in, as the named database has them."""
    days = {}
    for number, doctor in loot.doctors.items():
        found = [
            day
            for value in doctor.column("roll_commitment", "handed_in_on") + doctor.column("doctors_licence", "verified_on")
            if (day := day_of(value))
        ]
        days[number] = found

    def weigh(_member: str, shown: Disclosed, _commitment: str, licence: str) -> float:
        gaps = [gap for day in days[licence] if (gap := (shown.joined - day).days) >= 0]
        return 1.0 / (3.0 + min(gaps)) ** 2 if gaps else 0.0

    return match(loot, weigh)


def guess_by_number(loot: Loot) -> Sequence[Guess]:
    """By any number of an edition that stands beside a member as well as beside a doctor."""
    firsts: dict[int, set[str]] = {}
    for number, doctor in loot.doctors.items():
        for place in doctor.column("roll_place", "edition"):
            firsts.setdefault(place, set()).add(number)
    guesses = []
    for key, member in loot.members.items():
        for place, value in member.facts():
            if "edition" in place.partition(".")[2] and "badge" not in place and isinstance(value, int) and value in firsts:
                candidates = sorted(firsts[value])
                guesses.append(Guess(key, candidates[0], 1 / len(candidates)))
    return guesses


ATTACKERS = [
    Linker("editions against joins", Haul.TIMING, Baseline.K, guess),
    Linker("verification and hand-in against joins", Haul.TIMING, Baseline.K, guess_by_verification),
    Linker("edition numbers beside both", Haul.TIMING, Baseline.K, guess_by_number),
]
