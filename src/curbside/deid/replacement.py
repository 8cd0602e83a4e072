"""What may stand in place of a finding: the same for every mention of one person, and dates as their distance from the first."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from curbside.deid.span import Span

_PLAIN: Final = {
    "NAME": ("the patient", ("a relative", "a colleague")),
    "FACILITY": ("a teaching hospital", ("a district hospital", "a clinic")),
    "ADDRESS": ("[address]", ("at home",)),
    "POSTCODE": ("[postcode]", ()),
    "LOCATION": ("a town", ("a region", "abroad")),
    "ORG": ("an organisation", ("the employer",)),
    "OTHER": ("[removed]", ()),
    "NHS_NUMBER": ("[NHS number]", ()),
    "ID": ("[number]", ()),
    "PHONE": ("[telephone]", ()),
    "EMAIL": ("[e-mail]", ()),
    "URL": ("[link]", ()),
    "IP": ("[network address]", ()),
    "HANDLE": ("[account]", ()),
    "AGE": ("over 89", ("in old age",)),
}
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
_KIN: Final = re.compile(r"\b(wife|husband|son|daughter|mother|father|brother|sister|partner|neighbour|friend)\b[,:]?\s?$", re.IGNORECASE)


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


def interval(day: date, first: date) -> str:
    """A date as its distance from the first one in the text."""
    days = (day - first).days
    size, side = abs(days), "later" if days >= 0 else "earlier"
    if days == 0:
        return "on day 0"
    if size < 14:
        return f"{size} day{'s' if size > 1 else ''} {side}"
    if size < 90:
        return f"{round(size / 7)} weeks {side}"
    return f"{round(size / 30.4)} months {side}" if size < 730 else f"{round(size / 365.25)} years {side}"


def for_date(value: str, first: date | None) -> tuple[str, tuple[str, ...]]:
    """Interval and year for a whole date, and the year alone for the rest."""
    day = read_date(value)
    year = re.search(r"(?:1[89]|20)\d{2}", value)
    if day is None or first is None:
        return (year[0], ("[date]",)) if year else ("[date]", ())
    return interval(day, first), (str(day.year), "[date]")


def for_name(before: str) -> tuple[str, tuple[str, ...]]:
    """A role, as the words before the name tell it."""
    if _STAFF.search(before):
        return "a colleague", ("the consultant", "the patient")
    kin = _KIN.search(before)
    if kin:
        return f"the {kin[1].lower()}", ("a relative",)
    return _PLAIN["NAME"]


def plain(kind: str) -> tuple[str, tuple[str, ...]]:
    return _PLAIN.get(kind, ("[removed]", ()))
