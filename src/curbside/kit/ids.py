"""Random identifiers: a row's id says nothing about when it was made, nor beside which other row.

On SQLite the column is an INTEGER PRIMARY KEY, which is the row's place in the file: rows lie in the
order of random numbers, so the file keeps no order of arrival either.
"""

import secrets
from typing import TYPE_CHECKING

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
_LENGTH = 13
_LARGEST = (1 << 63) - 1


def random_id() -> int:
    """A number from 1 to 2^63 - 1 from the system's secure source."""
    return secrets.randbelow(_LARGEST) + 1


if TYPE_CHECKING:
    _BigIntegerField = models.BigIntegerField[int, int]
else:  # Django's fields take no type arguments at run time
    _BigIntegerField = models.BigIntegerField


class RandomIdField(_BigIntegerField):
    """The primary key of every table that stands near a person."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs["primary_key"] = True
        kwargs["default"] = random_id
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # Django's options, passed through

    def deconstruct(self) -> tuple[str, str, list[object], dict[str, object]]:
        """Leave out what the class itself sets."""
        name, path, args, kwargs = super().deconstruct()
        for key in ("primary_key", "default", "editable"):
            kwargs.pop(key, None)
        return name, path, list(args), dict(kwargs)

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """INTEGER on SQLite, where it then is the row id; BIGINT elsewhere."""
        return "integer" if connection.vendor == "sqlite" else "bigint"

    def rel_db_type(self, connection: BaseDatabaseWrapper) -> str:
        """The type of a column that refers to one."""
        return self.db_type(connection)


class PublicId:
    """URL converter between a random id and its 13 letters, as in /cases/<id:case_id>/."""

    regex = f"[{_ALPHABET}]{{{_LENGTH}}}"

    def to_python(self, value: str) -> int:
        """Letters to number; too large a number is no id."""
        number = 0
        for letter in value:
            number = number * 32 + _ALPHABET.index(letter)
        if not 1 <= number <= _LARGEST:
            raise ValueError
        return number

    def to_url(self, value: int) -> str:
        """Number to letters."""
        return public_id(value)


def public_id(number: int) -> str:
    """The 13 letters of a random id."""
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(5 * (_LENGTH - 1), -1, -5))
