"""`curbside deid train`: makes the tagger's file from annotated texts. The same texts give the same bytes."""

from __future__ import annotations

import json
import random  # noqa: TID251 - a seeded choice of invented names for training texts, no secret
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pycrfsuite

from curbside.deid.annotated import Annotated, lower_case
from curbside.deid.invented import Inventor
from curbside.deid.sentences import carried_texts, invented_texts, renamed
from curbside.deid.tagger import features
from curbside.deid.tokens import Token, sequences

TAGS: Final = {
    "NAME": "NAME", "LOCATION": "LOCATION", "ORG": "ORG", "OTHER": "OTHER", "DATE": "DATE", "AGE": "AGE", "ID": "ID", "PHONE": "PHONE",
    "FACILITY": "FACILITY", "ADDRESS": "ADDRESS",
    "NOMBRE_SUJETO_ASISTENCIA": "NAME", "NOMBRE_PERSONAL_SANITARIO": "NAME", "TERRITORIO": "LOCATION", "PAIS": "LOCATION",
    "CALLE": "ADDRESS", "HOSPITAL": "FACILITY", "CENTRO_SALUD": "FACILITY", "INSTITUCION": "ORG", "FECHAS": "DATE",
    "ID_ASEGURAMIENTO": "ID", "ID_SUJETO_ASISTENCIA": "ID", "ID_CONTACTO_ASISTENCIAL": "ID", "ID_TITULACION_PERSONAL_SANITARIO": "ID",
}  # fmt: skip
REPEATS: Final = 2
RENAMED: Final = 2
"""Copies of each general sentence with other names."""
HELD_OUT: Final = 5


def held_out(name: str) -> bool:
    """A fifth of the texts, chosen by the hash of their id, is never trained on."""
    return zlib.crc32(name.encode()) % HELD_OUT == 0


def read_annotated(path: Path) -> Iterator[tuple[str, Annotated]]:
    """Id and text of every line; a file of another project's names for things is understood too."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            spans = row.get("spans", row.get("entities", []))
            marks = tuple((span["start"], span["end"], _tag(span)) for span in spans)
            yield row["id"], Annotated(row["text"], tuple(mark for mark in marks if mark[2]))


def _tag(span: dict[str, str]) -> str:
    return TAGS.get(span.get("label", "")) or TAGS.get(span["type"]) or ""


def read_clean(path: Path) -> Iterator[Annotated]:
    """Published cases and health questions, as texts that hold no identifier."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if held_out(str(row["id"])):
                continue
            parts = [row.get(key) for key in ("case", "question", "comment", "answer")]
            yield Annotated("\n".join(part[:600] for part in parts if isinstance(part, str)), ())


def labelled(text: Annotated) -> Iterator[tuple[list[Token], list[str]]]:
    """Each line's tokens with their tags."""
    spans = sorted(text.spans)
    for tokens in sequences(text.text):
        tags, before, at = [], -1, 0
        for token in tokens:
            while at < len(spans) and spans[at][1] <= token.start:
                at += 1
            inside = at < len(spans) and spans[at][0] < token.end
            tags.append(f"{'I' if before == at else 'B'}-{spans[at][2]}" if inside else "O")
            before = at if inside else -1
        yield tokens, tags


def training_texts(folder: Path) -> Iterator[Annotated]:
    """Everything the shipped tagger learns from, in a fixed order."""
    chance = random.Random(20261125)  # noqa: S311 - see above
    inventor = Inventor(folder, chance)
    for name in ("notes_train", "presidio_synth_v2", "meddocan_es_train"):
        for row, text in read_annotated(folder / "phi" / f"{name}.jsonl"):
            if held_out(row):
                continue
            yield text
            if chance.random() < (0.12 if name == "notes_train" else 0.3):
                yield lower_case(text)
            if name == "presidio_synth_v2":
                yield from (renamed(text, inventor) for _ in range(RENAMED))
    yield from invented_texts(folder, chance)
    for name in ("casimedicos_en_dev", "casimedicos_es_dev", "casimedicos_fr_dev"):
        yield from carried_texts(read_clean(folder / "cases" / f"{name}.jsonl"), folder, chance)
    for name in ("qa/medquad_2500", "cases/casimedicos_en_dev", "cases/casimedicos_es_dev", "cases/casimedicos_fr_dev"):
        for text in read_clean(folder / f"{name}.jsonl"):
            yield text
            if chance.random() < 0.1:
                yield lower_case(text)


def train(texts: Iterable[Annotated], path: Path, *, iterations: int = 60) -> int:
    """Write the tagger; return the number of lines it learned from. A line that repeats is learned from twice at most."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.2, "c2": 0.02, "max_iterations": iterations, "feature.minfreq": 3, "feature.possible_transitions": True})
    seen: Counter[tuple[str, ...]] = Counter()
    lines = 0
    for text in texts:
        for tokens, tags in labelled(text):
            rows = features(tokens)
            key = tuple(f"{row[0]}{row[1]}{tag}" for row, tag in zip(rows, tags, strict=True))
            seen[key] += 1
            if seen[key] <= REPEATS:
                trainer.append(rows, tags)
                lines += 1
    trainer.train(str(path))
    return lines
