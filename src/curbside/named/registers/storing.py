"""Writes many entries by statements of our own: the ORM's bulk insert takes four fifths of an import's time.

They are the same on SQLite and PostgreSQL; a test holds their columns to the model's.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain, islice
from typing import Final

from django.db import connection

from curbside.kit.ids import random_id
from curbside.named.registers.formats import Row
from curbside.named.registers.models import Entry, Import
from curbside.named.registers.names import fold

_IDENTITY: Final = ("id", "register", "number")
_CONTENT: Final = (
    "standing",
    "given_names",
    "family_name",
    "other_family_name",
    "family_key",
    "specialties",
    "remark",
    "last_import_id",
)
COLUMNS: Final = _IDENTITY + _CONTENT
_ROWS_A_STATEMENT: Final = 1000
"""11,000 values: below SQLite's limit of 32,766 and PostgreSQL's of 65,535; one row a statement is slower there (bench/README.md)."""
_CACHE_KIB: Final = 64 * 1024
_LONGEST_NAME: Final = 120
_LONGEST_REMARK: Final = 200


@contextmanager
def roomy_cache() -> Iterator[None]:
    """A page cache of 64 MB on SQLite while an import runs: numbers come in no order, so each batch touches the whole index."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        (usual,) = cursor.fetchone()
        cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = {int(usual)}")


def store_rows(imported: Import, rows: Iterable[Row]) -> None:
    """Insert the rows' entries or bring them up to date; each number at most once, inside the caller's transaction."""
    parameters = _parameters(imported, rows)
    with connection.cursor() as cursor:
        while chunk := list(islice(parameters, _ROWS_A_STATEMENT)):
            cursor.execute(_statement(len(chunk)), list(chain.from_iterable(chunk)))


@lru_cache(maxsize=4)
def _statement(rows: int) -> str:
    values = ", ".join([f"({', '.join(['%s'] * len(COLUMNS))})"] * rows)
    updates = ", ".join(f"{name} = excluded.{name}" for name in _CONTENT)
    table = Entry._meta.db_table  # noqa: SLF001 - Django's public API in all but name
    return f"INSERT INTO {table} ({', '.join(COLUMNS)}) VALUES {values} ON CONFLICT (register, number) DO UPDATE SET {updates}"  # noqa: S608 - our own names and placeholders


def _parameters(imported: Import, rows: Iterable[Row]) -> Iterator[tuple[str | int, ...]]:
    for row in sorted(rows, key=lambda row: row.number):  # neighbours in the index are written together
        yield (
            random_id(),
            imported.register,
            row.number,
            str(row.standing),
            row.given_names[:_LONGEST_NAME],
            row.family_name[:_LONGEST_NAME],
            row.other_family_name[:_LONGEST_NAME],
            fold(row.family_name)[:_LONGEST_NAME] if row.family_name else "",
            _as_json(row.specialties),
            row.remark[:_LONGEST_REMARK],
            imported.pk,
        )


@lru_cache(maxsize=4096)
def _as_json(specialties: tuple[str, ...]) -> str:
    return json.dumps(specialties)
