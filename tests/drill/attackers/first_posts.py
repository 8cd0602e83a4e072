"""Matches a member's first post with the editions: who is new writes soon. Needs no stolen date of joining: posts are public."""

from collections.abc import Sequence
from datetime import date, timedelta

from tests.drill.attackers import Baseline, Guess, Haul, Linker
from tests.drill.attackers.matching import match
from tests.drill.loot import Disclosed, Loot, Person


def first_post(member: Person) -> date | None:
    """The day of the first post that any copy shows."""
    minutes = member.column("cases_case", "posted_at") + member.column("discussion_comment", "posted_at")
    return min((date.fromisoformat(str(minute)[:10]) for minute in minutes), default=None)


def guess(loot: Loot) -> Sequence[Guess]:
    """By days from the first edition that holds a candidate to the first post."""
    firsts = {key: day for key, member in loot.members.items() if (day := first_post(member))}

    def weigh(member: str, _shown: Disclosed, commitment: str, _licence: str) -> float:
        held = loot.first_held(commitment, ["everyone"])
        if held is None or held.day > firsts[member]:
            return 0.0
        return 1.0 / (4.0 + (firsts[member] - held.day) / timedelta(days=1)) ** 1.5

    return match(loot, weigh, members=set(firsts))


ATTACKERS = [Linker("first posts after an edition", Haul.NAMED, Baseline.K, guess)]
