r"""The part of the rules that runs in a browser as well, for texts that no server may see: written once, in what Python and browsers both read.

A pattern names the signs of words as `{W}` (inside a class), as the two engines spell it differently; it uses no `\b`, `\w` or `\d`, which they
read differently. `curbside deid rules` prints them for the browser; the first of two that overlap stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from curbside.deid import checks
from curbside.deid.span import Found

_MONTHS: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
    "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    "|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|januar|februar|märz|juni|juli|oktober|dezember"
    "|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre"
)
_YEAR: Final = "(?:1[89]|20)[0-9]{2}"
_DAY: Final = "(?:[12][0-9]|3[01]|0?[1-9])"
_UPPER: Final = "[A-ZÀ-ÖØ-Þ]"
_TITLES: Final = "Mr|Mrs|Ms|Mx|Dr|Prof|Mme|Mlle|Dra|Sra|Sr|Sig|Dott|Miss|Professor|Nurse|Herrn|Herr|Frau|Madame|Monsieur|Don|Doña"
_LABELS: Final = (
    "mrn|nhs|chi|nino|ssn|dni|nie|nir|npi|gmc|nhc|ipp|kvnr|passport|policy|account|record|case|hospital|patient id|national insurance"
    "|social security|codice fiscale|versichertennummer|patientennummer|historia|dossier"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern; its group `value` is what is found, all of it what is replaced."""

    kind: str
    pattern: str
    ignore_case: bool = False
    check: str = ""


RULES: Final = (
    Rule("EMAIL", r"(?<![{W}.+%-])(?<value>[{W}.+%'-]{1,64}@[{W}-]{1,63}(?:\.[{W}-]{1,63}){1,6})"),
    Rule("NHS_NUMBER", r"(?<![{W}.+-])(?<value>[0-9]{3}[ .-]{0,3}[0-9]{3}[ .-]{0,3}[0-9]{4})(?![{W}])", check="nhs"),
    Rule("ID", rf"(?<![{{W}}])(?:{_LABELS})(?: (?:number|no|nr|is)){{0,2}}[.:#]{{0,2}} {{0,3}}(?<value>[A-Za-z]{{0,4}}[ -]?[0-9](?:[ -]?[A-Za-z]{{0,2}}[0-9]){{3,14}}[A-Za-z]?)(?![{{W}}])", ignore_case=True),
    Rule("ID", r"(?<![{W}-])(?<value>[0-9]{3}[ -][0-9]{2}[ -][0-9]{4})(?![{W}-])"),
    Rule("DATE", rf"(?<![{{W}}./-])(?<value>{_YEAR}[./-][0-9]{{1,2}}[./-][0-9]{{1,2}})(?![{{W}}])"),
    Rule("DATE", rf"(?<![{{W}}./-])(?<value>{_DAY}(?:/{_DAY}/|\.{_DAY}\.|-{_DAY}-)(?:{_YEAR}|[0-9]{{2}}))(?![{{W}}%]|[./-][0-9])"),
    Rule("DATE", rf"(?<![{{W}}./-])(?<value>{_DAY}(?:st|nd|rd|th|er|\.)? (?:of |de )?(?:{_MONTHS})(?![{{W}}])(?: (?:de |del )?{_YEAR})?)(?![{{W}}])", ignore_case=True),
    Rule("DATE", rf"(?<![{{W}}./-])(?<value>(?:{_MONTHS}) (?:{_DAY}(?:st|nd|rd|th)|{_DAY}, {_YEAR}))(?![{{W}}])", ignore_case=True),
    Rule("PHONE", r"(?<![{W}.+/-])(?<value>(?:\+|00)[1-9](?:[ ()./-]{0,2}[0-9]){7,13})(?![{W}])"),
    Rule("PHONE", r"(?<![{W}.+/(-])(?<value>\(?0[0-9]{2,4}\)?[ -]?[0-9](?:[ -]?[0-9]){5,7})(?![{W}])"),
    Rule("PHONE", r"(?<![{W}.+/(-])(?<value>\(?[2-9][0-9]{2}\)?[ .-][0-9]{3}[ .-][0-9]{4})(?![{W}])"),
    Rule("POSTCODE", r"(?<![{W}/-])(?<value>[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2})(?![{W}])"),
    Rule("AGE", r"(?<![{W}./-])(?<value>9[0-9]|1[01][0-9])(?:[ -]{0,2}(?:years?[ -]old|year[ -]old|yo|jahre alt|ans|años|anni))(?![{W}])", ignore_case=True),
    Rule("NAME", rf"(?<![{{W}}])(?:{_TITLES})\.? (?<value>(?:[A-Z]\. ?){{0,2}}{_UPPER}[{{W}}'’-]{{1,24}}(?: {_UPPER}[{{W}}'’-]{{1,24}}){{0,2}})"),
)  # fmt: skip
_CHECKS: Final[dict[str, Callable[[str], bool]]] = {"nhs": checks.nhs_number}


def as_json() -> str:
    """The rules as the browser's file has them."""
    signs = r"\p{L}\p{N}_"
    rows = [
        {
            "kind": rule.kind,
            "pattern": rule.pattern.replace("{W}", signs),
            "flags": "giu" if rule.ignore_case else "gu",
            "check": rule.check,
        }
        for rule in RULES
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[Rule, re.Pattern[str]], ...]:
    return tuple(
        (rule, re.compile(rule.pattern.replace("{W}", r"\w").replace("(?<value>", "(?P<value>"), re.IGNORECASE if rule.ignore_case else 0))
        for rule in RULES
    )


def find_by_rules(text: str) -> list[Found]:
    """What the browser finds, in the order of the text."""
    found: list[Found] = []
    for rule, pattern in _compiled():
        found += [one for one in _matches(rule, pattern, text) if all(one.end <= other.start or other.end <= one.start for other in found)]
    return sorted(found, key=lambda one: one.start)


def _matches(rule: Rule, pattern: re.Pattern[str], text: str) -> Iterator[Found]:
    for match in pattern.finditer(text):
        if not rule.check or _CHECKS[rule.check](match["value"]):
            yield Found(match.start("value"), match.end("value"), rule.kind, 0.9, "rule", validated=bool(rule.check))
