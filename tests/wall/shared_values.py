"""What do two hauls share? Every value of 8 bytes or more in databases and logs, whatever way it is written.

A value is brought to its bytes: text as its words, long numbers as big-endian bytes, hex and base64url decoded, and JSON
(also compressed, as in sessions) taken apart into its values. Bytes
are compared in all windows of 8, so that a value inside another is found too. Public by design, and so left out: what a published edition
says, and dates.
"""

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

SHORTEST = 8
FRAMEWORK_TABLES = ("django_migrations", "django_content_type", "auth_permission", "auth_group", "sqlite_sequence")
"""Rows of Django's own: the same in every installation."""
PUBLIC_LISTS = "conditions_"
"""Tables of medical terms, loaded from a public list: the same in every installation too."""

_WORD = re.compile(r"[A-Za-z0-9_\-]{8,}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_HEX = re.compile(r"(?:[0-9a-f]{2}){8,}\Z")
_DIGITS = re.compile(r"\d{12,}\Z")


@dataclass
class Haul:
    """The values of one side, each with the place it was seen at."""

    words: dict[str, str] = field(default_factory=dict)
    windows: dict[bytes, str] = field(default_factory=dict)

    def add(self, value: object, place: str) -> None:
        """Take in one value of any kind."""
        if isinstance(value, int) and not isinstance(value, bool):
            if value >= 1 << 40:
                self._add_bytes(value.to_bytes((value.bit_length() + 7) // 8), place)
        elif isinstance(value, bytes):
            self._add_bytes(value, place)
        elif isinstance(value, str):
            self.add_text(value, place)

    def add_text(self, text: str, place: str) -> None:
        """Take in a text by its words, each also as what it may encode."""
        for word in _WORD.findall(_DATE.sub(" ", text)):
            self.words.setdefault(word.lower(), place)
            for decoded in _decodings(word):
                self._add_decoded(decoded, place)

    def _add_decoded(self, value: bytes, place: str) -> None:
        """Compressed sessions share pieces of the names in them, whoever's they are: what counts is the values."""
        try:
            parsed = json.loads(_inflated(value))
        except ValueError:
            parsed = None
        if isinstance(parsed, dict | list):
            self._add_values(parsed, place)
        else:
            self._add_bytes(value, place)

    def _add_values(self, value: object, place: str) -> None:
        if isinstance(value, dict | list):
            for each in value.values() if isinstance(value, dict) else value:
                self._add_values(each, place)
        else:
            self.add(value, place)

    def _add_bytes(self, value: bytes, place: str) -> None:
        for start in range(len(value) - SHORTEST + 1):
            window = value[start : start + SHORTEST]
            if len(set(window)) > 3:  # zero padding and the like is no value
                self.windows.setdefault(window, place)


def _decodings(word: str) -> Iterator[bytes]:
    if _DIGITS.match(word):
        number = int(word)
        yield number.to_bytes((number.bit_length() + 7) // 8)
    elif _HEX.match(word.lower()):
        yield bytes.fromhex(word)
    elif len(word) >= 16 and not word.isalpha():
        try:
            yield base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))
        except (binascii.Error, ValueError):
            return


def _inflated(value: bytes) -> bytes:
    try:
        return zlib.decompress(value)
    except zlib.error:
        return value


def haul_of(*, databases: Iterable[Path] = (), texts: Iterable[Path] = ()) -> Haul:
    """All values of SQLite files and of text files."""
    haul = Haul()
    for file in databases:
        for value, place in rows_of(file):
            haul.add(value, place)
    for file in texts:
        haul.add_text(file.read_text(encoding="utf-8", errors="replace"), file.name)
    return haul


def rows_of(file: Path) -> Iterator[tuple[object, str]]:
    """Every value of a database with its table and column."""
    with sqlite.connect(f"file:{file}?mode=ro", uri=True) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            if table in FRAMEWORK_TABLES or table.startswith(PUBLIC_LISTS):
                continue
            cursor = connection.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            for row in cursor:
                for column, value in zip(columns, row, strict=True):
                    yield value, f"{file.name}:{table}.{column}"
    connection.close()


def shared(one: Haul, other: Haul, *, public: Haul) -> list[str]:
    """Where the two share a value that is not public; one line a pair of places."""
    words = {f"{place} = {other.words[word]}" for word, place in one.words.items() if word in other.words and word not in public.words}
    windows = {
        f"{place} = {other.windows[window]}"
        for window, place in one.windows.items()
        if window in other.windows and window not in public.windows
    }
    return sorted(words | windows)
