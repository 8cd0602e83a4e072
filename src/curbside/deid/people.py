"""Rules for names: after a title, after a label, by a known form of words; and every later mention of a name that is certain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from curbside.deid.allowed import EPONYMS, ROLES, WORD_NAMES, is_harmless
from curbside.deid.lexicons import COMMON, COUNTRY, FIRST, KNOWN, LAST, MEDICAL, NAMELIKE, PLACE, SAFE, lists
from curbside.deid.span import Found

_PART: Final = r"(?:(?:[Dd][eiu]|[Dd]el|[Vv][ao]n|[Dd]er|[Ll]a|[Ll]e|[Dd]os|ap|ab|[Bb]in|[Aa]l|[Ee]l|[Tt]er) ){0,2}(?:O'|Mc|Mac|D')?[^\W\d_a-zß-ÿ][^\W\d_]{0,24}(?:[-'][^\W\d_]{2,24})?"
_TITLED: Final = re.compile(
    rf"(?<![^\W\d_])(?:(?:Mr|Mrs|Ms|Mx|Dr|Prof|Mme|Mlle|Dra|Sra|Sr|Hr|Fr|MR|MRS|MS|DR|mr|mrs|dr|Sig|Sig\.ra|Dott|Dr\.ssa|Dott\.ssa)\.?|(?<!\d)(?<!\d )ms\.|Miss|[Ss]ignora?|Professor|Doctor|Sister|Nurse|Midwife|Herrn?|Frau|Madame|Monsieur|Docteur|Don|Doña|D\.|Dña\.?) (?:(?:Dr|Prof|med)\.? ){{0,2}}(?P<name>(?:[A-Z]\.? ?){{0,3}}{_PART}(?: {_PART}){{0,3}})"
)
_SURE_TITLES: Final = (
    "Mr ",
    "Mr. ",
    "Mrs",
    "Ms ",
    "Ms. ",
    "Miss ",
    "Dr ",
    "Dr. ",
    "Prof",
    "Mme",
    "Mlle",
    "Dra",
    "Herr",
    "Frau",
    "Madame",
    "Monsieur",
)
"""After these one capitalised word is a name, whatever else it means."""
_LOWER_TITLED: Final = re.compile(r"(?<![^\W\d_])(?:mr|mrs|ms|dr|miss)\.? (?P<name>[a-z]{2,20}(?: [a-z]{2,20})?)\b")
_LABELLED: Final = re.compile(
    rf"(?<![^\W\d_])(?i:patient(?: name)?|pt|name|full name|surname|forenames?|first name|last name|nok|next of kin|carer|gp|consultant|referrer|seen by|reviewed by|dictated by|signed(?: by)?|cc|dear|attending(?: physician)?|phys|physician|prescriber|provider|surgeon|nombre|apellidos|m[ée]dico|nom|pr[ée]nom|vorname|nachname|name und vorname|remitido por|mother|father|wife|husband|daughter|son|resident|author|clinician)"
    rf"[ \t]{{0,2}}[:=][ \t]{{0,3}}(?P<name>(?:[A-Z]\.? ?){{0,2}}{_PART}(?:,? {_PART}(?![^\W\d_]|[ \t]?[:=])){{0,3}})"
)
_SAID: Final = re.compile(
    rf"\b(?:[Mm]y name is|(?:is|was|patient|he is|she is) (?:called|named)|[Ii] am called|goes by|known as|[Dd]ear) (?P<name>{_PART}(?: {_PART}){{0,2}})"
)
_KIN: Final = re.compile(
    rf"\b(?:(?:his|her|their|my|the) )?(?:[Ww]ife|[Hh]usband|[Ss]on|[Dd]aughter|[Mm]other|[Ff]ather|[Bb]rother|sister|partner|neighbour|neighbor|carer|friend|niece|nephew|aunt|uncle|grandson|granddaughter|fianc[ée]e?),? (?P<name>{_PART}(?: {_PART})?)"
)
_LOWER_KIN: Final = re.compile(r"\b(?:wife|husband|son|daughter|mother|father|brother|sister|partner),? (?P<name>[a-z]{3,20})\b")
_MET: Final = re.compile(
    r"\b(?:(?:boy|girl|baby|child|man|woman|lady|gentleman|patient|nurse|midwife|twins?),|saw|told|met|asked|rang|thanked|spoke to|spoke with|seeing) (?P<name>[A-Z][a-zß-ÿ]{1,20})\b"
)
_ACTS: Final = re.compile(
    r"(?:(?<=^)|(?<=[.!?\n] )|(?<=\n))(?P<name>[A-Z][a-zß-ÿ]{2,20})(?:'s)? (?:is|was|has|had|says|said|reports|reported|denies|denied|presents|presented|attended|feels|felt|lives|lived|came|went|works|worked|takes|took|told|asked|called|phoned|and I)\b",
    re.MULTILINE,
)
_PERSONAL: Final = re.compile(
    r"(?:(?<=^)|(?<=[.!?\n] )|(?<=\n))(?P<name>[A-Z][a-z]{1,15}) (?:denies|denied|reports|reported|says|said|thinks|feels|felt|wants|needs|lives|attended|complains|takes|took|told|asked|presents|presented|declined|phoned|rang"
    r"|has had|has (?:a|an|been|new|lost|stopped|started)|had (?:a|an)|is \d|is (?:keen|on|due|well|worried|allergic|pregnant|asking|having|sleepier|taking)|was (?:seen|admitted|discharged|started|found)|fell|collapsed|drinks|smokes|missed|fractured)\b",
    re.MULTILINE,
)
_OWNS: Final = re.compile(
    r"(?<![\w'-])(?P<name>[^\W\d_a-zß-ÿ][^\W\d_]{1,20})'s (?:bloods?|results?|ecg|ct|mri|x-?ray|scan|echo|biopsy|hba1c|inr|potassium|creatinine|ferritin|haemoglobin|platelets|tsh|bp|wound|rash|growth|bone age|chart|notes|mum|mother|dad|father|wife|husband|partner|sister|brother|son|daughter|gp)\b",
    re.IGNORECASE,
)
_SPEAKS: Final = re.compile(r"\b(?:says|said|thanks|regards|hello|hi|here's|asked by),? (?P<name>[A-Z][a-zß-ÿ]{2,20})(?![\w-])")
_BESIDE: Final = re.compile(r"(?:,| and| &|, and) (?P<name>[^\W\d_a-zß-ÿ][\w'-]{2,24})(?![\w-])")
_PLACED: Final = re.compile(r"\b(?:in|aus|nach|bei|von|a|ad|da|di|presso|near|from|wohnhaft in|residente a)\s$", re.IGNORECASE)
_BED: Final = re.compile(
    r"\b(?:bed|bay|side room|cubicle|room) ?\d{1,2}\b(?: ?\[\w{1,8}\])?[ :,-]{1,3}(?P<name>[A-Za-z]'?[a-z]{2,20}(?:['-][a-z]{2,20})?)\b(?=[ ,-]{1,3}(?:\d|-))"
    r"|\b(?:nok|next of kin)\b:?,? (?:is )?(?P<nok>[a-z]{3,20})\b|\b(?P<kin>[A-Za-z][a-z]{2,20}) \((?:his |her )?(?:son|daughter|wife|husband|mother|father|mum|dad|sister|brother|partner|niece|nephew)\)",
    re.IGNORECASE,
)
_MENTION: Final = re.compile(r"[^\W\d_][\w'-]{1,40}")


def find_people(text: str) -> Iterator[Found]:
    """Names by their surroundings alone."""
    for pattern, score in ((_TITLED, 0.95), (_LABELLED, 0.9), (_SAID, 0.9), (_KIN, 0.9)):
        for match in pattern.finditer(text):
            found = _without_roles(match, score)
            if found and not is_harmless(text, found):
                yield found
    for pattern, never in ((_LOWER_KIN, COMMON | MEDICAL), (_MET, KNOWN)):
        for match in pattern.finditer(text):
            bits = lists(match["name"].lower())
            if bits & FIRST and not bits & never:
                yield Found(match.start("name"), match.end("name"), "NAME", 0.85, "rule: kin or company")
    yield from _actors(text)
    yield from _on_the_ward(text)
    yield from _titled_in_lower_case(text)


def _on_the_ward(text: str) -> Iterator[Found]:
    """Who lies in which bed, and who is next of kin, as people jot it down."""
    for match in _BED.finditer(text):
        group = next(group for group in ("name", "nok", "kin") if match[group])
        bits = lists(match[group].lower())
        if (bits & NAMELIKE or not bits) and not bits & (COMMON | MEDICAL | SAFE) and match[group].lower() not in ROLES:
            yield Found(match.start(group), match.end(group), "NAME", 0.8, "rule: ward list")


def _actors(text: str) -> Iterator[Found]:
    """Who does something at the start of a sentence, who is greeted, and who says something."""
    for match in _ACTS.finditer(text):
        bits = lists(match["name"].lower())
        found = Found(match.start("name"), match.end("name"), "NAME", 0.8, "rule: who does something")
        if bits & FIRST and not bits & (SAFE | COMMON | COUNTRY) and not is_harmless(text, found):
            yield found
    for match in _PERSONAL.finditer(text):
        bits = lists(match["name"].lower())
        if match["name"].lower() in WORD_NAMES and not bits & COUNTRY:
            yield Found(match.start("name"), match.end("name"), "NAME", 0.6, "rule: a word that may be a name")
    for match in _OWNS.finditer(text):
        lower = match["name"].lower()
        bits = lists(lower)
        plain = lower in ROLES or lower in EPONYMS or lower.endswith("day")
        if match["name"][0].isupper() and not plain and (lower in WORD_NAMES or (bits & FIRST and not bits & (SAFE | COMMON | COUNTRY))):
            yield Found(match.start("name"), match.end("name"), "NAME", 0.8, "rule: whose it is")
    for match in _SPEAKS.finditer(text):
        bits = lists(match["name"].lower())
        if bits & NAMELIKE and not bits & (SAFE | COMMON | COUNTRY):
            yield Found(match.start("name"), match.end("name"), "NAME", 0.8, "rule: who speaks")


def _titled_in_lower_case(text: str) -> Iterator[Found]:
    for match in _LOWER_TITLED.finditer(text):
        words = match["name"].split()
        keep = words[:1] if len(words) > 1 and not lists(words[1]) & NAMELIKE else words
        if lists(keep[0]) & NAMELIKE or not lists(keep[0]) & KNOWN:
            start = match.start("name")
            yield Found(start, start + len(" ".join(keep)), "NAME", 0.85, "rule: title")


def _without_roles(match: re.Match[str], score: float) -> Found | None:
    """The name without words of a role or of the trade at its end."""
    words = list(re.finditer(r"[^\s,]+", match["name"]))
    titled = match.re is _TITLED and match[0].startswith(_SURE_TITLES)
    while words and (words[-1][0].lower() in ROLES if titled and len(words) == 1 else _is_word(words[-1][0], alone=len(words) == 1)):
        words.pop()
    while words and words[0][0].lower().rstrip(".:") in ROLES:
        words.pop(0)
    if not words:
        return None
    start = match.start("name")
    return Found(start + words[0].start(), start + words[-1].end(), "NAME", score, "rule: title or label")


def _is_word(word: str, *, alone: bool) -> bool:
    bits = lists(word.lower())
    if word.lower() in ROLES:
        return True
    return bool(bits & KNOWN) and not bits & (FIRST | LAST) and not (alone and word.istitle() and len(word) < 4)


def find_listed(text: str, confirmed: Iterable[Found]) -> Iterator[Found]:
    """Names that stand in one row with a name that is certain: "Monjeau, Graves and Reed"."""
    for found in confirmed:
        end = found.end
        if text[found.start : found.end].lower() in EPONYMS:
            continue
        while match := _BESIDE.match(text, end):
            bits = lists(match["name"].lower())
            if not bits & NAMELIKE or bits & COMMON:
                break
            end = match.end()
            yield Found(match.start("name"), match.end("name"), "NAME", 0.75, "rule: beside a name")


def is_supported(text: str, found: Found) -> bool:
    """Whether a finding of the tagger, in a language it did not learn, is one by the lists as well."""
    words = _MENTION.findall(text[found.start : found.end])
    if found.type in {"ID", "PHONE", "DATE", "AGE"}:
        return True
    if not words or len(words) > 3 or any(word[0].islower() or lists(word.lower()) & COMMON for word in words):
        return False
    if found.type == "NAME":
        return len(words) > 1 and bool(lists(words[0].lower()) & FIRST) and all(lists(word.lower()) & NAMELIKE for word in words)
    placed = _PLACED.search(text, max(0, found.start - 16), found.start) is not None
    return placed and all(lists(word.lower()) & PLACE for word in words)


def find_mentions(text: str, confirmed: Iterable[Found]) -> Iterator[Found]:
    """Capitalised mentions, elsewhere in the text, of a word of a name that is certain."""
    parts: set[str] = set()
    for found in confirmed:
        for word in _MENTION.findall(text[found.start : found.end]):
            lower = word.lower()
            if len(word) >= 3 and lower not in ROLES and lower not in EPONYMS and (not lists(lower) & KNOWN or lists(lower) & FIRST):
                parts.add(lower)
    if not parts:
        return
    for match in _MENTION.finditer(text):
        if match[0].lower().removesuffix("'s") in parts and (match[0][0].isupper() or not lists(match[0].lower()) & KNOWN):
            found = Found(match.start(), match.end() - (2 if match[0].endswith("'s") else 0), "NAME", 0.7, "mention")
            if not is_harmless(text, found):
                yield found
