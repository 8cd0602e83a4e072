"""Imports a register's file in batches, each stored together with how far it came, so that it can go on after any stop.

Logs and errors name lines and reasons, never a row's content.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from curbside.kit.clock import today
from curbside.kit.errors import Conflict
from curbside.named.registers.formats import FileRefused, RegisterFormat, Row
from curbside.named.registers.models import BadRow, Entry, Import, Standing
from curbside.named.registers.reading import Lines, Unread, file_digest, open_lines, read_header, read_rows
from curbside.named.registers.storing import roomy_cache, store_rows

BATCH: Final = 20_000
"""Rows stored in one transaction, about a second's work: others wait that long to write, within their five seconds."""
_LEAST_PROBED: Final = 1000
"""A file all of whose first rows are bad is the wrong file."""
_MOST_LAPSES: Final = 0.1
"""The share of entries in force that may lapse at once without the operator's word: a truncated file ends far more."""


class TooManyLapse(Conflict):
    """The file is stored, and would end so many licences that the operator has to say so."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: bytes of the file on disk, and the rows counted so far."""

    bytes_read: int
    rows: int
    bad_rows: int


def import_file(
    *,
    register: RegisterFormat,
    path: Path,
    changes_only: bool = False,
    accept_lapses: bool = False,
    on_progress: Callable[[Progress], None] = lambda _progress: None,
) -> Import:
    """Store a file's rows, going on where an earlier run of the same file stopped; raises FileRefused or TooManyLapse.

    A full file ends the entries it does not hold; one with changes only ends none. Progress is told at the start, which shows
    where it goes on, and after each batch.
    """
    imported = _begin_import(register=register.name, digest=file_digest(path))
    with open_lines(path) as lines, roomy_cache():
        reader, width = read_header(lines, register)
        if imported.line:
            lines.skip_to(imported.offset, imported.line)
        on_progress(Progress(lines.read_of_file(), imported.rows, imported.bad_rows))
        for batch in _batches(read_rows(lines, register.dialect, reader, width), size=BATCH):
            _store_batch(imported=imported, register=register, batch=batch, lines=lines)
            on_progress(Progress(lines.read_of_file(), imported.rows, imported.bad_rows))
            _refuse_wrong_file(imported)
    _finish_import(imported=imported, changes_only=changes_only, accept_lapses=accept_lapses)
    return imported


@transaction.atomic
def _begin_import(*, register: str, digest: str) -> Import:
    """The interrupted import of this very file, or a new one; an interrupted one of another file is given up."""
    running = Import.objects.filter(register=register, state=Import.State.RUNNING)
    running.exclude(digest=digest).update(state=Import.State.ABANDONED)
    interrupted = running.filter(digest=digest).first()
    if interrupted:
        return interrupted
    newest = Import.objects.filter(register=register).aggregate(newest=Max("sequence", default=0))["newest"]
    return Import.objects.create(register=register, digest=digest, sequence=newest + 1)


def _batches(rows: Iterable[Row | Unread | None], *, size: int) -> Iterator[list[Row | Unread | None]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, size)):
        yield batch


@transaction.atomic
def _store_batch(*, imported: Import, register: RegisterFormat, batch: list[Row | Unread | None], lines: Lines) -> None:
    """Store a batch and how far it reaches; a second import of the same file at the same time is refused."""
    rows = _one_a_number(batch, merge=register.several_rows)
    if register.several_rows:
        _merge_stored(imported=imported, rows=rows)
    unread = [row for row in batch if isinstance(row, Unread)]
    store_rows(imported, rows.values())
    BadRow.objects.bulk_create([BadRow(imported=imported, line=row.line, reason=row.reason[:200]) for row in unread])
    in_force = sum(isinstance(row, Row) and row.standing == Standing.IN_FORCE for row in batch)
    before = imported.offset
    imported.offset, imported.line = lines.offset, lines.line
    imported.rows += len(batch)
    imported.entries += in_force
    imported.others += len(batch) - len(unread) - in_force
    imported.bad_rows += len(unread)
    values = {name: getattr(imported, name) for name in ("offset", "line", "rows", "entries", "others", "bad_rows")}
    if not Import.objects.filter(pk=imported.pk, state=Import.State.RUNNING, offset=before).update(**values):
        raise Conflict(_("Another import of this register is running. Let it finish, then start again."))


def _one_a_number(batch: Iterable[Row | Unread | None], *, merge: bool) -> dict[str, Row]:
    """A batch's rows by number: one statement cannot write the same entry twice."""
    rows: dict[str, Row] = {}
    for row in batch:
        if isinstance(row, Row):
            known = rows.get(row.number)
            rows[row.number] = _merged(known, row) if merge and known else row
    return rows


def _merged(known: Row, row: Row) -> Row:
    """Two rows of one number: the one in force wins, specialties add up."""
    first, second = (known, row) if known.standing == Standing.IN_FORCE or row.standing != Standing.IN_FORCE else (row, known)
    return replace(first, specialties=tuple(sorted({*first.specialties, *second.specialties})))


def _merge_stored(*, imported: Import, rows: dict[str, Row]) -> None:
    """Merge rows with what earlier batches of the same import stored for their numbers."""
    for entry in Entry.objects.filter(register=imported.register, number__in=list(rows), last_import=imported):
        stored = Row(
            entry.number,
            Standing(entry.standing),
            entry.given_names,
            entry.family_name,
            entry.other_family_name,
            tuple(entry.specialties),
            entry.remark,
        )
        rows[entry.number] = _merged(stored, rows[entry.number])


def _refuse_wrong_file(imported: Import) -> None:
    if imported.rows >= _LEAST_PROBED and imported.rows == imported.bad_rows:
        raise FileRefused(
            _("Not one of the first %(count)s rows could be read. Is this the right register, and the right file?")
            % {"count": imported.rows}
        )


@transaction.atomic
def _finish_import(*, imported: Import, changes_only: bool, accept_lapses: bool) -> None:
    """Mark what a full file no longer holds as lapsed, and the import as done."""
    if not changes_only:
        imported.lapsed = _lapse_unseen(imported=imported, accept=accept_lapses)
    imported.state, imported.finished_on = Import.State.DONE, today()
    imported.save(update_fields=["state", "lapsed", "finished_on"])


def _lapse_unseen(*, imported: Import, accept: bool) -> int:
    ours = Entry.objects.filter(register=imported.register)
    unseen = ours.exclude(last_import=imported)
    in_force = ours.filter(standing=Standing.IN_FORCE).count()
    lapsing = unseen.filter(standing=Standing.IN_FORCE).count()
    if lapsing > in_force * _MOST_LAPSES and not accept:
        raise TooManyLapse(
            _(
                "All rows are stored. %(lapsing)s of %(in_force)s licences in force are not in this file, and none of them was ended. "
                "If the file is complete, run the command again with --accept-lapses; "
                "if it holds changes only, with --changes-only."
            )
            % {"lapsing": lapsing, "in_force": in_force}
        )
    unseen.exclude(standing=Standing.LAPSED).update(standing=Standing.LAPSED)
    return lapsing
