"""What every register's module gives: how its numbers are checked and how one row of its file is read.

A country is one module with one ``RegisterFormat``; ``catalogue`` lists them. Formats know files only, no database.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from curbside.kit.errors import PublicError
from curbside.named.registers.models import Standing


class NumberRefused(PublicError):
    """A licence number that cannot be one, with a sentence that says what is wrong and what to do."""


class FileRefused(PublicError):
    """A file that cannot be imported, with a sentence for the operator."""


class RowRefused(Exception):
    """A row that gives no entry; the reason never quotes the row."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one row of a register's file says about one number."""

    number: str
    standing: Standing
    given_names: str = ""
    family_name: str = ""
    other_family_name: str = ""
    specialties: tuple[str, ...] = ()
    remark: str = ""


RowReader = Callable[[Sequence[str]], Row | None]
"""Reads one row; None for a row that is about nobody's number here; raises RowRefused."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the file separates its values."""

    delimiter: str = ","
    quoted: bool = True


class RegisterFormat(Protocol):
    """One national register."""

    @property
    def name(self) -> str:
        """The register's slug, its country's code first: ``us-nppes``."""

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2 in lower case."""

    @property
    def label(self) -> Promise:
        """The register's name for readers."""

    @property
    def number_label(self) -> Promise:
        """What its number is called."""

    @property
    def number_hint(self) -> Promise:
        """What the number looks like and where one finds one's own."""

    @property
    def dialect(self) -> Dialect:
        """How its file separates values."""

    @property
    def several_rows(self) -> bool:
        """Whether one number may stand in several rows, which are then merged."""

    def check_number(self, text: str) -> str:
        """The number in its one spelling; raises NumberRefused."""

    def number_warning(self, number: str) -> str:
        """A sentence for a number that is probably mistyped but may be real; empty for none."""

    def reader(self, header: Sequence[str]) -> RowReader:
        """A reader for rows below this header; raises FileRefused naming the columns that are missing."""


_MOST_NAMED: Final = 5


def fold_header(text: str) -> str:
    """A column's name without case, accents and punctuation, which registers change from year to year."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lstrip("\ufeff")) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", plain.casefold()))


def find_columns(header: Sequence[str], wanted: Mapping[str, str]) -> dict[str, int]:
    """Key to index for each wanted ``key: column name``; raises FileRefused naming those that are missing."""
    places: dict[str, int] = {}
    for index, name in enumerate(header):
        places.setdefault(fold_header(name), index)
    missing = [name for name in wanted.values() if fold_header(name) not in places]
    if missing:
        raise FileRefused(
            _("This is not the file it should be: its first line lacks %(columns)s. Give the register's own file, unchanged.")
            % {"columns": _named(missing)}
        )
    return {key: places[fold_header(name)] for key, name in wanted.items()}


def _named(columns: Sequence[str]) -> str:
    """The first few of the columns by name, and how many more there are."""
    named = ", ".join(f"“{name}”" for name in columns[:_MOST_NAMED])
    more = len(columns) - _MOST_NAMED
    return _("%(columns)s and %(count)s more") % {"columns": named, "count": more} if more > 0 else named


def find_optional_column(header: Sequence[str], name: str) -> int | None:
    """The column's index, or None where the file has no such column."""
    wanted = fold_header(name)
    return next((index for index, column in enumerate(header) if fold_header(column) == wanted), None)


_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def luhn_sum(digits: str) -> int:
    """The Luhn sum of decimal digits, the check digit included: a multiple of ten when it holds."""
    values = [ord(c) - 48 for c in digits]
    return sum(values[-1::-2]) + sum(_DOUBLED[value] for value in values[-2::-2])


def bare(text: str) -> str:
    """A number as typed, without spaces, dots and dashes."""
    return re.sub(r"[\s.\-\u2010-\u2015]+", "", unicodedata.normalize("NFKC", text))


def is_digits(text: str) -> bool:
    """Whether the text is ASCII digits only; ``isdecimal`` alone would let other scripts' digits through."""
    return text.isascii() and text.isdecimal()


def specialties_by_prefix(code: str, table: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The specialties of the longest prefix of the code that the table knows."""
    for length in range(len(code), 2, -1):
        found = table.get(code[:length])
        if found is not None:
            return found
    return ()
