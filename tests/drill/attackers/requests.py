"""Reads the watcher's list of requests (time, host, size): who goes from the directory to the community, and who keeps which hours.

Nobody's address is in it; doctors and members come in by the days and minutes that the databases keep.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from tests.drill.attackers import Baseline, Guess, Haul, Linker
from tests.drill.attackers.join_dates import LONGER, WAITS
from tests.drill.attackers.matching import match
from tests.drill.attackers.sessions import by_licence, by_member
from tests.drill.loot import Disclosed, Loot, day_of

_BREAK = timedelta(minutes=10)
_NEAR = timedelta(minutes=25)
_EXACT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}")


@dataclass(frozen=True, slots=True)
class Visit:
    """Requests to one host that followed each other closely."""

    begins: datetime
    ends: datetime


def visits(loot: Loot, side: str) -> list[Visit]:
    """The watcher's list cut into visits."""
    file = loot.folder / "logs" / f"observer-{side}.txt"
    moments = sorted(datetime.fromisoformat(line.split()[0]) for line in file.read_text().splitlines()) if file.exists() else []
    found: list[Visit] = []
    for moment in moments:
        if found and moment - found[-1].ends < _BREAK:
            found[-1] = Visit(found[-1].begins, moment)
        else:
            found.append(Visit(moment, moment))
    return found


def _hours(moments: Sequence[datetime]) -> list[float]:
    return [moment.hour + moment.minute / 60 for moment in moments]


def closeness(one: list[float], other: list[float]) -> float:
    """How alike two people's hours are: a mixture of normal curves on the clock's face."""
    if not one or not other:
        return 0.2
    distances = [min(abs(a - b), 24 - abs(a - b)) for a in one for b in other]
    return 0.05 + sum(math.exp(-(distance**2) / 8) for distance in distances) / len(distances)


def guess(loot: Loot, *, hours: bool = False) -> Sequence[Guess]:
    """By all that dates tell, directory visits just before community visits, sessions that began together, and hours."""
    directory = visits(loot, "named")
    by_day: dict[date, list[Visit]] = defaultdict(list)
    for visit in directory:
        by_day[visit.begins.date()].append(visit)
    community_days: dict[date, list[Visit]] = defaultdict(list)
    for visit in visits(loot, "anonymous"):
        community_days[visit.begins.date()].append(visit)
    ends, mine = by_licence(loot), by_member(loot)
    crowd = Counter(end for found in ends.values() for end in found)
    doctor_hours = {
        number: _hours(
            [visit.begins for value in doctor.column("roll_commitment", "handed_in_on") if (day := day_of(value)) for visit in by_day[day]][
                :6
            ]
        )
        for number, doctor in loot.doctors.items()
    }
    member_hours = {
        key: _hours(
            [datetime.fromisoformat(m) for m in member.column("cases_case", "posted_at") + member.column("discussion_comment", "posted_at")]
        )
        for key, member in loot.members.items()
    }

    def weigh(member: str, shown: Disclosed, commitment: str, licence: str) -> float:
        hurried = any(
            timedelta(0) <= after.begins - before.ends < _NEAR for before in by_day[shown.joined] for after in community_days[shown.joined]
        )
        together = sum(1.0 / crowd[end] for end in ends[licence] & mine[member])
        waited = _waited(loot, shown, commitment)
        return (
            waited * (0.05 + (2 if hurried else 1) * together) * (closeness(doctor_hours[licence], member_hours[member]) if hours else 1.0)
        )

    return match(loot, weigh)


def _waited(loot: Loot, shown: Disclosed, commitment: str) -> float:
    """How likely people let so many editions pass."""
    first = loot.first_held(commitment, shown.rolls)
    if first is None or shown.edition is None or first.number > shown.edition.number:
        return 0.0
    waited = shown.edition.number - first.number
    return WAITS[waited] if waited < len(WAITS) else LONGER


def _exact(loot: Loot, side: str) -> dict[str, list[datetime]]:
    """Exact moments beside persons, other than the minutes of posts; clean databases have none."""
    people = loot.doctors if side == "named" else loot.members
    found: dict[str, list[datetime]] = {}
    for key, person in people.items():
        moments = [
            datetime.fromisoformat(value).replace(tzinfo=None)
            for place, value in person.facts()
            if isinstance(value, str) and _EXACT.match(value) and not place.endswith(("posted_at", "edited_at"))
        ]
        if moments:
            found[key] = moments
    return found


def guess_by_moments(loot: Loot) -> Sequence[Guess]:
    """The doctor with an exact moment nearest to one of the member's."""
    members, doctors = _exact(loot, "anonymous"), _exact(loot, "named")
    line = sorted((moment, number) for number, moments in doctors.items() for moment in moments)
    only = [moment for moment, _number in line]
    guesses = []
    for key, moments in members.items():
        best: tuple[float, str] | None = None
        for moment in moments:
            for at in range(bisect_left(only, moment - _NEAR), bisect_right(only, moment + _NEAR)):
                gap = abs((line[at][0] - moment).total_seconds())
                best = min(best, (gap, line[at][1])) if best else (gap, line[at][1])
        if best:
            guesses.append(Guess(key, best[1], -best[0]))
    return guesses


ATTACKERS = [
    Linker("directory, then community", Haul.WATCHED, Baseline.K, guess),
    Linker("the same, and the hours that people keep", Haul.WATCHED, Baseline.K, partial(guess, hours=True), protected=False),
    Linker("exact moments beside persons", Haul.TIMING, Baseline.K, guess_by_moments),
]
