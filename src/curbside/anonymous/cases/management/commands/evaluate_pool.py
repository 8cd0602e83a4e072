"""``curbside pool evaluate``."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from curbside.anonymous.cases.differentials.files import BadFile, read_solved
from curbside.anonymous.cases.differentials.pooling import COUNTED, evaluate


class Command(BaseCommand):
    help = (
        "Say how often pooled lists of diagnoses hold the outcome, for groups of 1 (a single list) to 9. "
        'The file has one case a line: {"outcome": "I21.9", "lists": [["I21.9", "I26.9"], ["K21.9"]]}.'
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--draws", type=int, default=20, help="groups drawn from each case (20)")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *, file: Path, draws: int, seed: int, **_options: object) -> None:
        try:
            found = evaluate(read_solved(file), draws=max(1, draws), seed=seed)
        except BadFile as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The outcome is among the first {COUNTED}; weights are 1/rank.")
        for line in found:
            share = f"{line.share:6.1%}" if line.tried else "     -"
            self.stdout.write(f"groups of {line.group}: {share}   {line.right} of {line.tried} draws from {line.cases} cases")
