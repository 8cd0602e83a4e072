"""Where conditions come from: the tables of ICD-10-CM (public domain) and synonyms of the Disease Ontology (CC0). No Django.

Codes whose seventh character tells the visit (initial, subsequent, sequela) are left out: they say nothing more of what somebody has.
"""

import csv
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_ASIDE: Final = re.compile(r"\s*(?:\[[^\]]*\]|\([^)]*\))")
_UNSPECIFIED: Final = re.compile(r", unspecified(?: organism)?$")
SYNONYMS: Final = Path(__file__).parent / "data" / "synonyms.tsv"


@dataclass(frozen=True, slots=True)
class SourceTerm:
    """A term as a source gives it. ``same`` as in models.Term."""

    language: str
    text: str
    same: bool


@dataclass(frozen=True, slots=True)
class SourceCondition:
    """A code with its label and further terms."""

    code: str
    label: str
    terms: tuple[SourceTerm, ...]


def read_conditions() -> Iterator[SourceCondition]:
    """Every condition of the classification's present edition, in the order of codes. Takes about 2 s and 200 MB."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it reads its files in an older way
        import simple_icd_10_cm as icd  # loads its tables when imported
    synonyms = read_synonyms()
    for code in icd.get_all_codes():
        if not icd.is_chapter_or_block(code) and not icd.is_extended_subcategory(code):
            label = icd.get_description(code)
            included = [SourceTerm("en", text, same=False) for text in icd.get_inclusion_term(code)]
            yield SourceCondition(code, label, (*plain_terms(label), *synonyms.get(code, ()), *included))


def plain_terms(label: str) -> tuple[SourceTerm, ...]:
    """A label as people write it: "Dengue fever" of "Dengue fever [classical dengue]", "Pneumonia" of "Pneumonia, unspecified organism"."""
    plain = _ASIDE.sub("", _UNSPECIFIED.sub("", label)).strip()
    return (SourceTerm("en", plain, same=True),) if plain != label else ()


def read_synonyms() -> dict[str, tuple[SourceTerm, ...]]:
    """The Disease Ontology's synonyms by code."""
    found: dict[str, tuple[SourceTerm, ...]] = {}
    with SYNONYMS.open(encoding="utf-8", newline="") as file:
        for code, language, text in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            found[code] = (*found.get(code, ()), SourceTerm(language, text, same=True))
    return found
