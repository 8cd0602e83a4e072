"""Follows view counters and row counts from backup to backup, and compares who was about in which fortnight."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from tests.drill.attackers import Baseline, Guess, Haul, Linker
from tests.drill.attackers.matching import match
from tests.drill.loot import Disclosed, Loot, rows_of


def _views(loot: Loot) -> dict[str, set[date]]:
    """Member to the backups before which their cases were opened more than usual."""
    case_of = {case: key for key, member in loot.members.items() for case in member.column("cases_case", "id")}
    before: dict[int, int] = {}
    found: dict[str, set[date]] = defaultdict(set)
    for day, file in loot.copies("anonymous"):
        for row in rows_of(file, file.stat().st_mtime):
            if row.table == "cases_case" and (case := row.get("id")) in case_of:
                if row.get("view_count") > before.get(case, 0):
                    found[case_of[case]].add(day)
                before[case] = row.get("view_count")
    return found


def _about(loot: Loot) -> dict[str, set[date]]:
    """Doctor to the backups in which a session of theirs is new."""
    holder = {own: number for number, doctor in loot.doctors.items() for own in doctor.column("doctors_licence", "doctor_id")}
    found: dict[str, set[date]] = defaultdict(set)
    for row, (first, _last) in loot.seen["named"].items():
        if row.table.endswith("_session.data") and row.get("person") in holder:
            found[holder[row.get("person")]].add(first)
    return found


def guess(loot: Loot) -> Sequence[Guess]:
    """By fortnights that both were about, the quieter ones counting more."""
    views, about = _views(loot), _about(loot)
    busy = Counter(day for days in about.values() for day in days)

    def weigh(member: str, _shown: Disclosed, _commitment: str, licence: str) -> float:
        return 0.2 + sum(1 / busy[day] for day in views.get(member, set()) & about.get(licence, set()))

    return match(loot, weigh, members=set(views))


ATTACKERS = [Linker("view counters over time", Haul.BOTH, Baseline.K, guess)]
