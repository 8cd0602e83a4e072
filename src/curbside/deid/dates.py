"""Rules for dates in English, Spanish, French and German, and for ages over 89."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from curbside.deid.span import Found

_MONTH: Final = (
    r"(?:jan(?:uary|vier|uar)?|feb(?:ruary|ruar)?|f[ée]v(?:rier)?|mar(?:ch|s|zo)?|märz|apr(?:il)?|avr(?:il)?|abr(?:il)?|may|mayo|mai|ma?y|june?|juin|junio?|juni|july?|juil(?:let)?|julio?|juli|aug(?:ust)?|ao[uû]t|ago(?:sto)?"
    r"|sept?(?:ember|embre|iembre)?|oct(?:ober|obre|ubre)?|okt(?:ober)?|nov(?:ember|embre|iembre)?|dec(?:ember)?|d[ée]c(?:embre)?|dez(?:ember)?|dic(?:iembre)?|enero|ene|febrero|agosto|janv)"
)
_YEAR: Final = r"(?:1[89]|20)\d{2}"
_DAY: Final = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|er|º)?"
_CLOCK: Final = r"(?:[T ,]{1,2}(?:at )?\d{1,2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?"
_DATE: Final = re.compile(
    rf"(?<![\w./-])(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:{_YEAR}|\d{{2}})|{_YEAR}[/.-]\d{{1,2}}[/.-]\d{{1,2}}){_CLOCK}(?![\w%]|[./-]\d)"
    rf"|(?<![\w./-])\d{{1,2}} ?/ ?\d{{1,2}} ?/ ?{_YEAR}(?!\w)"
    rf"|(?<![\w./-]){_DAY}[\s./-]{{0,2}}(?:of |de |\.)?[\s-]{{0,2}}{_MONTH}\b\.?(?:[\s,'/-]{{0,3}}(?:de |del )?(?:{_YEAR}|\d{{2}}(?![\w/:.-])))?(?!\w)"
    rf"|(?<!\w){_MONTH}\b\.?[\s-]{{0,2}}(?:the )?{_DAY}(?:\s?[-–]\s?\d{{1,2}}\b)?(?:[\s,]{{1,3}}(?:{_YEAR}))?(?![\w/%]|[.:]\d)"
    rf"|(?<!\w){_MONTH}\b\.?[\s,/'-]{{0,2}}(?:of |de )?{_YEAR}(?!\w)",
    re.IGNORECASE,
)
_BIRTH: Final = re.compile(
    r"\b(?:d\.?[o0]\.?b\.?|born|birth(?:\s?day|\s?date)?|né[e]?|geb(?:oren)?|nacid[oa]|nacimiento)\b\.?[^\d\n]{0,14}(?P<value>\d{8}|\d{6}|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{1,4})?|(?:1[89]|20)\d{2})(?!\w)",
    re.IGNORECASE,
)
_PARTIAL: Final = re.compile(
    r"\b(?:on|seen|admitted|dated?|visit|since|discharged|surgery|appointment|appt|from|d/c|until|due|lmp|edd|booked for|review|f/u)\b[:\s]{1,2}(?:on )?(?P<value>(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|[12]\d|3[01]))(?![\w/%])",
    re.IGNORECASE,
)
_DAYNAME: Final = re.compile(
    r"\bon (?P<value>(?:mon|tues|wednes|thurs|fri|satur|sun)day) (?:morning|afternoon|evening|night)?", re.IGNORECASE
)
_CITED: Final = re.compile(
    r"\b(?:updated|published|accessed|version|revised|issued|guidelines?|guidance|et al|vol|lancet|nejm|bmj|jama|pmid|doi|epub|n engl j med|ann intern med|circulation|nice|esc|aha|trial|approved|licensed)\b\.?(?:(?![.!?]\s)[^\n\r]){0,30}$",
    re.IGNORECASE,
)
_OLD_WORDS: Final = r"(?:ninety|one hundred|a hundred|hundred)(?:[ -](?:and )?(?:one|two|three|four|five|six|seven|eight|nine|ten))?"
_OLD: Final = r"(?:9\d|1[01]\d)"
_AGE: Final = re.compile(
    rf"(?<![\w./-])(?P<a>{_OLD}|{_OLD_WORDS})(?:[\s-]{{0,2}}(?:years?[\s-]{{0,2}}(?:of age|old)|year[\s-]old|yrs?\b(?:[\s-]old)?|yo\b|y/o|y\.o\.|years?,|(?:jahre alt|jährig|j\.)|ans\b|años)"
    rf"|[\s-]?(?:f|m|female|male|woman|man|lady|gentleman)\b)"
    rf"|\b(?:aged?|edad|âge|âgée?(?: de)?|alter|nearly|turned|turning|turns)\b[^\d\n.;,]{{0,40}}?(?P<b>{_OLD})(?![\w%/]|[.,]\d)"
    rf"|\bage[ds]? (?:of )?(?P<c>{_OLD_WORDS})\b",
    re.IGNORECASE,
)


def find_dates(text: str) -> Iterator[Found]:
    """Dates, and ages over 89."""
    for match in _DATE.finditer(text):
        if _plausible(match[0]) and not _CITED.search(text, max(0, match.start() - 45), match.start()):
            yield Found(match.start(), match.end(), "DATE", 0.9, "rule: date")
    for pattern in (_BIRTH, _PARTIAL, _DAYNAME):
        for match in pattern.finditer(text):
            yield Found(match.start("value"), match.end("value"), "DATE", 0.85, "rule: date by its label")
    for match in _AGE.finditer(text):
        group = next(name for name in ("a", "b", "c") if match[name])
        yield Found(match.start(group), match.end(group), "AGE", 0.9, "rule: age over 89")


def _plausible(value: str) -> bool:
    """Not a decimal, a ratio, "may 5 mg", "1 may cause" or a FEV; parts that can be a day and a month."""
    if value.startswith("FEV") or re.fullmatch(r"\d{1,2} may", value):
        return False
    parts = [int(part) for part in re.findall(r"\d{1,4}", value)]
    if re.fullmatch(r"[\d./ -]+", value) and len(parts) == 3:
        small = parts[1:] if parts[0] > 31 else parts[:2]
        return all(1 <= part <= 31 for part in small) and min(small) <= 12 and not (value.count(".") == 2 and len(value) < 7)
    if re.match(r"(?:may|mar|march|sept?|dec)\b", value) and not re.search(r"\d{4}", value):
        return bool(re.search(r"(?:st|nd|rd|th)$", value))
    return True


def is_cited(text: str, start: int) -> bool:
    """Whether what stands before makes a date that of a publication."""
    return _CITED.search(text, max(0, start - 45), start) is not None
