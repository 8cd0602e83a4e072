"""Who writes to whom: guesses that members who write to each other are doctors who know each other, and that they write on the same days.

The named database says who vouched for whom, and who has the same specialty in the same country; the anonymous one which two members
have a conversation, and on which day each wrote.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from tests.drill.attackers import Baseline, Guess, Haul, Linker
from tests.drill.attackers.join_dates import LONGER, WAITS
from tests.drill.attackers.matching import beliefs, editions_between, match, surest
from tests.drill.loot import Disclosed, Loot, day_of

_ROUNDS = 6
_COLLEAGUE = 0.02
"""How much less two of the same specialty and country tell than two who vouched."""
_ALONE = 0.02
"""People also write to those whom they do not know."""


def conversations(loot: Loot) -> dict[str, set[str]]:
    """Member to those with whom they have a conversation."""
    owner = {own: key for key, member in loot.members.items() for own in member.column("membership_member", "id")}
    found: dict[str, set[str]] = defaultdict(set)
    for row in loot.seen["anonymous"]:
        if row.table == "private_messages_side" and row.get("member_id") in owner and row.get("other_id") in owner:
            found[owner[row.get("member_id")]].add(owner[row.get("other_id")])
    return found


def message_minutes(loot: Loot) -> dict[str, list[datetime]]:
    """Member to the minutes of their messages."""
    owner = {own: key for key, member in loot.members.items() for own in member.column("membership_member", "id")}
    found: dict[str, list[datetime]] = defaultdict(list)
    for row in loot.seen["anonymous"]:
        if row.table == "private_messages_message" and row.get("author_id") in owner:
            found[owner[row.get("author_id")]].append(datetime.fromisoformat(row.get("posted_at")))
    return found


def vouched(loot: Loot) -> dict[str, set[str]]:
    """Licence to the licences of those who vouched for it, or for whom it vouched."""
    licence = {own: number for number, doctor in loot.doctors.items() for own in doctor.column("doctors_licence", "doctor_id")}
    rows = loot.seen["named"]
    applicant = {row.get("id"): row.get("doctor_id") for row in rows if row.table == "verification_application"}
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.table == "verification_vouch":
            one, other = licence.get(row.get("voucher_id")), licence.get(applicant.get(row.get("application_id")))
            if one and other:
                found[one].add(other)
                found[other].add(one)
    return found


def _circles(loot: Loot) -> dict[str, tuple[object, object]]:
    """Licence to its country and specialties."""
    return {
        number: (doctor.column("doctors_licence", "country")[0], doctor.column("doctors_licence", "specialties")[0])
        for number, doctor in loot.doctors.items()
    }


def guess(loot: Loot) -> Sequence[Guess]:
    """Who a member is likely to be, from whom those with whom they write are likely to be, round by round."""
    ties, known, circle = conversations(loot), vouched(loot), _circles(loot)
    belief: dict[str, dict[str, float]] = {}

    def weigh(member: str, shown: Disclosed, commitment: str, licence: str) -> float:
        first = loot.first_held(commitment, shown.rolls)
        if first is None or shown.edition is None or first.number > shown.edition.number:
            return 0.0
        waited = editions_between(loot, first.day, shown.joined)
        joined = WAITS[waited] if waited < len(WAITS) else LONGER
        near = 1.0
        for other in ties.get(member, ()):
            thought = belief.get(other, {})
            friends = sum(thought.get(friend, 0.0) for friend in known.get(licence, ()))
            near *= _ALONE + friends + _COLLEAGUE * circles[other].get(circle[licence], 0.0)
        return joined * near

    for _round in range(_ROUNDS):
        circles: dict[str, Counter[tuple[object, object]]] = defaultdict(Counter)
        for member, thought in belief.items():
            for licence, share in thought.items():
                circles[member][circle[licence]] += share  # type: ignore[assignment] # a Counter of shares
        belief = beliefs(loot, weigh)
    talks = {member for member in belief if ties.get(member)}
    return [guessed for guessed in surest(belief) if guessed.member in talks]


def guess_by_days(loot: Loot) -> Sequence[Guess]:
    """By days on which a member wrote a message and anything beside a doctor is dated, the rarer the better."""
    about: dict[str, set[date]] = {
        number: {day for _place, value in doctor.facts() if (day := day_of(value))} for number, doctor in loot.doctors.items()
    }
    crowd = Counter(day for days in about.values() for day in days)
    wrote = {key: {moment.date() for moment in moments} for key, moments in message_minutes(loot).items()}

    def weigh(member: str, _shown: Disclosed, _commitment: str, licence: str) -> float:
        return 0.05 + sum(1.0 / crowd[day] for day in wrote[member] & about[licence])

    return match(loot, weigh, members=set(wrote))


ATTACKERS = [
    Linker("who writes to whom, against who knows whom", Haul.TIMING, Baseline.K, guess),
    Linker("days of messages", Haul.TIMING, Baseline.K, guess_by_days),
]
