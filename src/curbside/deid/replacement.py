"""What may stand in place of a finding: the same for every mention of one person, and dates as their distance from the first."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Final

from curbside.deid.span import Span

_LANGUAGES: Final[dict[str, dict[str, list[str]]]] = json.loads(
    (Path(__file__).parent / "data" / "replacements.json").read_text(encoding="utf-8")
)
"""By language and kind: what stands there first, then what else could. A name by who it is; times with a place for their number."""
_MONTHS: Final = (
    "jan ene",
    "feb fév fev",
    "mar mär",
    "apr avr abr",
    "may mai",
    "jun juin",
    "jul juil",
    "aug ago aoû",
    "sep",
    "oct okt",
    "nov",
    "dec déc dez dic",
)
_STAFF: Final = re.compile(
    r"(?:\b(?:dr|prof|professor|nurse|sister|midwife|consultant|surgeon|attending|dictated by|seen by|signed|md|gp|docteur|dra)\b[.:]?\s?(?:by:?\s)?)$",
    re.IGNORECASE,
)
_KIN: Final = re.compile(
    r"\b(wife|husband|son|daughter|mother|father|brother|sister|partner|neighbour|friend|esposa|mujer|marido|hijo|hija|madre|padre|hermano|hermana"
    r"|femme|épouse|mari|fils|fille|mère|père|frère|sœur|soeur|ehefrau|ehemann|sohn|tochter|mutter|vater|bruder|schwester|moglie|marito|figlio|figlia|fratello|sorella)\b[,:]?\s?$",
    re.IGNORECASE,
)
_WEEKS_FROM, _MONTHS_FROM, _YEARS_FROM = 14, 90, 730
"""Days from which a distance is told in weeks, months and years."""
_TITLE_BEFORE: Final = re.compile(
    r"(?<!\w)(?:mr|mrs|ms|miss|mx|dr|prof|professor|doctor|sister|nurse|sir|dame|don|doña|d|sra?|dra|dña|mme|mlle|madame|monsieur|m|herrn?|frau|hr|fr|docteur|sig|sig\.ra|dott|dott\.ssa)\b\.? (?:(?:dr|prof|med)\.? ){0,2}$",
    re.IGNORECASE,
)
_AGAIN_BEFORE: Final = re.compile(r"(?<!\w)(?:(?:his|her|their|my|our|the|a|an) )?(?P<word>[^\W\d_]{3,20}),? $", re.IGNORECASE)


def whole_start(text: str, start: int, span: Span) -> int:
    """Where a replacement of this span begins: a title goes with the name, and so does the word that the replacement says again."""
    if span.type != "NAME":
        return start
    title = _TITLE_BEFORE.search(text, max(0, start - 40), start)
    start = title.start() if title else start
    again = _AGAIN_BEFORE.search(text, max(0, start - 40), start)
    return again.start() if again and again["word"].lower() == span.replacement.rpartition(" ")[2] else start


def read_date(value: str) -> date | None:
    """The day a date names, if it names a whole one."""
    numbers = [int(part) for part in re.findall(r"\d{1,4}", value)]
    words = re.findall(r"[^\W\d_]{3,}", value.lower())
    month = next(
        (at + 1 for word in words for at, names in enumerate(_MONTHS) if word[:3] in names.split() or word[:4] in names.split()), None
    )
    year = next((number for number in numbers if number >= 1800), None)
    if year is None:
        return None
    rest = [number for number in numbers if number != year]
    if month is None and len(rest) >= 2:
        day, month = (rest[1], rest[0]) if value.startswith(str(year)) or rest[1] > 12 else (rest[0], rest[1])
    elif month is not None and rest:
        day = rest[0]
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def interval(day: date, first: date, language: str = "en") -> str:
    """A date as its distance from the first one in the text."""
    words = _words_in(language)
    days = (day - first).days
    if days == 0:
        return words["day 0"][0]
    size, side = abs(days), "later" if days > 0 else "earlier"
    if size < _WEEKS_FROM:
        unit, number = ("day" if size == 1 else "days"), size
    elif size < _MONTHS_FROM:
        unit, number = "weeks", round(size / 7)
    else:
        unit, number = ("months", round(size / 30.4)) if size < _YEARS_FROM else ("years", round(size / 365.25))
    return words[f"{unit} {side}"][0].format(number)


def _words_in(language: str) -> dict[str, list[str]]:
    return _LANGUAGES.get(language, _LANGUAGES["en"])


def _for_date(value: str, first: date | None, language: str) -> list[str]:
    """Interval and year for a whole date, and the year alone for the rest."""
    plain = _words_in(language)["DATE"]
    day = read_date(value)
    year = re.search(r"(?:1[89]|20)\d{2}", value)
    if day is None or first is None:
        return [year[0], *plain] if year else plain
    return [interval(day, first, language), str(day.year), *plain]


def _for_name(before: str, language: str) -> list[str]:
    """A role, as the words before the name tell it."""
    words = _words_in(language)
    if _STAFF.search(before):
        return words["STAFF"]
    kin = _KIN.search(before)
    if kin:
        return [words["the"][0].format(kin[1].lower()) if language == "en" else words["KIN"][0], *words["KIN"]]
    return words["NAME"]


def in_words(kind: str, value: str, *, before: str, first: date | None, language: str) -> tuple[str, tuple[str, ...]]:
    """What may stand there, and what else could. `before` is the text before a name, `first` the first day in the text."""
    words = _words_in(language)
    if kind == "DATE":
        offers = _for_date(value, first, language)
    elif kind == "NAME":
        offers = _for_name(before, language)
    else:
        offers = words.get(kind, words["OTHER"])
    replacement, *rest = dict.fromkeys(offers)
    return replacement, tuple(rest)
