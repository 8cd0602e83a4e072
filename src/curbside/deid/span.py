"""What the guard reports: a stretch of the text, what it seems to be, and what could stand there instead."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final, Literal

Action = Literal["block", "warn"]

FAMILIES: Final = {"NHS_NUMBER": "ID", "POSTCODE": "LOCATION", "FACILITY": "LOCATION", "ADDRESS": "LOCATION"}


@dataclass(frozen=True, slots=True)
class Found:
    """A finding before replacements: offsets into whichever text was searched."""

    start: int
    end: int
    type: str
    score: float
    source: str
    validated: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A finding in the original text; `start` and `end` are str indices, `group` is the same for one person or one number."""

    start: int
    end: int
    type: str
    score: float
    sources: tuple[str, ...]
    validated: bool
    action: Action
    replacement: str
    alternatives: tuple[str, ...]
    group: int

    def as_json(self) -> dict[str, object]:
        """The span as the command line and the composer's address give it."""
        return asdict(self)
