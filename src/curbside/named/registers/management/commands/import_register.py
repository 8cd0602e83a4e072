"""``curbside register import``: brings a national register's file into the named side."""

from argparse import RawDescriptionHelpFormatter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from curbside.kit.errors import PublicError
from curbside.named.registers.actions import Progress as ImportProgress
from curbside.named.registers.actions import import_file
from curbside.named.registers.catalogue import REGISTERS
from curbside.named.registers.models import Import
from curbside.named.registers.queries import bad_rows

_SHOWN_BAD_ROWS = 20


class Command(BaseCommand):
    help = """Import a national register's file: plain, .gz or .zip, as the register publishes it.

The import reads in constant memory and can be stopped at any time: started again with the same file, it
goes on where it stopped. A bad row is reported with its line number and reason, and the import goes on.

A full file ends the licences it no longer holds; their commitments leave the roll with its next edition.
A file that would end more than a tenth of them is stored without ending any until you say so.

Exit status: 0 when the file was imported, also with bad rows; 1 when it was not, with the reason."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: object) -> CommandParser:
        """Keep the help's paragraphs."""
        return super().create_parser(prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("register", choices=sorted(REGISTERS), help="which register the file is from")
        parser.add_argument("file", type=Path, help="the file")
        parser.add_argument(
            "--changes-only", action="store_true", help="the file holds changes only (NPPES weekly): end no licence that it lacks"
        )
        parser.add_argument("--accept-lapses", action="store_true", help="end the licences that the file lacks, however many they are")
        parser.add_argument("--quiet", action="store_true", help="no progress bar; the summary alone")

    def handle(self, *, register: str, file: Path, changes_only: bool, accept_lapses: bool, quiet: bool, **_options: object) -> None:
        begun = monotonic()
        try:
            with _progress(file, quiet=quiet) as report:
                imported = import_file(
                    register=REGISTERS[register], path=file, changes_only=changes_only, accept_lapses=accept_lapses, on_progress=report
                )
        except PublicError as error:
            raise CommandError(str(error.sentence)) from error
        except KeyboardInterrupt:
            raise CommandError("Stopped. Run the same command again and it goes on from here.", returncode=130) from None
        self._summarise(imported, monotonic() - begun)

    def _summarise(self, imported: Import, seconds: float) -> None:
        self.stdout.write(
            f"{imported.register}: {imported.rows:,} rows, {imported.entries:,} of them of doctors in force, "
            f"{imported.others:,} of others, {imported.bad_rows:,} bad; {imported.lapsed:,} licences ended; {seconds:,.0f} s."
        )
        shown = bad_rows(imported, limit=_SHOWN_BAD_ROWS)
        for row in shown:
            self.stdout.write(f"  line {row.line}: {row.reason}")
        if imported.bad_rows > len(shown):
            self.stdout.write(f"  and {imported.bad_rows - len(shown):,} more, all kept in the table registers_badrow")


@contextmanager
def _progress(file: Path, *, quiet: bool) -> Iterator[Callable[[ImportProgress], None]]:
    """A bar on a terminal; nothing where the output is not one."""
    console = Console(stderr=True)
    size = file.stat().st_size if file.is_file() else None
    bar = Progress(
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[rows]:,} rows, {task.fields[rate]:,.0f} a second, {task.fields[bad]:,} bad"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=quiet or not console.is_terminal,
    )
    begun = monotonic()
    first_rows: list[int] = []
    with bar:
        task = bar.add_task("import", total=size, rows=0, rate=0.0, bad=0)

        def report(progress: ImportProgress) -> None:
            first_rows.append(progress.rows) if not first_rows else None
            rate = (progress.rows - first_rows[0]) / max(monotonic() - begun, 0.001)
            bar.update(task, completed=progress.bytes_read, rows=progress.rows, rate=rate, bad=progress.bad_rows)

        yield report
