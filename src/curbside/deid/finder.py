"""`find`: all layers over one text, put together into spans of the original."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Final

from curbside.deid.allowed import EPONYMS, ROLES, is_harmless
from curbside.deid.contacts import find_contacts, whole_address
from curbside.deid.dates import find_dates, is_cited
from curbside.deid.language import LEARNED, language_of
from curbside.deid.lexicons import PLACE, lists
from curbside.deid.normal import normalise
from curbside.deid.numbers import find_numbers, is_public
from curbside.deid.people import find_listed, find_mentions, find_people, is_supported
from curbside.deid.replacement import in_words, read_date
from curbside.deid.span import Action, Found, Span
from curbside.deid.tagger import UNSURE, find_tagged

_WARN: Final = frozenset({"ORG", "OTHER", "LOCATION"})
_ORDER: Final = {
    kind: at
    for at, kind in enumerate(
        (
            "NHS_NUMBER",
            "EMAIL",
            "URL",
            "IP",
            "POSTCODE",
            "PHONE",
            "DATE",
            "AGE",
            "ADDRESS",
            "FACILITY",
            "NAME",
            "ID",
            "HANDLE",
            "LOCATION",
            "ORG",
            "OTHER",
        )
    )
}
_SAID_AGE: Final = re.compile(
    r"\b(?:turn(?:ed|ing|s)?|i'm|i am|when (?:he|she|they) (?:was|were)|retired at(?: the age of)?)\s$", re.IGNORECASE
)
_SCORES: Final = re.compile(r"\d,? [^\W\d_][\w-]{1,20} (?=\d{1,2}\b)")
"""A row of scores, each a word and a number, which looks like a row of houses."""
_NEXT_TITLE: Final = re.compile(r"[,;.]\s{0,2}(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.?$")
_MEASURED: Final = re.compile(r"\d{2,3}/\d{2,3},")
_ANY: Final = re.compile(r"[^\W_]")


def find(text: str, language: str | None = None) -> list[Span]:
    """What could identify a patient in the text, in order, without overlaps.

    All languages' rules run on every text. `language` is what the caller knows of it: it words the replacements and says how far the
    tagger is trusted, unless the text's own words are plainly of another.
    """
    normal = normalise(text)
    spans = _spans(normal.text, language_of(normal.text, language))
    return [_in_original(span, normal.original(span.start, span.end)) for span in spans]


def _in_original(span: Span, place: tuple[int, int]) -> Span:
    start, end = place
    return Span(
        start, end, span.type, span.score, span.sources, span.validated, span.action, span.replacement, span.alternatives, span.group
    )


def _spans(text: str, language: str) -> list[Span]:
    found = [*find_numbers(text), *find_contacts(text), *find_dates(text), *find_people(text)]
    trusted = language in LEARNED
    tagged = [
        one for one in map(partial(_without_title, text), find_tagged(text)) if _worth(text, one) and (trusted or is_supported(text, one))
    ]
    found += [whole_address(text, one) if one.type in {"ADDRESS", "LOCATION"} else one for one in tagged]
    found += find_listed(text, [one for one in found if one.type == "NAME" and one.score > UNSURE])
    found += find_mentions(text, [one for one in found if one.type == "NAME" and one.score > UNSURE])
    merged = merge(text, found)
    groups: dict[str, int] = {}
    days = [day for one, _ in merged if one.type == "DATE" and (day := read_date(text[one.start : one.end]))]
    first = min(days) if days else None
    words: dict[int, tuple[str, tuple[str, ...]]] = {}
    spans = []
    for one, sources in merged:
        value = text[one.start : one.end]
        group = _group(value, one.type, groups)
        if group not in words:
            before = text[max(0, one.start - 30) : one.start]
            words[group] = in_words(one.type, value, before=before, first=first, language=language)
        action: Action = "warn" if one.type in _WARN or one.score < 0.75 else "block"
        spans.append(Span(one.start, one.end, one.type, one.score, sources, one.validated, action, *words[group], group))
    return spans


def _without_title(text: str, found: Found) -> Found:
    """A name without the title of whoever comes next: "Okonkwo, Mr"."""
    title = _NEXT_TITLE.search(text, found.start, found.end) if found.type == "NAME" else None
    return replace(found, end=title.start()) if title else found


def _worth(text: str, found: Found) -> bool:
    value = text[found.start : found.end]
    if not _ANY.search(value) or is_harmless(text, found) or (found.score <= UNSURE and value.lower() in EPONYMS):
        return False
    if found.type in {"LOCATION", "FACILITY", "ORG"} and value.islower() and not text.islower() and not lists(value) & PLACE:
        return False
    if found.type == "ADDRESS" and (len(_SCORES.findall(value)) > 1 or _MEASURED.match(value)):
        return False
    if found.type in {"ID", "PHONE"}:
        return sum(char.isdecimal() for char in value) >= 4 and not is_public(text, found)
    if found.type == "DATE":
        return not is_cited(text, found.start)
    if found.type == "AGE":
        return value.isdecimal() and (
            len(value) > 2 or value >= "90" or _SAID_AGE.search(text, max(0, found.start - 30), found.start) is not None
        )
    return True


Merged = tuple[Found, tuple[str, ...]]
_MOST_APART: Final = 40
"""Findings in one knot that are told apart; a larger knot is hostile text, and one finding."""
_WORTH_A_SPAN: Final = 4
"""Letters and digits left beside a more telling finding that make one of their own."""


def merge(text: str, found: Iterable[Found]) -> list[Merged]:
    """Findings without overlaps: the most telling of a knot keeps its place, and what hangs over it on either side is found for itself."""
    knots: list[list[Found]] = []
    end = 0
    for one in sorted(found, key=lambda each: (each.start, -each.end)):
        trimmed = _trim(text, one)
        if trimmed is None:
            continue
        if knots and trimmed.start < end:
            knots[-1].append(trimmed)
        else:
            knots.append([trimmed])
        end = max(end, trimmed.end) if len(knots[-1]) > 1 else trimmed.end
    return [one for knot in knots for one in _untie(text, knot)]


def _untie(text: str, knot: list[Found]) -> list[Merged]:
    best = min(knot, key=lambda each: (_rank(each), -each.score))
    alike = [one for one in knot if one.type == best.type and one.start < best.end and best.start < one.end]
    start, end = min(one.start for one in alike), max(one.end for one in alike)
    left, right = _left_over(text, knot, None, start), _left_over(text, knot, end, None)
    if len(knot) > _MOST_APART or not left:
        start = min(one.start for one in knot)
    if len(knot) > _MOST_APART or not right:
        end = max(one.end for one in knot)
    inside = [one for one in knot if one.start < end and start < one.end]
    core = Found(start, end, best.type, max(one.score for one in inside), best.source, any(one.validated for one in alike))
    sources = tuple(dict.fromkeys(one.source for one in inside))
    if len(knot) > _MOST_APART:
        return [(core, sources)]
    return [*(merge(text, left) if left else []), (core, sources), *(merge(text, right) if right else [])]


def _rank(one: Found) -> int:
    """How telling a finding is; a number with a check digit that holds is what it says, not a telephone's."""
    return 0 if one.type == "ID" and one.validated else _ORDER.get(one.type, 99)


def _left_over(text: str, knot: list[Found], start: int | None, end: int | None) -> list[Found]:
    """What hangs over on one side; nothing where it is too little to stand alone."""
    cut = [replace(one, start=max(one.start, start or 0), end=min(one.end, end if end is not None else one.end)) for one in knot]
    trimmed = [one for one in map(partial(_trim, text), (one for one in cut if one.start < one.end)) if one is not None]
    if not trimmed:
        return []
    if all(word.lower().rstrip(".") in ROLES for one in trimmed for word in text[one.start : one.end].split()):
        return []
    whole = text[min(one.start for one in trimmed) : max(one.end for one in trimmed)]
    if all(one.type in {"ID", "PHONE"} for one in trimmed) and not any(char.isdecimal() for char in whole):
        return []
    return trimmed if sum(char.isalnum() for char in whole) >= _WORTH_A_SPAN else []


def _trim(text: str, one: Found) -> Found | None:
    start, end = one.start, one.end
    while start < end and not text[start].isalnum() and text[start] not in "+(@":
        start += 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] != ")":
        end -= 1
    return Found(start, end, one.type, one.score, one.source, one.validated) if start < end else None


def _group(value: str, kind: str, groups: dict[str, int]) -> int:
    """The same number for the same value, and for a name that shares a word of three letters or more with an earlier one."""
    words = [f"{kind}:{value.casefold()}"]
    if kind == "NAME":
        words += [f"NAME:{word.casefold()}" for word in re.findall(r"[^\W\d_]{3,}", value)]
    known = next((groups[word] for word in words if word in groups), None)
    group = len(set(groups.values())) if known is None else known
    for word in words:
        groups.setdefault(word, group)
    return group
