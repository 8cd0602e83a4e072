"""Which language a text is in, by its commonest words; enough to know how far the tagger may be trusted and how to word a replacement."""

from __future__ import annotations

import re
from typing import Final

LANGUAGES: Final = ("en", "es", "fr", "de", "it")
LEARNED: Final = frozenset({"en", "es", "fr"})
"""Languages whose sentences the tagger learned; in others it takes every capital letter for a name."""
_WORDS: Final = {
    "en": "the and of with was is for to has she he at her his no after had are who this that patient",
    "es": "el la los las de del que con una un por se en y no al paciente para fue su como años presenta",
    "fr": "le la les des du une un est avec dans et pour sur au pas qui par chez patient a été depuis ans",
    "de": "der die das und mit ein eine einer einem bei wurde ist nicht im am von zu den dem des auf seit patient patientin nach für ich sie ohne würden mann frau jährige jähriger verdacht befund unauffällig ihr sein",
    "it": "il lo la gli le di del della che con una un per nel da è si al paziente anni non sono e dei alla",
}
_SETS: Final = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_WORD: Final = re.compile(r"[^\W\d_]{1,24}")
_LOOKED_AT: Final = 4_000
"""Characters."""
_LEAST: Final = 3
"""Common words that must be there, and two more than in any other language."""


def language_of(text: str, told: str | None = None) -> str:
    """The language that the words show; where they show none, the one the caller was told; else English."""
    found = [word.lower() for word in _WORD.findall(text[:_LOOKED_AT])]
    counts = {language: sum(word in words for word in found) for language, words in _SETS.items()}
    first, second, *_ = sorted(counts, key=lambda language: -counts[language])
    if counts[first] >= _LEAST and counts[first] >= counts[second] + 2:
        return first
    return told if told in LANGUAGES else "en"
