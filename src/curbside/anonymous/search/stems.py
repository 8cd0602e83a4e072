"""Stems of words in the five languages. Words come folded (conditions.folding), so accents tell nothing apart before or after."""

import threading
from typing import Final

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

_STEMMERS: Final = {"en": "english", "es": "spanish", "fr": "french", "de": "german", "it": "italian"}
LANGUAGES: Final = tuple(_STEMMERS)

_own = threading.local()  # an analyser is not made for two threads at once


def stems_of(words: list[str], language: str) -> list[str]:
    """The stem of each word, in the same places. A language that is not one of the five leaves words as they are."""
    if language not in _STEMMERS or not words:
        return words
    stems = _analyser(language).analyze(" ".join(words))
    return stems if len(stems) == len(words) else words


def any_stems(word: str) -> frozenset[str]:
    """What the word may be stemmed to in any language."""
    return frozenset(stems_of([word], language)[0] for language in LANGUAGES)


def _analyser(language: str) -> TextAnalyzer:
    analysers: dict[str, TextAnalyzer] = _own.__dict__
    if language not in analysers:
        analysers[language] = TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.stemmer(_STEMMERS[language])).build()
    return analysers[language]
