"""The place in a text that was found, with what was looked for marked. Parts of plain text: the template escapes each of them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from curbside.anonymous.conditions.folding import composed, word_places
from curbside.anonymous.search.matching import Wanted
from curbside.anonymous.search.stems import stems_of

_AROUND: Final = 260
"""Characters of an excerpt."""
_BEFORE: Final = 60
_LINK: Final = re.compile(r"!?\[([^\]]{0,300})\]\([^)\s]{0,500}\)")
_SIGNS: Final = re.compile(r"[*_`#>|~]+|^[-+]\s+", re.MULTILINE)
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """A piece of an excerpt; ``marked`` where it is what was looked for."""

    text: str
    marked: bool


def plain_text(markdown: str) -> str:
    """The words without Markdown's signs, in one line, with accents joined to letters."""
    return _SPACE.sub(" ", _SIGNS.sub(" ", _LINK.sub(r"\1", composed(markdown)))).strip()


def mark(text: str, wanted: Wanted, *, language: str) -> list[Part]:
    """All of a short plain text, with its marks."""
    return _parts(text, _marks(text, wanted, language), 0, len(text))


def excerpt(text: str, wanted: Wanted, *, language: str) -> list[Part]:
    """The stretch of a plain text where most of what was looked for stands close together, or its beginning."""
    marks = _marks(text, wanted, language)
    start, end = _window(text, marks)
    return _parts(text, marks, start, end)


def _marks(text: str, wanted: Wanted, language: str) -> list[tuple[int, int, str]]:
    hit = _matcher(wanted, language)
    return [(start, end, word) for start, end, word in word_places(text) if hit(word)]


def _matcher(wanted: Wanted, language: str) -> Callable[[str], bool]:
    """Whether a folded word is looked for. Each word is stemmed once; what was found out is forgotten with the page."""
    known: dict[str, bool] = {}

    def hit(word: str) -> bool:
        if word not in known:
            known[word] = word in wanted.words or word.startswith(wanted.beginnings) or (stems_of([word], language)[0] in wanted.stems)
        return known[word]

    return hit


def _window(text: str, marks: Sequence[tuple[int, int, str]]) -> tuple[int, int]:
    """Start and end, at words' ends."""
    best, most = 0, 0
    for place, (start, _end, _word) in enumerate(marks[:200]):
        different = len({word for at, _to, word in marks[place : place + 40] if at < start + _AROUND - _BEFORE})
        if different > most:
            best, most = max(0, start - _BEFORE), different
    start = text.find(" ", best) + 1 if best else 0
    if marks and start > marks[0][0] and best <= marks[0][0]:
        start = marks[0][0]
    end = len(text) if start + _AROUND >= len(text) else max(text.rfind(" ", start, start + _AROUND), start + _AROUND // 2)
    return start, end


def _parts(text: str, marks: Sequence[tuple[int, int, str]], start: int, end: int) -> list[Part]:
    parts, at = [Part("…", marked=False)] if start else [], start
    for first, last, _word in marks:
        if first >= at and last <= end:
            parts += [Part(text[at:first], marked=False), Part(text[first:last], marked=True)]
            at = last
    parts.append(Part(text[at:end] + ("…" if end < len(text) else ""), marked=False))
    return [part for part in parts if part.text]
