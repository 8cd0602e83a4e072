"""What lies on a shelf, as a document of few sizes: each kind of thing in the order in which it was put there."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.sealing.secrecy import Document, JSONValue
from curbside.kit.ids import PublicId, public_id

LONGEST_WORD: Final = 40
LONGEST_NOTE: Final = 1_000
"""Characters."""
_SIZES: Final = tuple(1024 * 4**step for step in range(7))
"""Bytes that a document is filled up to: so few that its growth tells of almost no change."""
_FRAME: Final = 4
"""Bytes that sealing itself puts before a document."""


class Kind(models.TextChoices):
    """What can lie there. The value is written into documents."""

    BOOKMARK = "bookmark", _("Bookmarks")
    NOTE = "note", _("Notes on members")
    MUTED = "muted", _("Muted members")
    WORD = "word", _("Muted words")
    BLOCKED = "blocked", _("Blocked members")
    HUB = "hub", _("Hubs you follow")
    COUNTRY = "country", _("Countries you follow")
    CONDITION = "condition", _("Conditions you follow")
    CASE = "case", _("Cases you follow")
    MEMBER = "member", _("Members you follow")


MOST: Final[Mapping[Kind, int]] = {
    Kind.BOOKMARK: 500,
    Kind.NOTE: 200,
    Kind.MUTED: 500,
    Kind.WORD: 100,
    Kind.BLOCKED: 500,
    Kind.HUB: 40,
    Kind.COUNTRY: 40,
    Kind.CONDITION: 40,
    Kind.CASE: 500,
    Kind.MEMBER: 40,
}
"""Of each kind. Home asks the database once for each hub, country and member followed, in one query: so those are few."""
OF_MEMBERS: Final = frozenset({Kind.NOTE, Kind.MUTED, Kind.BLOCKED, Kind.MEMBER})
"""What names members."""
OF_THREADS: Final = frozenset({Kind.BOOKMARK, Kind.CASE})
"""What names threads."""


@dataclass(frozen=True, repr=False)
class OwnShelf:
    """A member's shelf, opened: for each kind what lies there, each with what is said of it, oldest first.

    Members and threads stand there by the letters of their ids. Its repr shows none of it.
    """

    things: Mapping[Kind, Mapping[str, str]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return "(a shelf)"

    @classmethod
    def opened(cls, document: Document) -> Self:
        """From the sealed document."""
        return cls({kind: _texts(document.get(kind.value)) for kind in Kind})

    def to_seal(self) -> Document:
        """As the document that is sealed, filled up to one of few sizes."""
        fields: dict[str, JSONValue] = {kind.value: dict(self[kind]) for kind in Kind if self[kind]}
        fields["filling"] = ""
        length = len(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()) + _FRAME
        fields["filling"] = "." * (next(size for size in _SIZES if size >= length) - length)
        return Document(fields)

    def __getitem__(self, kind: Kind) -> Mapping[str, str]:
        """What lies there of a kind."""
        return self.things.get(kind, {})

    def put(self, kind: Kind, value: str, said: str = "") -> Self:
        """With one thing more, or with something else said of it."""
        return replace(self, things={**self.things, kind: {**self[kind], value: said}})

    def without(self, kind: Kind, value: str) -> Self:
        """With one thing less."""
        return replace(self, things={**self.things, kind: {key: said for key, said in self[kind].items() if key != value}})

    def holds(self, kind: Kind, of: int) -> bool:
        """Whether a member or thread of this id lies there."""
        return public_id(of) in self[kind]

    def members(self, kind: Kind) -> list[int]:
        """The ids of the members, or threads, that lie there."""
        return [PublicId().to_python(letters) for letters in self[kind]]

    def mutes(self, member_id: int | None) -> bool:
        """Whether what this member posts is folded away; a blocked one's is too."""
        return member_id is not None and (self.holds(Kind.MUTED, member_id) or self.holds(Kind.BLOCKED, member_id))

    def blocks(self, member_id: int | None) -> bool:
        """Whether nothing of this member is to be heard."""
        return member_id is not None and self.holds(Kind.BLOCKED, member_id)

    def mutes_words(self, text: str) -> bool:
        """Whether a muted word stands in the text, as a word of its own, in large or small letters."""
        return self._muted_words is not None and self._muted_words.search(text) is not None

    @cached_property
    def _muted_words(self) -> re.Pattern[str] | None:
        words = "|".join(re.escape(word) for word in self[Kind.WORD])
        return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if words else None


def _texts(value: JSONValue) -> dict[str, str]:
    return {key: said for key, said in value.items() if isinstance(said, str)} if isinstance(value, dict) else {}
