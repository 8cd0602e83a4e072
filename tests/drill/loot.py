"""What a thief makes of stolen files: rows of every table in every backup, sessions unpacked, and who they hang on.

The thief's side may read both sites' spoils together; that is the point of the drill. It never reads truth.json.
"""

import base64
import json
import re
import shutil
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from curbside.credential.edition import Manifest
from curbside.credential.roll_file import RollFile

Value = Any
"""Whatever a column holds: a whole number, a text, bytes or nothing."""
FRAMEWORK = ("django_migrations", "django_content_type", "auth_", "sqlite_", "registers_")
"""Tables without persons: Django's own, and the public registers."""
_LARGE = 1 << 40
"""A whole number beyond it is a random id: the same one twice is a reference."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as one or more copies of a database held it."""

    table: str
    values: tuple[tuple[str, Value], ...]

    def get(self, column: str) -> Value:
        return next((value for name, value in self.values if name == column), None)


@dataclass(slots=True)
class Person:
    """A member or a licence, and every row that hangs on it and on nobody else."""

    key: str
    """Nullifier in hex, or licence number."""
    rows: list[Row] = field(default_factory=list)

    def column(self, table: str, column: str) -> list[Value]:
        return [value for row in self.rows if row.table == table and (value := row.get(column)) is not None]

    def facts(self) -> Iterator[tuple[str, Value]]:
        for row in self.rows:
            for column, value in row.values:
                if value is not None:
                    yield f"{row.table}.{column}", value


@contextmanager
def _opened(file: Path) -> Iterator[Any]:
    """A copy of a database, open; the stolen file itself is left as it is, write-ahead log and all."""
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("", "-wal"):
            if (part := file.with_name(file.name + ending)).exists():
                shutil.copyfile(part, Path(folder) / f"copy{ending}")
        connection = sqlite.connect(Path(folder) / "copy")
        yield connection
        connection.close()


def tables_of(file: Path) -> tuple[str, ...]:
    """The names of a database's tables, empty ones among them."""
    return _tables_of(file, file.stat().st_mtime)


@lru_cache(maxsize=256)
def _tables_of(file: Path, _modified: float) -> tuple[str, ...]:
    with _opened(file) as connection:
        return tuple(name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))


def read_rows(file: Path) -> Iterator[Row]:
    """Every row of a copy of a database."""
    with _opened(file) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            if table.startswith(FRAMEWORK):
                continue
            cursor = connection.execute(f'SELECT rowid AS "rowid", * FROM "{table}"')
            columns = [description[0] for description in cursor.description]
            for values in cursor:
                row = Row(table, tuple(zip(columns, values, strict=True)))
                yield row
                if table.endswith("_session"):
                    yield _unpacked(row)


@lru_cache(maxsize=256)
def rows_of(file: Path, _modified: float) -> tuple[Row, ...]:
    return tuple(read_rows(file))


def _unpacked(row: Row) -> Row:
    """A session's data is signed, not encrypted: anyone reads it."""
    text = str(row.get("data")).rpartition(":")[0]
    packed = text.startswith(".")
    try:
        data = base64.urlsafe_b64decode(text.lstrip(".") + "=" * (-len(text.lstrip(".")) % 4))
        content = json.loads(zlib.decompress(data) if packed else data)
    except (ValueError, zlib.error):
        content = {}
    user = str(content.get("_auth_user_id", ""))
    values = [(str(name), value) for name, value in content.items() if name != "_auth_user_id" and isinstance(value, str | int)]
    # From a session only its start and end, its key and what it says: the token of the signed-in is a hash of the id.
    kept = [pair for pair in values if pair[0] not in {"_auth_user_hash", "_auth_user_backend"}]
    return Row(
        f"{row.table}.data",
        (("person", int(user) if user.isdecimal() else None), ("session", row.get("id")), ("ends_on", row.get("ends_on")), *kept),
    )


@dataclass(frozen=True, slots=True)
class Edition:
    """What everyone may know of an edition."""

    number: int
    day: date
    rolls: dict[str, frozenset[str]]
    """Roll to its commitments, in hex."""


class Loot:
    """The stolen files below one folder. ``k`` is in every edition, so the thief knows it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    # Files

    def copies(self, database: str) -> list[tuple[date, Path]]:
        """Every copy of a database with its day, the live one last."""
        backups = sorted((self.folder / "backups" / database).glob("*.sqlite3"))
        days = [(date.fromisoformat(file.stem), file) for file in backups]
        live = self.folder / "data" / ("named" if database == "named" else "anonymous") / f"{database}.sqlite3"
        last = days[-1][0] if days else date.max
        return [*days, (last, live)] if live.exists() else days

    def files(self, *, keys: bool = True) -> list[Path]:
        """Every stolen file but the public ones (rolls, styles), the wallet's, and the watcher's list of requests."""
        found = []
        for file in sorted(self.folder.rglob("*")):
            parts = file.relative_to(self.folder).parts
            if not file.is_file() or parts[0] not in {"data", "backups", "raw", "logs", "extra"} or "static" in parts or "rolls" in parts:
                continue
            if file.name.startswith("observer") or (not keys and "keys" in parts):
                continue
            found.append(file)
        return found

    # Rows and persons

    @cached_property
    def seen(self) -> dict[str, dict[Row, tuple[date, date]]]:
        """Side to each row that any copy held, with the first and the last day it was seen."""
        found: dict[str, dict[Row, tuple[date, date]]] = {}
        for side in ("named", "anonymous"):
            rows = found.setdefault(side, {})
            for day, file in self.copies(side):
                for row in rows_of(file, file.stat().st_mtime):
                    first, _last = rows.get(row, (day, day))
                    rows[row] = (first, day)
        return found

    def newest(self, side: str) -> tuple[Row, ...]:
        """The rows of the live copy."""
        file = self.copies(side)[-1][1]
        return rows_of(file, file.stat().st_mtime)

    @cached_property
    def doctors(self) -> dict[str, Person]:
        return _persons(list(self.seen["named"]), "doctors_licence", lambda row: str(row.get("number")))

    @cached_property
    def members(self) -> dict[str, Person]:
        return _persons(list(self.seen["anonymous"]), "membership_member", lambda row: bytes(row.get("nullifier")).hex())

    # What is public

    @cached_property
    def editions(self) -> list[Edition]:
        folder = self.folder / "data/named/rolls"
        found = []
        for file in (folder / "editions").glob("*.json"):
            manifest = Manifest.decode(file.read_bytes())
            rolls = {str(roll.name): _commitments(folder / "files" / f"{roll.file}.roll") for roll in manifest.rolls}
            found.append(Edition(manifest.number, manifest.date, rolls))
        return sorted(found, key=lambda edition: edition.number)

    @cached_property
    def licence_of(self) -> dict[str, str]:
        """Commitment in hex to licence number: the named database says so."""
        return {
            bytes(value).hex(): number for number, doctor in self.doctors.items() for value in doctor.column("roll_commitment", "value")
        }

    def edition_on(self, day: date) -> Edition | None:
        return next((edition for edition in reversed(self.editions) if edition.day <= day), None)

    def first_held(self, commitment: str, rolls: list[str]) -> Edition | None:
        """The first edition that held a commitment on all of these rolls."""
        return self._first_held.get((commitment, tuple(sorted(rolls)))) or self._find_first(commitment, tuple(sorted(rolls)))

    @cached_property
    def _first_held(self) -> dict[tuple[str, tuple[str, ...]], Edition | None]:
        return {}

    def _find_first(self, commitment: str, rolls: tuple[str, ...]) -> Edition | None:
        found = next((e for e in self.editions if all(commitment in e.rolls.get(roll, ()) for roll in rolls)), None)
        self._first_held[commitment, rolls] = found
        return found

    # What each member disclosed

    @cached_property
    def disclosed(self) -> dict[str, "Disclosed"]:
        return {key: self._disclosed(member) for key, member in self.members.items()}

    def _disclosed(self, member: Person) -> "Disclosed":
        joined = date.fromisoformat(member.column("membership_member", "joined_on")[0])
        joining = self.edition_on(joined)
        proofs = {joining.number: joining} if joining else {}
        for ends in set(member.column("membership_member", "term_ends_on")):
            renewed = self.edition_on(date.fromisoformat(ends) - timedelta(days=92))
            if renewed and renewed.day >= joined:
                proofs[renewed.number] = renewed
        badges = {badge for row in member.rows if row.table == "membership_badge" for badge in _shown_in(row, list(proofs.values()))}
        rolls = sorted({roll for number, roll in badges if joining and number == joining.number})
        proved = badges | {(number, "everyone") for number in proofs if not (rolls and joining and number == joining.number)}
        by_number = {edition.number: edition for edition in self.editions}
        crowds = [by_number[number].rolls[roll] for number, roll in proved if number in by_number and roll in by_number[number].rolls]
        commitments = frozenset.intersection(*crowds) if crowds else frozenset()
        return Disclosed(joined, joining, rolls or ["everyone"], commitments)


def _shown_in(badge: Row, proofs: list[Edition]) -> list[tuple[int, str]]:
    """The proof that a badge came with, of which no row tells: the first in whose edition the roll was as large as the badge's crowd."""
    roll, crowd = str(badge.get("roll")), badge.get("crowd")
    shown = [edition.number for edition in proofs if roll in edition.rolls]
    alike = [edition.number for edition in proofs if len(edition.rolls.get(roll, ())) == crowd]
    return [(number, roll) for number in (alike or shown)[:1]]


@dataclass(frozen=True, slots=True)
class Disclosed:
    """What a member told by joining and by showing badges: when, with which edition, and one of which commitments they are."""

    joined: date
    edition: Edition | None
    rolls: list[str]
    """Shown at the first join."""
    crowd: frozenset[str]
    """The commitments that could have shown all that was ever shown: what the named database and chance leave."""


@lru_cache(maxsize=4096)
def _commitments(file: Path) -> frozenset[str]:
    return frozenset(value.to_bytes(32).hex() for value in RollFile.decode(file.read_bytes()).commitments())


def _persons(rows: list[Row], table: str, key: Any) -> dict[str, Person]:
    """Each row of ``table`` is a person; what refers to it, or is referred to by it alone, is theirs, three steps far."""
    holders: dict[int, list[Row]] = defaultdict(list)
    owners: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        owners[_id(row)].append(row)
        for column, value in row.values:
            refers = isinstance(value, int) and (value > _LARGE or column in {"member_id", "doctor_id", "person", "author_id"})
            if refers and column not in {"id", "rowid"}:
                holders[value].append(row)
    roots: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.table == table:
            roots[key(row)].append(row)
    reached = {name: _reach(mine, holders, owners, table) for name, mine in roots.items()}
    counts: dict[Row, int] = defaultdict(int)
    for found in reached.values():
        for row in found:
            counts[row] += 1
    return {name: Person(name, [row for row in found if counts[row] == 1]) for name, found in reached.items()}


def _id(row: Row) -> int:
    value = row.get("id")
    return value if isinstance(value, int) else -1


_SHARED = ("discussion_thread", "roll_edition", "roll_editionroll", "membership_edition", "membership_editionroll")
"""Rows of many persons: one does not come to others through them."""


_ANOTHERS = ("id", "rowid", "parent_id", "voucher_id", "thread_id", "case_id", "comment_id")
"""Columns that name what somebody else may have written: whoever answers, reacts or reports did not write what they mean."""


def _reach(mine: list[Row], holders: dict[int, list[Row]], owners: dict[int, list[Row]], table: str) -> dict[Row, None]:
    found: dict[Row, None] = dict.fromkeys(mine)
    edge = list(mine)
    for _step in range(3):
        near: list[Row] = []
        for row in edge:
            if (own := _id(row)) > 0:
                near += holders.get(own, ())
            for column, value in row.values:
                if column not in _ANOTHERS and isinstance(value, int) and value > _LARGE:
                    near += owners.get(value, ())
        edge = [row for row in dict.fromkeys(near) if row not in found and row.table != table and row.table not in _SHARED]
        found.update(dict.fromkeys(edge))
    return found


DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def day_of(value: Value) -> date | None:
    """A date, if a value is one."""
    return date.fromisoformat(value) if isinstance(value, str) and DAY.match(value) else None
