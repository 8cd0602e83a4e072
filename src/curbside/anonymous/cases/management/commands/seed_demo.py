"""``curbside demo seed-anonymous``."""

from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.progress import Progress

from curbside.anonymous.cases.demo import is_seeded, read_cases, seed_cases
from curbside.anonymous.polls.demo import read_polls, seed_polls

DEMO_CASES: Final = Path("demo") / "cases"
DEMO_POLLS: Final = Path("demo") / "polls.jsonl"


class Command(BaseCommand):
    help = (
        "Fill the community of a demo with published cases (their attribution is shown with each), posted by invented members. "
        "Runs only where CURBSIDE_MODE is demo; does nothing where it ran before."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="folder", type=Path, default=DEMO_CASES, help="the folder with *.jsonl (default: demo/cases)")

    def handle(self, *, folder: Path, **_options: object) -> None:
        if settings.MODE == "production":
            raise CommandError("This is for demos only. CURBSIDE_MODE is production.")
        if is_seeded():
            self.stdout.write("The demo's cases are already there.")
            return
        cases = read_cases(folder)
        if not cases:
            raise CommandError(f"There are no *.jsonl files in {folder}. Run this from the repository's folder, or name one with --from.")
        with Progress() as bar:
            task = bar.add_task("Posting the demo's cases", total=len(cases))
            seed_cases(cases, progress=lambda posted: bar.advance(task, posted))
        self.stdout.write(f"Posted {len(cases)} cases.")
        if DEMO_POLLS.is_file():
            seed_polls(read_polls(DEMO_POLLS))
