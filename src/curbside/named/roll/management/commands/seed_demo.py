"""``curbside demo seed-named``."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from curbside.kit.clock import today
from curbside.named.registers.catalogue import REGISTERS
from curbside.named.registers.models import Entry
from curbside.named.roll.demo import FILES, seed_demo

_REGISTERS = settings.BASE_DIR.parents[2] / "demo" / "registers"
_TRY_THESE = "try_these"


class Command(BaseCommand):
    help = (
        "Fill the named side of a demo: import the invented registers, enrol their doctors with commitments that nobody can prove with, "
        "and publish the first edition. It prints the entries it leaves free, for you to verify with. "
        "A second run makes only what is missing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--registers", type=Path, default=_REGISTERS, help="the folder with the invented registers (default: %(default)s)"
        )

    def handle(self, *, registers: Path, **_options: object) -> None:
        if settings.MODE == "production":
            raise CommandError("This fills a demo with invented doctors. It refuses to run with CURBSIDE_MODE=production.")
        missing = [file for file in FILES.values() if not (registers / file).is_file()]
        if missing:
            raise CommandError(f"{registers} lacks {', '.join(missing)}. Give the folder with --registers.")
        seeded = seed_demo(folder=registers, day=today())
        edition = seeded.outcome.edition
        self.stdout.write(
            f"{seeded.made} invented doctors enrolled; " + (f"edition {edition.number} published." if edition else "no edition was due.")
        )
        rows = "".join(f"{_row(entry)}\n" for entry in seeded.free)
        (settings.DATA_DIR / _TRY_THESE).write_text(rows, encoding="utf-8")
        self.stdout.write(f"Verify with one of these, which nobody holds yet:\n{rows}")


def _row(entry: Entry) -> str:
    return f"  {REGISTERS[entry.register].label} {entry.number}  {entry.given_names} {entry.family_name}"
