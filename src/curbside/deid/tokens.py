"""Cuts a text into words, runs of digits and single signs, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

TOKEN: Final = re.compile(r"'s\b|[^\W\d_]{1,40}(?:'(?!s\b)[^\W\d_]{1,40})?|\d{1,40}|[^\w\s]|_")
LONGEST_SEQUENCE: Final = 300


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a run of digits or a sign, and its place."""

    text: str
    start: int
    end: int


def sequences(text: str) -> Iterator[list[Token]]:
    """The tokens of each line; a line past 300 tokens is cut, so that work grows with the length and not faster."""
    start = 0
    for line in text.splitlines(keepends=True):
        tokens = [Token(match.group(), start + match.start(), start + match.end()) for match in TOKEN.finditer(line)]
        for at in range(0, len(tokens), LONGEST_SEQUENCE):
            yield tokens[at : at + LONGEST_SEQUENCE]
        start += len(line)
