"""What a member may ask, as typed: words, "phrases", beginnings* and -words to leave out. What cannot be asked gets a sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.conditions.folding import folded_words
from curbside.anonymous.conditions.queries import LONGEST_SPAN

LONGEST_QUESTION: Final = 300
"""Characters."""
_MOST_CLAUSES: Final = 16
_LEAST_BEGINNING: Final = 2
_PIECE: Final = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')


class Unclear(Exception):
    """What was typed cannot be asked; the sentence says what to change."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__()
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Clause:
    """Folded words in a row. ``plain`` words may be replaced by what means the same; of a ``beginning`` the last word is cut short."""

    words: tuple[str, ...]
    left_out: bool = False
    beginning: bool = False
    plain: bool = False


def read_question(typed: str) -> list[Clause]:
    """The clauses of what was typed; raises Unclear. No clause at all where nothing was typed."""
    typed = typed.replace("“", '"').replace("”", '"').replace("«", '"').replace("»", '"').replace("„", '"')
    if len(typed) > LONGEST_QUESTION:
        raise Unclear(_("This is too long to search for. A few words find more."))
    if typed.count('"') % 2:
        raise Unclear(_('A quotation mark is left open. Put one at both ends of the phrase: "heart failure".'))
    clauses = list(_clauses(typed))
    if len(clauses) > _MOST_CLAUSES:
        raise Unclear(_("These are too many words at once. A few words find more."))
    if typed.strip() and all(clause.left_out for clause in clauses):
        raise Unclear(_("Write at least one word to look for; a minus leaves words out of what is found."))
    return clauses


def _clauses(typed: str) -> Iterator[Clause]:
    for minus, quoted, bare in _PIECE.findall(typed):
        words = tuple(folded_words(quoted or bare))
        if not words:
            continue
        beginning = not quoted and bare.endswith("*")
        if beginning and len(words[-1]) < _LEAST_BEGINNING:
            raise Unclear(_("Write at least two letters before the star."))
        yield Clause(words, left_out=bool(minus), beginning=beginning, plain=not (minus or quoted or beginning))


def spans_of(clauses: Sequence[Clause]) -> dict[str, tuple[int, int]]:
    """Rows of plain clauses that could be a condition's term: folded text, as terms are kept, and which clauses it takes the place of."""
    found: dict[str, tuple[int, int]] = {}
    for start in range(len(clauses)):
        text = ""
        for end in range(start, min(len(clauses), start + LONGEST_SPAN)):
            if not clauses[end].plain:
                break
            text += "".join(f" {word}" for word in clauses[end].words)
            found.setdefault(text, (start, end + 1))
    return found
