"""Harsh words: a text that holds one is brought to a moderator, and nothing else happens to it.

The lists are pruned by a rule (data/README.md), for plain lists flag "urine", "HIV" and "anal fissure".
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Final

_LIST: Final = "harsh_words.csv"
_WORD: Final = re.compile(r"\w+")


def fold(text: str) -> str:
    """Words alone, small and without accents, each between single blanks."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return " ".join(_WORD.findall(plain))


def prune(entries: Iterable[str], *, clinical: Iterable[str], spared: Iterable[str] = ()) -> list[str]:
    """The entries that stand in no clinical text and are not spared by hand."""
    haystack = "".join(f" {fold(text)} \n" for text in clinical)
    kept = {fold(entry) for entry in entries} - {fold(word) for word in spared} - {""}
    return sorted(entry for entry in kept if f" {entry} " not in haystack)


def holds_harsh_words(text: str, entries: Iterable[str] | None = None) -> bool:
    """Whether one of the entries, by default the shipped ones of all languages, stands in the text as whole words."""
    words = f" {fold(text)} "
    return any(f" {entry} " in words for entry in (_entries() if entries is None else entries))


@lru_cache(maxsize=1)
def _entries() -> tuple[str, ...]:
    """One a line: language, then the folded words."""
    lines = (files("curbside.anonymous.moderation") / "data" / _LIST).read_text("utf-8").splitlines()
    return tuple(line.partition(",")[2] for line in lines if line)
