"""Files of solved cases, one JSON object a line: ``{"outcome": "I21.9", "lists": [["I21.9", "I26.9"], ["K21.9"]]}``.

Diagnoses are codes or words; they are the same where they are the same after folding (conditions.folding).
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from curbside.anonymous.cases.differentials.pooling import SolvedCase
from curbside.anonymous.conditions.folding import folded_words


class BadFile(Exception):
    """A file that is not of this form; the sentence is for the operator."""


def read_solved(file: Path) -> list[SolvedCase]:
    """Every case of the file; raises BadFile with the line that is wrong."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(f"{file} cannot be read.") from error
    return [_read(line, place) for place, line in enumerate(lines, start=1) if line.strip()]


def write_solved(cases: Iterable[SolvedCase]) -> Iterator[str]:
    """The lines of a file."""
    for case in cases:
        yield json.dumps({"outcome": case.outcome, "lists": case.lists}, ensure_ascii=False)


def _read(line: str, place: int) -> SolvedCase:
    wrong = BadFile(f'Line {place} is not {{"outcome": "…", "lists": [["…"], …]}}.')
    try:
        row = json.loads(line)
    except ValueError as error:
        raise wrong from error
    if not isinstance(row, dict) or not isinstance(row.get("outcome"), str) or not isinstance(row.get("lists"), list):
        raise wrong
    if not all(isinstance(one, list) and all(isinstance(diagnosis, str) for diagnosis in one) for one in row["lists"]):
        raise wrong
    return SolvedCase(_folded(row["outcome"]), tuple(tuple(map(_folded, one)) for one in row["lists"]))


def _folded(text: str) -> str:
    return " ".join(folded_words(text))
