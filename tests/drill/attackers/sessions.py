"""Compares the days on which sessions began: who signs in at the directory on the day on which a member joins or signs in.

A session's row says when it ends, and so when it began or was last changed, as exactly as its end is kept.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from tests.drill.attackers import Baseline, Guess, Haul, Linker
from tests.drill.attackers.matching import match
from tests.drill.loot import Disclosed, Loot


def session_ends(loot: Loot, side: str) -> dict[int, set[date]]:
    """Person's row id to the ends of all their sessions that any copy held."""
    found: dict[int, set[date]] = defaultdict(set)
    for row in loot.seen[side]:
        if row.table.endswith("_session.data") and isinstance(row.get("person"), int):
            found[row.get("person")].add(date.fromisoformat(row.get("ends_on")))
    return found


def by_licence(loot: Loot) -> dict[str, set[date]]:
    """Licence to the ends of its doctor's sessions."""
    ends = session_ends(loot, "named")
    return {
        number: {end for holder in set(doctor.column("doctors_licence", "doctor_id")) for end in ends.get(holder, ())}
        for number, doctor in loot.doctors.items()
    }


def by_member(loot: Loot) -> dict[str, set[date]]:
    """Member to the ends of their sessions."""
    ends = session_ends(loot, "anonymous")
    return {
        key: {end for own in set(member.column("membership_member", "id")) for end in ends.get(own, ())}
        for key, member in loot.members.items()
    }


def guess(loot: Loot) -> Sequence[Guess]:
    """By ends that both sides share, the rarer the better."""
    doctors, members = by_licence(loot), by_member(loot)
    crowd = Counter(end for ends in doctors.values() for end in ends)

    def weigh(member: str, _shown: Disclosed, _commitment: str, licence: str) -> float:
        return 0.05 + sum(1.0 / crowd[end] for end in members[member] & doctors[licence])

    return match(loot, weigh)


ATTACKERS = [Linker("days of sessions", Haul.SESSIONS, Baseline.K, guess)]
