"""Sets of known words, each a sorted array of 32-bit hashes: half a million words in two megabytes, and no word to read out.

A word that is in no list is taken for a member by chance once in about 20,000 questions.
"""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

NAMES: Final = ("first", "last", "safe", "common", "medical", "eponym", "place", "country")
FILE: Final = Path(__file__).parent / "data" / "lexicons.bin"

_HEADER: Final = struct.Struct("<8s8I")
_MAGIC: Final = b"CURBLEX1"


def _hash(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def write_lexicons(path: Path, words: Mapping[str, set[str]]) -> None:
    """Write the file anew; the same words give the same bytes."""
    arrays = [array("I", sorted({_hash(word.lower()) for word in words[name]})) for name in NAMES]
    if sys.byteorder == "big":
        for numbers in arrays:
            numbers.byteswap()
    path.write_bytes(_HEADER.pack(_MAGIC, *(len(numbers) for numbers in arrays)) + b"".join(numbers.tobytes() for numbers in arrays))


class Lexicons:
    """Answers which lists a lower-case word is in."""

    def __init__(self, path: Path = FILE) -> None:
        data = path.read_bytes()
        magic, *sizes = _HEADER.unpack_from(data)
        if magic != _MAGIC:
            raise ValueError("not a file of lexicons")
        self._arrays: list[array[int]] = []
        start = _HEADER.size
        for size in sizes:
            numbers = array("I", data[start : start + 4 * size])
            if sys.byteorder == "big":
                numbers.byteswap()
            self._arrays.append(numbers)
            start += 4 * size

    def lists(self, word: str) -> int:
        """One bit for each list of `NAMES` that has the word."""
        wanted, found = _hash(word), 0
        for bit, numbers in enumerate(self._arrays):
            at = bisect_left(numbers, wanted)
            if at < len(numbers) and numbers[at] == wanted:
                found |= 1 << bit
        return found


FIRST, LAST, SAFE, COMMON, MEDICAL, EPONYM, PLACE, COUNTRY = (1 << bit for bit in range(8))
NAMELIKE: Final = FIRST | LAST
KNOWN: Final = SAFE | COMMON | MEDICAL


@lru_cache(maxsize=1)
def lexicons() -> Lexicons:
    """The shipped lists, read once."""
    return Lexicons()


@lru_cache(maxsize=16_384)
def lists(word: str) -> int:
    """The lists that a lower-case word is in; remembered for the commonest words."""
    return lexicons().lists(word)
