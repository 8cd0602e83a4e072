"""Writes many entries by one prepared statement: the ORM's bulk insert takes four fifths of an import's time.

The statement is the same on SQLite and PostgreSQL; a test holds its columns to the model's.
"""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
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
_STATEMENT: Final = (
    f"INSERT INTO {Entry._meta.db_table} ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))}) "  # noqa: S608, SLF001 - names of our own model, no values
    f"ON CONFLICT (register, number) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _CONTENT)}"
)
_LONGEST_NAME: Final = 120
_LONGEST_REMARK: Final = 200


def store_rows(imported: Import, rows: Iterable[Row]) -> None:
    """Insert the rows' entries or bring them up to date; each number at most once, inside the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.executemany(_STATEMENT, list(_parameters(imported, rows)))


def _parameters(imported: Import, rows: Iterable[Row]) -> Iterator[tuple[str | int, ...]]:
    for row in rows:
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
