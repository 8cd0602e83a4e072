"""A copy of a haul in which something can be planted."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from tests.drill.loot import rows_of


@dataclass(frozen=True, slots=True)
class Pair:
    """A member and the doctor behind it: row ids on both sides."""

    nullifier: str
    member_id: int
    pseudonym: str
    licence: str
    doctor_id: int
    commitment: bytes
    joined: str


class Field:
    """A copy of a haul in which something can be planted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.truth: dict[str, Any] = json.loads((folder / "truth.json").read_text())
        self.named, self.anonymous = folder / "data/named/named.sqlite3", folder / "data/anonymous/anonymous.sqlite3"
        self.ring = folder / "data/anonymous/ring.sqlite3"

    def pairs(self) -> list[Pair]:
        """Members who are there today, with their doctors, in order of joining."""
        doctors = {row["number"]: row for row in self.rows(self.named, "doctors_licence")}
        commitments = {row["licence_id"]: bytes(row["value"]) for row in self.rows(self.named, "roll_commitment")}
        found = []
        for row in self.rows(self.anonymous, "membership_member"):
            nullifier = bytes(row["nullifier"]).hex()
            doctor = doctors.get(self.truth["links"].get(nullifier, ""))
            if doctor and doctor["doctor_id"]:
                commitment = commitments[doctor["id"]]
                found.append(
                    Pair(nullifier, row["id"], row["pseudonym"], doctor["number"], doctor["doctor_id"], commitment, row["joined_on"])
                )
        return sorted(found, key=lambda pair: (pair.joined, pair.nullifier))

    def rows(self, file: Path, table: str) -> list[dict[str, Any]]:
        return [dict(row.values) for row in rows_of(file, file.stat().st_mtime) if row.table == table]

    @contextmanager
    def database(self, file: Path, *, zero: bool = True) -> Iterator[Any]:
        """The copy, open for writing; its links to the clean haul are cut first. Without ``zero`` freed bytes stay."""
        for ending in ("", "-wal", "-shm"):
            part = file.with_name(file.name + ending)
            if part.exists():
                own = part.with_name(part.name + ".own")
                shutil.copyfile(part, own)
                own.replace(part)
        connection = sqlite.connect(file)
        connection.execute(f"PRAGMA secure_delete={'ON' if zero else 'OFF'}")
        yield connection
        connection.commit()
        connection.close()

    def add_column(self, file: Path, table: str, column: str, values: dict[int, object], *, key: str = "id") -> None:
        with self.database(file) as connection:
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
            connection.executemany(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", [(value, own) for own, value in values.items()])

    def append(self, name: str, lines: list[str]) -> None:
        file = self.folder / name
        old = file.read_text(encoding="utf-8") if file.exists() else ""
        file.unlink(missing_ok=True)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(old + "".join(f"{line}\n" for line in lines), encoding="utf-8")
