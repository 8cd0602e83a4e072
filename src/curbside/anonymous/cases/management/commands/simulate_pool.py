"""``curbside pool simulate``."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from curbside.anonymous.cases.differentials.files import BadFile, write_solved
from curbside.anonymous.cases.differentials.simulating import Readers, read_questions, simulate


class Command(BaseCommand):
    help = (
        "Print solved cases with simulated lists, made from questions with options (JSONL with options and correct), for `curbside pool "
        "evaluate`. Readers are normal errors around the right option, partly shared: docs/decisions/0110-pooling-by-rank.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("questions", type=Path)
        parser.add_argument("--readers", type=int, default=12, help="lists a case (12)")
        parser.add_argument("--skill", type=float, default=0.7, help="how far the right option stands out (0.7)")
        parser.add_argument("--shared", type=float, default=0.7, help="how much all are misled alike, against 1 of each reader's own (0.7)")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *, questions: Path, readers: int, skill: float, shared: float, seed: int, **_options: object) -> None:
        try:
            asked = read_questions(questions)
        except BadFile as error:
            raise CommandError(str(error)) from error
        for line in write_solved(simulate(asked, Readers(max(1, readers), skill, shared), seed=seed)):
            self.stdout.write(line)
