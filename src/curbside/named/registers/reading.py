"""Streams a register's file, plain, gzipped or zipped, row by row in constant memory, and knows how far it is.

A row that cannot be read comes out as its line and reason, never as its content.
"""

import csv
import gzip
import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from django.utils.translation import gettext as _

from curbside.named.registers.formats import Dialect, FileRefused, RegisterFormat, Row, RowReader, RowRefused

_LONGEST_FIELD: Final = 1 << 17
"""Characters: an unclosed quote swallows no more than this before the row is refused."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that gave no entry, and why."""

    line: int
    reason: str


class Lines(Iterator[str]):
    """The lines of a binary stream as text; counts lines and bytes, and can start in the middle."""

    def __init__(self, stream: IO[bytes], packed: IO[bytes]) -> None:
        self._stream, self._packed = stream, packed
        self.offset = 0
        self.line = 0

    def __next__(self) -> str:
        """The next line; bytes that are no UTF-8 are taken as Windows-1252, which registers write at times."""
        raw = self._stream.readline()
        if not raw:
            raise StopIteration
        self.offset += len(raw)
        self.line += 1
        if b"\0" in raw:
            raw = raw.replace(b"\0", b"")
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return raw.decode("cp1252", errors="replace")

    def skip_to(self, offset: int, line: int) -> None:
        """Go on after bytes and lines that an earlier run has stored."""
        self._stream.seek(offset)
        self.offset, self.line = offset, line

    def read_of_file(self) -> int:
        """Bytes of the file on disk read so far: for a packed file, packed bytes."""
        return self.offset if self._stream is self._packed else self._packed.tell()


@contextmanager
def open_lines(path: Path) -> Iterator[Lines]:
    """The file's lines; of a zip archive those of its largest part, which is the data among notes and headers."""
    try:
        with path.open("rb", buffering=1 << 20) as packed:
            if path.suffix == ".gz":
                with gzip.GzipFile(fileobj=packed) as stream:
                    yield Lines(stream, packed)  # type: ignore[arg-type] # GzipFile is a binary stream in all but name
            elif path.suffix == ".zip":
                with zipfile.ZipFile(packed) as archive, archive.open(_largest_part(archive)) as part:
                    yield Lines(part, packed)
            else:
                yield Lines(packed, packed)
    except FileNotFoundError as error:
        raise FileRefused(_("There is no file “%(path)s”.") % {"path": path}) from error
    except (IsADirectoryError, PermissionError) as error:
        raise FileRefused(_("“%(path)s” cannot be read.") % {"path": path}) from error
    except (zipfile.BadZipFile, gzip.BadGzipFile, EOFError) as error:
        raise FileRefused(_("“%(path)s” is damaged or not wholly downloaded. Fetch it again.") % {"path": path}) from error


def _largest_part(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    parts = [part for part in archive.infolist() if part.filename.lower().endswith((".csv", ".txt"))]
    if not parts:
        raise FileRefused(_("The archive holds no .csv or .txt file."))
    return max(parts, key=lambda part: part.file_size)


def file_digest(path: Path) -> str:
    """Hex SHA-256 of the file's bytes; raises FileRefused."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise FileRefused(_("There is no file “%(path)s”.") % {"path": path}) from error
    except OSError as error:
        raise FileRefused(_("“%(path)s” cannot be read.") % {"path": path}) from error


def read_header(lines: Lines, register: RegisterFormat) -> tuple[RowReader, int]:
    """The reader for the rows below the first line, and how many columns they have; raises FileRefused."""
    header = next(_records(lines, register.dialect), None)
    if not isinstance(header, list):
        raise FileRefused(_("The file is empty."))
    if header[-1] == "":
        header.pop()  # a trailing delimiter
    return register.reader(header), len(header)


def read_rows(lines: Lines, dialect: Dialect, reader: RowReader, width: int) -> Iterator[Row | Unread | None]:
    """Each row below: what it says, why it says nothing, or None where it is about nobody's number here."""
    line = lines.line
    for record in _records(lines, dialect):
        begun, line = line + 1, lines.line
        if isinstance(record, str):
            yield Unread(begun, record)
        elif record:
            try:
                yield reader(record) if _fits(record, width) else _misfit(begun, record, width)
            except RowRefused as refusal:
                yield Unread(begun, str(refusal))


def _records(lines: Lines, dialect: Dialect) -> Iterator[list[str] | str]:
    """Records, or a reason in place of one that is no proper record."""
    csv.field_size_limit(_LONGEST_FIELD)
    records = csv.reader(lines, delimiter=dialect.delimiter, quoting=csv.QUOTE_MINIMAL if dialect.quoted else csv.QUOTE_NONE)
    while True:
        try:
            yield next(records)
        except StopIteration:
            return
        except csv.Error:
            yield _("the row is not properly separated, or a quotation mark is not closed")


def _fits(record: Sequence[str], width: int) -> bool:
    return len(record) == width or (len(record) == width + 1 and record[-1] == "")


def _misfit(line: int, record: Sequence[str], width: int) -> Unread:
    return Unread(line, _("the row has %(count)s columns where the header has %(width)s") % {"count": len(record), "width": width})
