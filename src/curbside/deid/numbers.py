"""Rules for numbers that name one person or thing: labelled, with a check digit, or merely long."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from curbside.deid import checks
from curbside.deid.span import Found

_CHECKED: Final[tuple[tuple[str, re.Pattern[str], Callable[[str], bool] | None, str], ...]] = (
    ("NHS_NUMBER", re.compile(r"(?<![\w.+-])\d{3}[\s.-]{0,3}\d{3}[\s.-]{0,3}\d{4}(?![\w]|[.-]\d)"), checks.nhs_number, "rule: NHS number"),
    ("ID", re.compile(r"(?<![\w-])\d{3}[- ]\d{2}[- ]\d{4}(?![\w-])"), checks.ssn, "rule: social security number"),
    ("ID", re.compile(r"(?<![\w.+-])[12]\d{9}(?![\w]|[.-]\d)"), checks.npi, "rule: NPI"),
    ("ID", re.compile(r"(?<!\w)[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?!\w)", re.IGNORECASE), None, "rule: codice fiscale"),
    ("ID", re.compile(r"(?<!\w)[A-Z]\d{9}(?!\w)"), checks.kvnr, "rule: Krankenversichertennummer"),
    ("ID", re.compile(r"(?<!\w)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D](?!\w)", re.IGNORECASE), None, "rule: National Insurance number"),
    ("ID", re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ -]?[0-9A-Z]{4}){2,7}(?:[ -]?[0-9A-Z]{1,3})?(?!\w)", re.IGNORECASE), checks.iban, "rule: IBAN"),
    ("ID", re.compile(r"(?<!\w)[A-Z]{2}\d{2}[A-Z]{4}\d{14}(?!\w)", re.IGNORECASE), None, "rule: IBAN"),
    ("ID", re.compile(r"(?<!\w)[1-478][ .]?\d{2}[ .]?\d{2}[ .]?(?:\d{2}|2[AB])[ .]?\d{3}[ .]?\d{3}(?:[ .]?\d{2})?(?!\w)"), checks.nir, "rule: NIR"),
    ("ID", re.compile(r"(?<!\w)[XYZ0-9]\d{7}[ -]?[A-Z](?!\w)"), checks.dni, "rule: DNI or NIE"),
    ("ID", re.compile(r"(?<![\w])(?:\d{4}[ -]?){3}\d{1,7}(?![\w])"), checks.luhn, "rule: card"),
    ("ID", re.compile(r"(?<!\w)[A-HJ-NPR-Z0-9]{17}(?!\w)"), checks.vin, "rule: vehicle"),
    ("ID", re.compile(r"(?<!\w)(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?!\w)"), None, "rule: hardware address"),
)  # fmt: skip

_LABEL: Final = re.compile(
    r"(?<![^\W\d_])(?:m\.?\s?r\.?\s?n\.?|(?:medical|clinical|health|hospital|patient|care|chart|unit)[ -](?:record|file|chart|number|no|id|identifier|identification|ref|reference|index|key)"
    r"|(?:record|chart|account|acct|invoice|billing|policy|member(?:ship)?|subscriber|insurance|group|plan|medicare|medicaid|beneficiary|licen[cs]e|dea|npi|gmc|nmc|hcpc|passport|driv(?:er|ing)"
    r"|ssn|social security|national insurance|ni|nino|chi|nhs|h&c|accession|specimen|sample|lab|order|encounter|visit|episode|referral|authori[sz]ation|claim|device|serial|implant|lot|certificate|vin|vehicle"
    r"|registration|employee|staff|badge|student|tax|our ref|your ref|ref|reference|ubrn|emis|pas|case|hosp|unit|mrn|id|identifier|fingerprint|retinal?|iris|voice ?print|biometric|face template|pacemaker|card|passport"
    r"|nhc|nass|cipa|n[ºo°]\s?col|colegiado|dni|nie|nif|historia|episodio|ipp|nir|s[ée]curit[ée] sociale|dossier|versicherten|patienten|fall|kvnr|s/n))"
    r"(?![^\W\d_])(?:[ -]{0,2}(?:no|nos|nr|num|number|numéro|número|nummer|nº|n°|#|id|ids|identifier|ref|reference|code|key|value|entry|record|account|card|plate|licen[cs]e|security|is|was|of|has|checked|as|template)\b[.º°]?){0,4}"
    r"[ \t]{0,3}(?:[:=#→/|.(\[-]|--){0,2}[ \t]{0,3}[\"'(\[]?"
    r"(?P<value>(?-i:[A-Z]{0,6}|[a-z]{1,3})[-/ ]?\d(?:[A-Za-z0-9]|[-/. ](?=[A-Za-z]{0,2}\d)){1,28}(?:[-/ ]?[A-Z](?![A-Za-z]))?)(?![A-Za-z0-9%])",
    re.IGNORECASE,
)  # fmt: skip

_LONG: Final = re.compile(r"(?<![\w./@=#-])#?(?P<value>[A-Za-z]{0,6}[-/]?\d{1,20}(?:[-/]?[A-Za-z0-9]{1,20}){0,4})(?![\w@]|[.,:]\d)")
_PUBLIC: Final = re.compile(
    r"(?:pmid|pmcid|pmc|doi|nct|isrctn|eudract|rs|gse?m?|nm_|np_|ens[tg]|omim|orpha(?:net)?|hp|doid|mesh|snomed|loinc|umls|isbn|issn|cochrane|cd|ukctr|pubmed|chembl|rxnorm|cas|arxiv|grant|utn|prospero|crd|drks|jprn|actrn|chictr|ctri|10\.\d{4,5}/)"
    r"(?:\s?(?:id|no|number|code))?[\s:#.(]{0,3}$",
    re.IGNORECASE,
)
_UNIT: Final = re.compile(
    r"\s{0,2}(?:%|°|[µμ]|x\s?10|×|/\s?[µμmld]|(?:mg|mcg|ug|g|kg|ml|l|dl|iu|units?|u|mmol|nmol|pmol|cells?|copies|mm|cm|kcal|cal|steps|patients|people|participants|women|men|children|cases|births|persons|years?|adults|deaths|individuals|ng|pg|hz|ms|mhg|mmhg|bpm|per|million|thousand|dollars|euros|hours|days|weeks|months|platelets|copias|pacientes)\b)",
    re.IGNORECASE,
)
_ACADEMIC: Final = re.compile(
    r"(?:NCT|PMC|ISRCTN|GSE|GSM|CRD|DRKS|ACTRN|CHEMBL|ENS[TGP]|rs|HP|DOID|OMIM|COVID|ICD|PMID)[-:]?\d+", re.IGNORECASE
)


def find_numbers(text: str) -> Iterator[Found]:
    """Every rule on the plain text; overlapping findings are merged by the caller."""
    for kind, pattern, check, source in _CHECKED:
        for match in pattern.finditer(text):
            valid = check is not None and check(match[0])
            if valid or check is None:
                yield Found(match.start(), match.end(), kind, 0.99 if valid else 0.9, source, validated=valid)
    for match in _LABEL.finditer(text):
        yield from _labelled(text, match)
    for match in _LONG.finditer(text):
        if _long_enough(match["value"]) and not _harmless(text, match):
            yield Found(match.start("value"), match.end("value"), "ID", 0.75, "rule: long number")


def _labelled(text: str, match: re.Match[str]) -> Iterator[Found]:
    value = match["value"]
    digits = sum(char.isdecimal() for char in value)
    label = match[0][: match.start("value") - match.start()].lower()
    least = (
        5
        if re.match(
            r"(?:case|lab|visit|group|unit|ref|order|plan|fall|id|card|ni|lot|implant|device|sample|episode|referral|care|chi|pas)\b", label
        )
        else 4
    )
    if digits >= least and not _UNIT.match(text, match.end()) and not _PUBLIC.search(text, max(0, match.start() - 16), match.start()):
        yield Found(match.start("value"), match.end("value"), "ID", 0.9, "rule: labelled number")


def _long_enough(value: str) -> bool:
    digits = sum(char.isdecimal() for char in value)
    letters = sum(char.isalpha() for char in value)
    return digits >= 6 or (digits >= 5 and 1 <= letters <= 4 and value[:2].isupper())


def _harmless(text: str, match: re.Match[str]) -> bool:
    value = match["value"]
    if _ACADEMIC.fullmatch(value) or _PUBLIC.search(text, max(0, match.start() - 24), match.start()) or _UNIT.match(text, match.end()):
        return True
    if re.fullmatch(r"\d{3,7}0-\d{3,7}0|\d{1,4}00-\d{1,4}00|1/10{2,6}", value):
        return True
    pair = re.fullmatch(r"(\d{2,6})[-/](\d{2,6})", value)
    if pair and (value.count("-") and abs(int(pair[1]) - int(pair[2])) < max(int(pair[1]), 1) and len(pair[1]) <= 4 and len(pair[2]) <= 4):
        return bool(len(pair[1]) < 4 or pair[1].endswith("0") or pair[1][:2] in {"19", "20"})
    if pair and len(pair[1]) <= 3 and len(pair[2]) <= 3:
        return True
    return bool(re.fullmatch(r"[1-9]0{5,}|[1-9]\d0{4,}", value))


def is_public(text: str, found: Found) -> bool:
    """Whether a number names a trial, an article, a gene or a code list's entry, and no person."""
    value = text[found.start : found.end]
    if re.fullmatch(r"\d{3,7}0-\d{3,7}0", value):
        return True
    return _ACADEMIC.fullmatch(value) is not None or _PUBLIC.search(text, max(0, found.start - 24), found.start) is not None
