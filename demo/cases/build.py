# ruff: noqa: INP001 - a script beside its data
"""Makes the demo's cases from published sets: `CURBSIDE_REAL_DATA=FOLDER python demo/cases/build.py`.

Everything is done by rule, so that anyone can make the same files again: which texts, which specialty, and each title. The languages
of CasiMedicos are translations of each other, so each case is taken in one language only.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

HERE = Path(__file__).resolve().parent
TURNS = ("en", "en", "en", "es", "es", "es", "fr", "fr", "fr", "it")
"""Which language takes a case, in turn."""
SHORTEST_JOURNAL_TEXT, FEWEST_STEMS = 600, 3
JOURNAL_CASES = {"en": 40, "fr": 30}
"""Journals whose licence is CC BY 4.0 by their own statement."""
SHORTEST_TITLE, LONGEST_TITLE = 30, 95
LONGEST_STORY, LONGEST_COMMENT = 6_000, 5_000

CASIMEDICOS_ATTRIBUTION = (
    "Case, question and comment: CasiMedicos, prepared as Antidote CasiMedicos by the HiTZ Center, UPV/EHU, {number}. "
    "Title made by rule. CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
)
JOURNAL_ATTRIBUTION = (
    "{authors}. {source}, {published}. {link} (E3C corpus, {number}). "
    "Title made by rule; the question is not the authors'. CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
)
OUTCOME = {
    "en": "The examiners' answer was {answer}",
    "es": "La respuesta del examen era {answer}",
    "fr": "La réponse de l'examen était {answer}",
    "it": "La risposta dell'esame era {answer}",
}
CHOICE_QUESTION = {
    "en": "Which of these would you choose?",
    "es": "¿Cuál de estas elegiría?",
    "fr": "Laquelle choisiriez-vous ?",
    "it": "Quale di queste scegliereste?",
}
JOURNAL_QUESTION = {
    "en": "What would you have done differently?",
    "fr": "Qu'auriez-vous fait autrement ?",
}

# The first pattern that is found in the set's own English heading decides.
HEADINGS = (
    ("PEDIATR", "paediatrics"), ("GYN", "obstetrics-gynaecology"), ("OBSTET", "obstetrics-gynaecology"), ("ENDOCRIN", "endocrinology"),
    ("NEUROSURG", "neurosurgery"), ("NEUROL", "neurology"), ("NEPHROL", "nephrology"), ("HEMATOL", "haematology"),
    ("RHEUMAT", "rheumatology"), ("TRAUMA", "orthopaedics"), ("ORTHOP", "orthopaedics"), ("INFECT", "infectious-diseases"),
    ("MICROBIO", "infectious-diseases"), ("DIGEST", "gastroenterology"), ("GASTRO", "gastroenterology"), ("OPHTHALM", "ophthalmology"),
    ("PSYCHIATR", "psychiatry"), ("DERMAT", "dermatology"), ("PLASTIC", "plastic-surgery"), ("CARDIO", "cardiology"),
    ("EMERGENC", "emergency-medicine"), ("CRITICAL", "intensive-care"), ("ANESTH", "anaesthetics"), ("ANAESTH", "anaesthetics"),
    ("GENETIC", "clinical-genetics"), ("IMMUNOL", "allergy"), ("ALLERG", "allergy"), ("ONCOL", "oncology"), ("OTO", "otolaryngology"),
    ("MAXILLO", "oral-maxillofacial-surgery"), ("PNEUMO", "respiratory-medicine"), ("PULMON", "respiratory-medicine"),
    ("THORACIC", "thoracic-surgery"), ("UROL", "urology"), ("PHARMAC", "pharmacology"), ("PATHOLOG", "pathology"), ("ANATOM", "pathology"),
    ("PALLIAT", "palliative-care"), ("GERIATR", "geriatrics"), ("PRIMARY", "general-practice"), ("FAMILY", "general-practice"),
    ("EPIDEMIO", "public-health"), ("PREVENT", "public-health"), ("STATIST", "public-health"), ("VASCULAR", "vascular-surgery"),
    ("RADIOL", "radiology"), ("SURGERY", "general-surgery"), ("INTERNAL", "internal-medicine"),
)  # fmt: skip

# Journal texts have no heading: the specialty with most of its stems in the text, if it has at least three and leads by half.
STEMS = {
    "neurology": r"neurol|cérébr|cerebr|epilep|épilep|seizure|crisi convuls|hemipar|hémipar|emipar|encephal|encéphal|encefal",
    "cardiology": r"cardi|ecg\b|myocard|miocard|aort|ventric|coronar",
    "respiratory-medicine": r"pulmon|polmon|bronch|pleur|dyspn|dispn|thorac",
    "gastroenterology": r"hepat|hépat|epat|endoscop|gastr|colon|biliar|biliai|pancrea|abdom|ascit",
    "obstetrics-gynaecology": r"uter|utér|ovar|ovai|pregnan|grossesse|gravid|fœt|foet|fetal|cesar|césar|métrorrag",
    "ophthalmology": r"ocular|oculai|ocular|retin|rétin|visual acuity|acuité visuelle|corne|ophtalm|ophthalm",
    "dermatology": r"cutan|derm|skin|pustul|érythém|erythem",
    "urology": r"urin|bladder|vessie|prostat|testic|vésical|ureter|urét",
    "nephrology": r"nephr|néphr|nefr|creatinin|créatinin|dialys|dialis|proteinur|protéinur|renal|rénal",
    "orthopaedics": r"fractur|frattur|femur|fémur|tibia|bone|osseu|orthop|articul",
    "infectious-diseases": r"tubercul|hiv\b|vih\b|malaria|paludis|septic|batter|bactér|bacter|antibiot",
    "haematology": r"leuk|leuc|lymph|linfom|anemi|anémi|thromb|myelo|myélo",
    "endocrinology": r"thyro|tiroid|diabet|diabèt|insulin|adrenal|surrén|surren|pituit|hypophys|ipofis",
    "otolaryngology": r"laryn|nasal|nasale|tympan|mastoid|mastoï|sinus|pharyn|ear\b|oreille",
    "paediatrics": r"newborn|nouveau[- ]né|neonat|néonat|infant|nourrisson|child|enfant|bambin",
    "oncology": r"tumou?r|carcin|chemother|chimioth|chemioter|metast|métast",
}
_NAMED_PATIENT = re.compile(r"\b(?:Mr|Mrs|Ms|Mme|Mlle|Madame|Monsieur|M\.)\s?[A-Z]|\b[A-Z]\.\s?[A-Z]\b|^[A-Z]{2},")


class Comment(TypedDict):
    """A comment; ``by`` is "other" or "asker", and what the asker says replies to the comment before."""

    by: str
    body: str
    attribution: str


class DemoCase(TypedDict):
    """One line of a file."""

    language: str
    specialty: str
    title: str
    story: str
    question: str
    attribution: str
    comments: list[Comment]


def read_lines(file: Path) -> Iterator[dict[str, object]]:
    """The objects of a JSONL file."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def make_title(text: str) -> str:
    """The first sentence, cut at its last clause that fits."""
    words = re.sub(r"^(?:Case report|Case|Cas|Observation)(?: n°)? ?[0-9]+:? ", "", " ".join(text.split()))
    ends = [match.start() for match in re.finditer(r"(?<=[a-zà-ÿ0-9)])[.?!:](?:\s|$)", words)]
    sentence = words[: next((end for end in ends if end >= SHORTEST_TITLE), len(words))].strip(" .:;,¿")
    if len(sentence) <= LONGEST_TITLE:
        return sentence
    start = sentence[:LONGEST_TITLE]
    clause = max(start.rfind(mark) for mark in (", ", "; ", " ("))
    return start[:clause] if clause >= LONGEST_TITLE // 2 else start.rsplit(" ", 1)[0] + "…"


def heading_specialty(heading: str) -> str:
    """The slug of a heading of CasiMedicos."""
    return next((slug for pattern, slug in HEADINGS if pattern in heading.upper()), "internal-medicine")


def text_specialty(text: str) -> str:
    """The slug that a journal's text speaks of most, or an empty text where none leads."""
    found = sorted(((len(re.findall(stems, text.lower())), slug) for slug, stems in STEMS.items()), reverse=True)
    (most, slug), (second, _other) = found[0], found[1]
    return slug if most >= FEWEST_STEMS and most > 1.5 * second else ""


def _plain_option(option: object) -> str:
    """An option without its number; the set writes "nan" where there is none."""
    return re.sub(r"^[0-9]+ *[-.)] *", "", str(option)).strip()


def plain_options(options: list[str]) -> str:
    """The options as a numbered list in Markdown."""
    return "\n".join(f"{number}. {option}" for number, option in enumerate(options, 1))


def casimedicos(folder: Path, language: str) -> Iterator[DemoCase]:
    """The cases whose turn is this language's, so that no two languages hold the same one; of questions on one case, the first."""
    headings = [str(row["specialty"]) for row in read_lines(folder / "casimedicos_en_dev.jsonl")]
    turns = {place: TURNS[turn % len(TURNS)] for turn, place in enumerate(distinct_places(folder))}
    for place, row in enumerate(read_lines(folder / f"casimedicos_{language}_dev.jsonl")):
        if turns.get(place) == language:
            yield _exam_case(row, language, headings[place])


def distinct_places(folder: Path) -> list[int]:
    """The rows whose case no earlier row tells, in any language: the translations of a repeated case can differ by a word."""
    told: set[str] = set()
    places = []
    for place, rows in enumerate(
        zip(*(read_lines(folder / f"casimedicos_{language}_dev.jsonl") for language in dict.fromkeys(TURNS)), strict=True)
    ):
        stories = {str(row["case"] or row["question"]) for row in rows}
        if told.isdisjoint(stories):
            places.append(place)
        told |= stories
    return places


def _exam_case(row: dict[str, object], language: str, heading: str) -> DemoCase:
    story, question, comment = str(row["case"] or ""), str(row["question"]), str(row["doctor_comment"])
    raw = row["options"]
    options = [option for option in map(_plain_option, raw) if option not in {"", "nan"}] if isinstance(raw, list) else []
    asked = question if story else CHOICE_QUESTION[language]
    attribution = CASIMEDICOS_ATTRIBUTION.format(number=row["id"])
    comments = [Comment(by="other", body=comment[:LONGEST_COMMENT], attribution=attribution)]
    correct = str(row["correct"])
    if correct.isdigit() and 1 <= int(correct) <= len(options):
        answer = plain_options(options).split("\n")[int(correct) - 1].rstrip(".") + "."
        comments.append(Comment(by="asker", body=OUTCOME[language].format(answer=answer), attribution=""))
    return DemoCase(
        language=language, specialty=heading_specialty(heading), title=make_title(story or question), story=story or question,
        question=f"{asked}\n\n{plain_options(options)}" if options else asked, attribution=attribution, comments=comments,
    )  # fmt: skip


def journal_cases(folder: Path, language: str, count: int) -> list[DemoCase]:
    """The first case reports of a language that name no patient, have their authors, and speak of one specialty."""
    made: list[DemoCase] = []
    for row in read_lines(folder / "e3c_ccby_dev.jsonl"):
        text, authors = str(row["text"]), row["authors"]
        link = f"https://doi.org/{row['doi']}" if row["doi"] else str(row["url"] or "")
        specialty = text_specialty(text)
        fits = row["lang"] == language and row["kind"] == "journal" and SHORTEST_JOURNAL_TEXT < len(text) < LONGEST_STORY
        if not (fits and specialty and link and isinstance(authors, list) and authors):
            continue
        if _NAMED_PATIENT.search(text) or "consent" in make_title(text):
            continue
        attribution = JOURNAL_ATTRIBUTION.format(
            authors=", ".join(map(str, authors)), source=row["source"], published=str(row["published"])[:4], link=link, number=row["id"]
        )
        made.append(
            DemoCase(
                language=language, specialty=specialty, title=make_title(text), story=text, question=JOURNAL_QUESTION[language],
                attribution=attribution, comments=[],
            )
        )  # fmt: skip
        if len(made) == count:
            break
    return made


def write_lines(file: Path, cases: list[DemoCase]) -> None:
    """Write a JSONL file."""
    file.write_text("".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases), encoding="utf-8")
    print(f"{file.name}: {len(cases)} cases")


def main() -> None:
    """Write every file beside this script."""
    folder = Path(os.environ["CURBSIDE_REAL_DATA"]) / "cases"
    for language in dict.fromkeys(TURNS):
        write_lines(HERE / f"casimedicos_{language}.jsonl", list(casimedicos(folder, language)))
    for language, count in JOURNAL_CASES.items():
        write_lines(HERE / f"journals_{language}.jsonl", journal_cases(folder, language, count))


if __name__ == "__main__":
    main()
