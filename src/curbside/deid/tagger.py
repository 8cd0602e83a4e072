"""The small trained tagger: reads the surroundings of every word and says which words name a person, a place or an institution.

Words enter as themselves only if they are common ones; a name is seen by its shape, its neighbours and the lists it is in, so that
the tagger cannot learn the names of its training texts by heart.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

import pycrfsuite

from curbside.deid.lexicons import COMMON, COUNTRY, EPONYM, FIRST, KNOWN, LAST, MEDICAL, PLACE, SAFE, lists
from curbside.deid.span import Found
from curbside.deid.tokens import Token, sequences

_DATA: Final = Path(__file__).parent / "data"
FILE: Final = _DATA / "tagger.crfsuite"
_CLASSES: Final = {
    word: line.split()[0] for line in (_DATA / "neighbours.txt").read_text(encoding="utf-8").splitlines() for word in line.split()[1:]
}
"""What some of the commonest neighbours of a name have in common, so that one is as good as another."""
_TIMES: Final = (
    """january february march july august september october november december monday tuesday wednesday thursday friday saturday sunday"""
)
_NO_DOUBT: Final = frozenset([*_CLASSES, *_TIMES.split()])
"""Words of which it is never unsure."""
OUTSIDE: Final = "O"
SURE: Final = 0.7
SURE_OF_GIVEN_NAMES: Final = 0.6
SURE_OF_WORDS: Final = 0.35
"""How likely a word must be outside to pass: one in no list of words, a given name that is a word too, another word.
One less likely is a warning."""
UNSURE: Final = 0.6
DOUBTED: Final = ("NAME", "LOCATION", "ORG", "FACILITY")


def _shape(text: str) -> str:
    if text.isdigit():
        return f"d{min(len(text), 9)}"
    if not text[0].isalpha():
        return "p"
    if text.isupper():
        return "X" if len(text) == 1 else "XX"
    if text[0].isupper():
        return "Xx" if text[1:].islower() or not text[1:].isalpha() else "XxX"
    return "x"


@lru_cache(maxsize=16_384)
def _facets(text: str) -> tuple[str, str, tuple[str, ...]]:
    """A word as it may be remembered, its shape, and the facts about it alone."""
    shape = _shape(text)
    lower = text.lower()
    if not text[0].isalpha():
        word = lower if not text.isdigit() else shape
        return word, shape, ()
    found = lists(lower) or lists(lower.replace("'", ""))
    known = bool(found & KNOWN) or len(lower) < 3
    word = lower if known else f"?{shape}"
    facts = [f"l={found:x}"]
    facts += [
        name
        for bit, name in ((FIRST, "F"), (LAST, "L"), (SAFE, "S"), (PLACE, "P"), (COUNTRY, "C"), (EPONYM, "E"), (MEDICAL, "M"))
        if found & bit
    ]
    if not known:
        facts += [f"e={lower[-3:]}", f"e={lower[-2:]}"]
    return word, shape, tuple(facts)


def _case(tokens: list[Token]) -> str:
    """Whether a line is written in one case of letters."""
    letters = [token.text for token in tokens if token.text[0].isalpha()]
    if all(text.islower() for text in letters):
        return "low"
    return "up" if all(text.isupper() for text in letters) else "mixed"


def features(tokens: list[Token]) -> list[list[str]]:
    """For each token of a line the facts that the tagger weighs."""
    edge = ("^", "^", ())
    seen = [edge, edge, edge, *(_facets(token.text) for token in tokens), ("$", "$", ()), ("$", "$", ()), ("$", "$", ())]
    case = _case(tokens)
    kinds = [_CLASSES.get(word, "") for word, _, _ in seen]
    rows: list[list[str]] = []
    for at in range(3, len(seen) - 3):
        word, shape, facts = seen[at]
        (w3, _, _), (w2, s2, _), (w1, s1, f1) = seen[at - 3], seen[at - 2], seen[at - 1]
        (v1, t1, g1), (v2, t2, _), (v3, _, _) = seen[at + 1], seen[at + 2], seen[at + 3]
        lists_here = facts[0] if facts else ""
        before, behind = f1[0] if f1 else s1, g1[0] if g1 else t1
        row = [
            f"w={word}", f"s={shape}", f"ws={word}|{shape}",
            f"a={w1}", f"b={w2}", f"c={w3}", f"A={v1}", f"B={v2}", f"C={v3}",
            f"ab={w2}|{w1}", f"AB={v1}|{v2}", f"aA={w1}|{shape}|{v1}",
            f"as={w1}|{shape}|{lists_here}", f"As={v1}|{shape}|{lists_here}",
            f"k={kinds[at - 1]}|{shape}|{lists_here}", f"K={kinds[at + 1]}|{shape}|{lists_here}",
            f"kk={kinds[at - 2]}|{kinds[at - 1]}|{shape}",
            f"kK={kinds[at - 1]}|{shape}|{kinds[at + 1]}|{kinds[at + 2]}", f"u={case}|{shape}", f"ul={case}|{lists_here}",
            f"ll={before}|{lists_here}|{shape}", f"lL={lists_here}|{behind}|{shape}",
            f"sss={s1}|{shape}|{t1}", f"ss={s2}|{s1}|{shape}", f"SS={shape}|{t1}|{t2}",
        ]  # fmt: skip
        row += facts
        row += [f"{fact}{shape}" for fact in facts[1:]]
        row += [f"-{fact}" for fact in f1] + [f"+{fact}" for fact in g1]
        rows.append(row)
    return rows


_ONE_AT_A_TIME: Final = threading.Lock()
"""The tagger holds the line that it reads, and requests come in several threads."""


@lru_cache(maxsize=1)
def _tagger() -> pycrfsuite.Tagger:
    tagger = pycrfsuite.Tagger()
    tagger.open(str(FILE))
    return tagger


def find_tagged(text: str) -> list[Found]:
    """Runs of words with one tag, and words of which the tagger is unsure; a text that holds no letter costs nothing."""
    tagger = _tagger()
    found: list[Found] = []
    for tokens in sequences(text):
        if not any(token.text[0].isalpha() for token in tokens):
            continue
        with _ONE_AT_A_TIME:
            tagger.set(features(tokens))
            tags = tagger.tag()
            doubts = [(token, kind) for at, token in enumerate(tokens) if tags[at] == OUTSIDE and (kind := _doubt(tagger, token, at))]
        found += [*_runs(tokens, tags), *(Found(token.start, token.end, kind, UNSURE, "tagger, unsure") for token, kind in doubts)]
    return found


def _doubt(tagger: pycrfsuite.Tagger, token: Token, at: int) -> str | None:
    """What a word outside may be after all."""
    if len(token.text) < 2 or not token.text[0].isalpha():
        return None
    bits = lists(token.text.lower())
    word = bool(bits & (SAFE | COMMON | MEDICAL))
    abbreviation = token.text.isupper() and not bits & (FIRST | LAST)
    if abbreviation or token.text.lower() in _NO_DOUBT or (word and token.text.islower()):
        return None
    least = SURE_OF_GIVEN_NAMES if word and bits & FIRST else SURE_OF_WORDS if word else SURE
    if tagger.marginal(OUTSIDE, at) > least:
        return None
    return max(DOUBTED, key=lambda kind: sum(tagger.marginal(f"{place}-{kind}", at) for place in "BI"))


def _runs(tokens: list[Token], tags: list[str]) -> Iterator[Found]:
    start = end = -1
    kind = OUTSIDE
    for token, tag in zip(tokens, tags, strict=True):
        name = tag[2:] if tag != OUTSIDE else OUTSIDE
        if tag.startswith("B-") or name != kind:
            if kind != OUTSIDE:
                yield Found(start, end, kind, 0.8, "tagger")
            start, kind = token.start, name
        end = token.end
    if kind != OUTSIDE:
        yield Found(start, end, kind, 0.8, "tagger")
