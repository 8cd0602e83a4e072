"""Matches ends: members whose term ran out with doctors who fell off the roll, members who vanished with accounts that ended."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from tests.drill.attackers import Baseline, Guess, Haul, Linker
from tests.drill.attackers.matching import match
from tests.drill.loot import Disclosed, Loot, day_of

_TERM = timedelta(days=92)


def _ends(loot: Loot) -> dict[str, date]:
    """Licence to the day on which it ended or its commitment was given up."""
    found = {}
    for number, doctor in loot.doctors.items():
        days = [
            d for v in doctor.column("doctors_licence", "ended_on") + doctor.column("roll_commitment", "removed_on") if (d := day_of(v))
        ]
        if days:
            found[number] = min(days)
    return found


def guess_lapsed(loot: Loot) -> Sequence[Guess]:
    """Whose term ran out without renewal, among those who could not have renewed; whoever still could is unlikely."""
    last = max(day for day, _file in loot.copies("anonymous"))
    ends = _ends(loot)
    lapsed = {}
    for key, member in loot.members.items():
        over = max(date.fromisoformat(value) for value in member.column("membership_member", "term_ends_on"))
        if over < last:
            lapsed[key] = over

    def weigh(member: str, _shown: Disclosed, _commitment: str, licence: str) -> float:
        end = ends.get(licence)
        return 1.0 if end and lapsed[member] - _TERM <= end <= lapsed[member] + timedelta(days=7) else 0.02

    def among(guess: Guess) -> float:
        """The members who lapsed in the weeks in which this doctor, gone on that day, would have, and who showed no badge that the
        doctor could not: the crowd of who leaves, within the crowd of what was shown. Whoever showed a rarer badge is likelier.
        """
        end = ends.get(guess.licence)
        own = {commitment for commitment, licence in loot.licence_of.items() if licence == guess.licence}
        alike = {
            member: 1 / len(loot.disclosed[member].crowd)
            for member, over in lapsed.items()
            if end and over - _TERM <= end <= over + timedelta(days=7) and own & loot.disclosed[member].crowd
        }
        return sum(alike.values()) / alike[guess.member] if guess.member in alike else 0

    return [replace(guess, among=among(guess)) for guess in match(loot, weigh, members=set(lapsed))]


def guess_vanished(loot: Loot) -> Sequence[Guess]:
    """Members that a later backup lacks, with accounts that ended in the same fortnight."""
    last = max(day for day, _file in loot.copies("anonymous"))
    ends = _ends(loot)
    seen: dict[str, date] = {}
    for row, (_first, until) in loot.seen["anonymous"].items():
        if row.table == "membership_member":
            key = bytes(row.get("nullifier")).hex()
            seen[key] = max(until, seen.get(key, until))
    vanished = {key: day for key, day in seen.items() if day < last}

    def weigh(member: str, _shown: Disclosed, _commitment: str, licence: str) -> float:
        end = ends.get(licence)
        return 1.0 if end and timedelta(0) <= end - vanished[member] <= timedelta(days=15) else 0.02

    return match(loot, weigh, members=set(vanished))


ATTACKERS = [
    Linker("terms that ran out against licences that ended", Haul.TIMING, Baseline.GUESSED, guess_lapsed),
    Linker("members that vanished against accounts that ended", Haul.TIMING, Baseline.K, guess_vanished),
]
