"""Attackers: one module each. Linkers guess which doctor a member is; tell-tales look for what must not be there.

A linker is measured against chance: 1 over the crowd that the member disclosed, or for those that use the timing of joins,
1 in k where that is more (DESIGN.md, section 6). A tell-tale finds something or does not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tests.drill.loot import Loot


class Haul(StrEnum):
    """What was stolen, as the report names it."""

    TEXTS = "anonymous database, ring and backups, no key"
    KEYS_AGED = "the same with the operator's keys, after leaving"
    NAMED = "named database and its backups"
    FREED = "write-ahead logs and freed pages"
    FILES = "media folders and files"
    CACHES = "caches"
    QUEUE = "task queue"
    SESSIONS = "sessions"
    LOGS = "server and application logs"
    FRONT = "the front's logs"
    MEMORY = "anonymous host with keys and memory"
    BOTH = "both hosts, all keys, all logs"
    TIMING = "the same, with the timing of joins"
    WATCHED = "the same, with the exact time of every request"


class Target(StrEnum):
    """What a linker guesses, by the name under which the truth has it."""

    DOCTOR = "links"
    """Which doctor a member is."""
    NOBODY = "nobody"
    """Which member wrote a post as nobody."""
    ALIAS = "aliases"
    """Which member wrote under an alias."""


class Baseline(StrEnum):
    """What an attacker must not beat."""

    CROWD = "1 in the disclosed crowd"
    K = "1 in k, or in the disclosed crowd"
    READER = "a reader who stole nothing"
    GUESSED = "1 in those whom the guess was made among"


@dataclass(frozen=True, slots=True)
class Guess:
    """This member is that doctor, said with this much confidence (any scale; more is surer).

    Of a post without an author: its number in ``member``, and in ``licence`` the member who is said to have written it.
    """

    member: str
    licence: str
    confidence: float = 0.0
    among: float = 0
    """How many the guess was made among, where that is what the row is measured against."""


@dataclass(frozen=True, slots=True)
class Linker:
    """An attacker that guesses."""

    name: str
    haul: Haul
    baseline: Baseline
    guess: Callable[[Loot], Sequence[Guess]]
    protected: bool = True
    """Whether the design promises that this does not work. If not, the row is measured and printed, and decides nothing."""
    target: Target = Target.DOCTOR


@dataclass(frozen=True, slots=True)
class Finding:
    """What a tell-tale saw. ``found`` above 0 fails, unless the haul may hold it."""

    found: int
    looked_at: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class TellTale:
    """An attacker that looks for what must not be there."""

    name: str
    haul: Haul
    look: Callable[[Loot], Finding]
    protected: bool = True
