"""Makes solved cases from questions with options, of which one is right: readers are simulated, the questions are real.

What is assumed, and what the result therefore does not show of real doctors:

- each reader scores every option: ``skill`` for the right one, plus what misleads everyone in this question alike (normal, ``shared``),
  plus the reader's own error (normal, 1), and lists the options by score, the best first (Thurstone's model);
- each reader's skill is drawn once a case (normal around ``skill``, 0.5), so nobody is good throughout;
- a reader lists between one and all of the options, each number as likely as another;
- the options are all that anyone thinks of, so single accuracy is higher than with free text.

The greater ``shared`` is against 1, the more alike readers err and the less pooling helps.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random  # noqa: TID251 - simulated readers keep no secret

from curbside.anonymous.cases.differentials.files import BadFile
from curbside.anonymous.cases.differentials.pooling import LONGEST_LIST, SolvedCase


@dataclass(frozen=True, slots=True)
class Readers:
    """How simulated readers are."""

    number: int
    skill: float
    shared: float


@dataclass(frozen=True, slots=True)
class Question:
    """Options, and the place of the right one."""

    options: tuple[str, ...]
    right: int


def read_questions(file: Path) -> list[Question]:
    """Of JSONL with ``options`` and ``correct`` (counted from 1), as CasiMedicos has it; those without a right one are left out."""
    try:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        asked = [
            Question(tuple(map(str, row["options"])), int(row["correct"]) - 1) for row in rows if str(row.get("correct", "")).isdigit()
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadFile(f"{file} is not a file of questions.") from error
    return [question for question in asked if 0 <= question.right < len(question.options)]


def simulate(questions: list[Question], readers: Readers, *, seed: int) -> Iterator[SolvedCase]:
    """A solved case for each question."""
    chance = Random(seed)  # noqa: S311 - see above
    for question in questions:
        misleads = [chance.gauss(0, readers.shared) for _ in question.options]
        lists = tuple(_list(question, misleads, readers.skill, chance) for _ in range(readers.number))
        yield SolvedCase(question.options[question.right], lists)


def _list(question: Question, misleads: list[float], skill: float, chance: Random) -> tuple[str, ...]:
    own = chance.gauss(skill, 0.5)
    scores = [(own if place == question.right else 0.0) + mislead + chance.gauss(0, 1) for place, mislead in enumerate(misleads)]
    ranked = sorted(range(len(scores)), key=lambda place: -scores[place])
    return tuple(question.options[place] for place in ranked[: chance.randint(1, min(LONGEST_LIST, len(ranked)))])
