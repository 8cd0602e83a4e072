"""The small trained tagger: reads the surroundings of every word and says which words name a person, a place or an institution.

Words enter as themselves only if they are common ones; a name is seen by its shape, its neighbours and the lists it is in, so that
the tagger cannot learn the names of its training texts by heart.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path
from typing import Final

import pycrfsuite

from curbside.deid.lexicons import COUNTRY, EPONYM, FIRST, KNOWN, LAST, MEDICAL, PLACE, SAFE, lists
from curbside.deid.span import Found
from curbside.deid.tokens import Token, sequences

FILE: Final = Path(__file__).parent / "data" / "tagger.crfsuite"
OUTSIDE: Final = "O"


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
    found = lists(lower)
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


def features(tokens: list[Token]) -> list[list[str]]:
    """For each token of a line the facts that the tagger weighs."""
    edge = ("^", "^", ())
    seen = [edge, edge, edge, *(_facets(token.text) for token in tokens), ("$", "$", ()), ("$", "$", ()), ("$", "$", ())]
    rows: list[list[str]] = []
    for at in range(3, len(seen) - 3):
        word, shape, facts = seen[at]
        (w3, _, _), (w2, s2, _), (w1, s1, f1) = seen[at - 3], seen[at - 2], seen[at - 1]
        (v1, t1, g1), (v2, t2, _), (v3, _, _) = seen[at + 1], seen[at + 2], seen[at + 3]
        lists_here = facts[0] if facts else ""
        row = [
            f"w={word}", f"s={shape}", f"ws={word}|{shape}",
            f"a={w1}", f"b={w2}", f"c={w3}", f"A={v1}", f"B={v2}", f"C={v3}",
            f"ab={w2}|{w1}", f"AB={v1}|{v2}", f"abc={w3}|{w2}|{w1}", f"ABC={v1}|{v2}|{v3}", f"aA={w1}|{shape}|{v1}",
            f"as={w1}|{shape}|{lists_here}", f"As={v1}|{shape}|{lists_here}",
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
    """Runs of words with one tag; a text that holds no letter costs nothing."""
    tagger = _tagger()
    found: list[Found] = []
    for tokens in sequences(text):
        if not any(token.text[0].isalpha() for token in tokens):
            continue
        start = end = -1
        kind = OUTSIDE
        with _ONE_AT_A_TIME:
            tags = tagger.tag(features(tokens))
        for token, tag in zip(tokens, tags, strict=True):
            name = tag[2:] if tag != OUTSIDE else OUTSIDE
            if tag.startswith("B-") or name != kind:
                if kind != OUTSIDE:
                    found.append(Found(start, end, kind, 0.8, "tagger"))
                start, kind = token.start, name
            end = token.end
        if kind != OUTSIDE:
            found.append(Found(start, end, kind, 0.8, "tagger"))
    return found
