"""Words as they are compared: without case and accents, so that "Neumonía" is found by "neumonia".

Conditions, the index of texts, queries and the marks in hits all split and fold here, so that they agree by construction.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

LONGEST_WORD: Final = 40
"""Characters of a word that count."""

_WORD: Final = re.compile(r"[^\W_]+")
_LETTERS: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"})
"""Letters that Unicode does not take apart."""


def fold_word(word: str) -> str:
    """One word without case and accents; empty where nothing is left."""
    if word.isascii():
        return word.lower()[:LONGEST_WORD]
    plain = unicodedata.normalize("NFKD", word.casefold()).translate(_LETTERS)
    return "".join(letter for letter in plain if letter.isalnum())[:LONGEST_WORD]


def word_places(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and folded form of every word of an NFC text, in order."""
    for found in _WORD.finditer(text):
        folded = fold_word(found[0])
        if folded:
            yield found.start(), found.end(), folded


def composed(text: str) -> str:
    """The text with accents joined to their letters (NFC), as ``word_places`` wants it."""
    return unicodedata.normalize("NFC", text)


def folded_words(text: str) -> list[str]:
    """The folded words of any text, in order."""
    return [word for _start, _end, word in word_places(composed(text))]
