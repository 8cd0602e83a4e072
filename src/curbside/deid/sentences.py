"""Invented training texts: sentences as different people write them, and sentences of published cases with an invented name put in."""

from __future__ import annotations

import random  # noqa: TID251 - a seeded choice of invented names for training texts, no secret
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from curbside.deid.annotated import Annotated, lower_case, upper_case
from curbside.deid.invented import DATA, Inventor

SLOT: Final = re.compile(r"\[([A-Za-z]+)(?::([a-z]+))?\]")
CHOICE: Final = re.compile(r"<([^<>]*)>")
FILES: Final = {"training_templates.txt": 45, "training_queries.txt": 40}
"""How often each sentence is said anew."""
KINDS: Final = {
    "N": "NAME", "D": "DATE", "I": "ID", "A": "ADDRESS", "H": "FACILITY", "L": "LOCATION", "C": "LOCATION", "O": "ORG", "W": "ORG", "S": "FACILITY", "P": "PHONE",
}  # fmt: skip
SENTENCE: Final = re.compile(r"[^.!?\n]{12,240}[.!?]")
SUBJECTS: Final = (
    (re.compile(r"^(?:The patient|This patient|Our patient|Patient|He|She)(?= [a-z]{2,})"), "[N:any]"),
    (re.compile(r"(?<=[a-z] )(?:the|this|our) patient(?='s| [a-z])"), "[N:any]"),
    (re.compile(r"^(?:A|An) (?=\d{1,2}-year-old (?:man|woman|boy|girl|male|female|patient))"), "[N:any], a "),
    (re.compile(r"\b(?P<kin>(?:[Hh]is|[Hh]er) (?:wife|husband|mother|father|son|daughter|brother|sister))(?= [a-z])"), "{kin} [N:short]"),
    (re.compile(r"^(?:El paciente|La paciente)(?= [a-z]{2,})"), "[N:any]"),
    (re.compile(r"^(?:Le patient|La patiente)(?= [a-z]{2,})"), "[N:any]"),
)


def invented_texts(folder: Path, chance: random.Random) -> Iterator[Annotated]:
    """Every template many times, each time with other names; some of them in one case of letters."""
    inventor = Inventor(folder, chance)
    for file, rounds in FILES.items():
        lines = (DATA / file).read_text(encoding="utf-8").splitlines()
        for _ in range(rounds):
            for line in lines:
                text = _filled(line.removeprefix("0|"), inventor)
                yield text
                draw = chance.random()
                if draw < 0.14:
                    yield lower_case(text)
                elif draw < 0.22:
                    yield upper_case(text)


def carried_texts(texts: Iterable[Annotated], folder: Path, chance: random.Random) -> Iterator[Annotated]:
    """Sentences of texts without identifiers in which somebody is given a name."""
    inventor = Inventor(folder, chance)
    for text in texts:
        for sentence in SENTENCE.findall(text.text):
            named = _named(sentence.strip())
            if named and chance.random() < 0.5:
                filled = _filled(named, inventor)
                yield filled
                if chance.random() < 0.12:
                    yield lower_case(filled)


def renamed(text: Annotated, inventor: Inventor) -> Annotated:
    """The same with other people and firms in it."""
    out, spans, at = "", [], 0
    for start, end, kind in sorted(text.spans):
        if start < at:
            return text
        value = text.text[start:end]
        if kind == "NAME":
            value = _in_case(value, inventor.name("first" if len(value.split()) == 1 else "full"))
        elif kind == "ORG":
            value = _in_case(value, inventor.firm())
        out += text.text[at:start]
        spans.append((len(out), len(out) + len(value), kind))
        out, at = out + value, end
    return Annotated(out + text.text[at:], tuple(spans))


def _in_case(old: str, new: str) -> str:
    return new.lower() if old.islower() else new.upper() if old.isupper() else new


def _named(sentence: str) -> str | None:
    if "[" in sentence or "<" in sentence:
        return None
    for pattern, name in SUBJECTS:
        match = pattern.search(sentence)
        if match:
            return f"{sentence[: match.start()]}{name.format(**match.groupdict())}{sentence[match.end() :]}"
    return None


def _filled(template: str, inventor: Inventor) -> Annotated:
    text, spans, at = "", [], 0
    template = CHOICE.sub(lambda match: inventor.pick(match[1].split("|")), template)
    template = _slots(template, inventor).replace("\\n", "\n")
    for slot in SLOT.finditer(template):
        text += template[at : slot.start()]
        kind = KINDS.get(slot[1][0]) if slot[2] != "title" and slot[1] not in {"age", "num", "job"} else None
        if slot[2] == "titled":
            text += inventor.name("title") + " "
        value = inventor.name("last") if slot[2] == "titled" else inventor.fill(slot[1], slot[2] or "")
        if kind:
            spans.append((len(text), len(text) + len(value), kind))
        text, at = text + value, slot.end()
    return Annotated(text + template[at:], tuple(spans))


def _slots(template: str, inventor: Inventor) -> str:
    """The template with its phrases filled, as these may stand inside others."""
    return re.sub(r"\[([VX])\]", lambda match: inventor.phrase(match[1]), template)
