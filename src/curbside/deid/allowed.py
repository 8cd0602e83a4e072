"""What looks like a name and is none: eponyms, scores, signs, guideline bodies, medicines, departments."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from curbside.deid.lexicons import COMMON, COUNTRY, EPONYM, FIRST, LAST, MEDICAL, PLACE, SAFE, lists
from curbside.deid.span import Found

_TITLE: Final = re.compile(
    r"(?:\b(?:mr|mrs|ms|miss|mx|dr|prof|professor|sister|nurse|sir|dame|don|doña|sra?|dra|mme|mlle|madame|monsieur|m|herr|frau|doctor|docteur)\b\.?\s{0,2}(?:med\.\s)?)$",
    re.IGNORECASE,
)
_THING: Final = re.compile(
    r"(?:'s|'|s')?[\s-]{0,2}(?:[a-zé-]{2,15} )?(?:disease|syndrome|sign|test|score|scale|criteria|classification|stage|grade|lymphoma|sarcoma|tumou?r|cyst|palsy|ataxia|dystrophy|reflex|response|man(?:oeuvre|euver)|phenomenon|procedure|operation"
    r"|fracture|deformity|contracture|hernia|nodes?|nodules?|ulcer|bodies|body|cells?|lesion|index|rule|formula|equation|trial|study|protocol|guidelines?|catheter|drain|tube|incision|line|solution|lactate|stain|virus|chorea|granulomatosis"
    r"|arteritis|vasculitis|thyroiditis|purpura|nephropathy|cirrhosis|esophagus|oesophagus|position|phenotype|anomaly|malformation|triad|law|point|encephalopathy|psychosis|neuropathy|gangrene|fundoplication|anastomosis|therapy|diet|regimen|splint|collar|bandage|needle|forceps|elevator|score|questionnaire|inventory|tool|staging|exanthem|rash|aphasia|area|muscle|duct|gland|space|ligament|canal|tubercle|papilla|sulcus|et al|plot|curve|ratio|bladder|disorder|jaundice|dementia|epilepsy|hepatitis|foot|arthropathy|risk|scoring|impairment|murmur|pulse|breathing|respiration|spots?|rings?|lines|nails|crisis|thrombosis|hump|polyps?|diverticulum|pouch|block|fistula|membrane|reaction|clamp|retractor|early warning|stool chart)\b",
    re.IGNORECASE,
)  # fmt: skip
_THING_BEFORE: Final = re.compile(
    r"\b(?:signe? d[e']|signo de|test de|escala de|enfermedad de|s[íi]ndrome de|maladie d[e']|syndrome d[e']|score de|morbus|criteria of|enfermedad|tumor de|trial|score|like|manoeuvre of|and|or|,|/)\s?$",
    re.IGNORECASE,
)
_PATIENTS_OWN: Final = re.compile(
    r"\s(?:drain|lines?|foot|pulse|breathing|rash|nails|ulcer|jaundice|dementia|epilepsy|thrombosis|risk)\b", re.IGNORECASE
)
"""What a patient has as well as somebody's eponym: "Kowalski drain" and "Penrose drain"."""
_WORT: Final = re.compile(r"st\.? john'?s'? wort|rome (?:ii|iii|iv)\b", re.IGNORECASE)
_DATA: Final = Path(__file__).parent / "data"
_SOFT: Final = " ~"
"""After an eponym in the file: it is a common name or word as well, so that alone it tells nothing."""


def _lines(file: str) -> list[str]:
    return (_DATA / file).read_text(encoding="utf-8").splitlines()


EPONYMS: Final = frozenset(line.removesuffix(_SOFT) for line in _lines("eponyms.txt"))
_STRONG_SOFT: Final = frozenset(["ann", "gina", *(line.removesuffix(_SOFT) for line in _lines("eponyms.txt") if line.endswith(_SOFT))])
ROLES: Final = frozenset(_lines("roles.txt"))
WORD_NAMES: Final = frozenset(word.lower() for word in _lines("word_names.txt"))
"""Given names that are words too."""
_INSTITUTION: Final = re.compile(
    r"\b(?:american|european|british|royal college|national|world health|international|society|college|association|academy|institute of health|organi[sz]ation|foundation for|task ?force|guidelines?|cochrane|mayo|proceedings|journal|committee|agency|council|department of|ministry|federal|food and drug|medicare|medicaid|nhs england|public health|diagnostic and statistical|anxiety and depression)\b",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def is_eponymous(text: str, end: int) -> bool:
    """Whether a thing named after somebody, or after some place, goes on here: criteria, a sign, a disease."""
    return _THING.match(text, end) is not None


def is_harmless(text: str, found: Found) -> bool:
    """Whether a finding of the tagger is only an eponym, a body, a department or a word of the trade."""
    value = text[found.start : found.end]
    words = [word.lower() for word in _WORD.findall(value)]
    if not words:
        return found.type in {"NAME", "ORG", "OTHER", "LOCATION"}
    before = text[max(0, found.start - 24) : found.start]
    if (value.lower() == "mary joseph" and _THING.match(text, found.end)) or _WORT.match(text, found.start):
        return True
    titled = _TITLE.search(before) is not None
    if found.type == "NAME":
        return not titled and _is_term(text, found, words, before)
    if found.type in {"ORG", "OTHER"} and all(word in EPONYMS for word in words):
        return True
    if found.type in {"LOCATION", "ORG", "FACILITY"}:
        return (
            bool(_INSTITUTION.search(value))
            or all(word in ROLES for word in words)
            or (
                found.type != "FACILITY"
                and (_THING.match(text, found.end) is not None and any(word in EPONYMS or not lists(word) & PLACE for word in words))
            )
        )
    return False


def _is_term(text: str, found: Found, words: list[str], before: str) -> bool:
    if all(word in ROLES for word in words):
        return True
    if _THING.match(text, found.end) and (len(words) <= 2 or any(word in EPONYMS for word in words)):
        told = EPONYM if _PATIENTS_OWN.match(text, found.end) else EPONYM | SAFE | LAST
        return any(word in EPONYMS or lists(word) & told for word in words)
    eponymous = all(word in EPONYMS or word == "s" for word in words)
    if len(words) == 2 and words[0] in _STRONG_SOFT and " " in text[found.start : found.end] and words[1] != "arbor":
        eponymous = False
    if eponymous and (_THING_BEFORE.search(before) or not all(word in _STRONG_SOFT for word in words)):
        return True
    known = [lists(word) for word in words]
    if any(len(word) > 1 for word in words) and all(bits & MEDICAL and not bits & (FIRST | LAST) for bits in known):
        return True
    value = text[found.start : found.end]
    if value.isupper() and all(bits & SAFE and bits & COMMON and word not in WORD_NAMES for bits, word in zip(known, words, strict=True)):
        return True
    lower = value.islower()
    return lower and all(bits & SAFE and not bits & (FIRST | LAST | PLACE | COUNTRY) for bits in known) and text[: found.start].islower()
