"""United Kingdom: the General Medical Council's List of Registered Medical Practitioners, a daily CSV for subscribers.

Dates are ddmmyyyy with a leading zero lost: 5071978 is 5 July 1978. Only a doctor with a licence to practise passes.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curbside.named.registers.formats import (
    Dialect,
    NumberRefused,
    Row,
    RowReader,
    RowRefused,
    bare,
    find_columns,
    find_optional_column,
    fold_header,
    is_digits,
)
from curbside.named.registers.models import Standing

_LENGTH: Final = 7
_DATE_LENGTH: Final = 8

_STANDINGS: Final[Mapping[str, Standing]] = {
    "registered with licence": Standing.IN_FORCE,
    "registered with a licence to practise": Standing.IN_FORCE,
    "provisionally registered with a licence to practise": Standing.IN_FORCE,
    "provisionally registered with licence": Standing.IN_FORCE,
    "registered without licence": Standing.NO_LICENCE,
    "registered without a licence": Standing.NO_LICENCE,
    "registered without a licence to practise": Standing.NO_LICENCE,
    "provisionally registered without licence": Standing.NO_LICENCE,
    "provisionally registered without a licence to practise": Standing.NO_LICENCE,
}
"""The whole wording decides, so that a new one is refused until somebody has read it."""

_BEGINNINGS: Final[Mapping[str, Standing]] = {
    "suspended": Standing.SUSPENDED,
    "erased": Standing.ENDED,
    "not registered": Standing.ENDED,
    "administrative erasure": Standing.ENDED,
    "administratively erased": Standing.ENDED,
    "relinquished": Standing.ENDED,
    "voluntary erasure": Standing.ENDED,
    "deceased": Standing.ENDED,
}


def standing_of(status: str) -> Standing:
    """What a status wording means; raises RowRefused for one that nobody has read yet."""
    words = fold_header(status)
    exact = _STANDINGS.get(words)
    if exact is not None:
        return exact
    for beginning, standing in _BEGINNINGS.items():
        if words.startswith(beginning):
            return standing
    raise RowRefused(_("the registration status has a wording that is not known"))


def read_date(text: str) -> date | None:
    """A date written ddmmyyyy whose leading zero may be lost; None for an empty one."""
    digits = text.strip()
    if not digits:
        return None
    if not is_digits(digits) or len(digits) not in {_DATE_LENGTH - 1, _DATE_LENGTH}:
        raise RowRefused(_("a date is not ddmmyyyy"))
    digits = digits.zfill(_DATE_LENGTH)
    try:
        return date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError as error:
        raise RowRefused(_("a date is not ddmmyyyy")) from error


class _Reader:
    """Rows below one header."""

    def __init__(self, header: Sequence[str]) -> None:
        columns = find_columns(
            header,
            {"number": "GMC Ref No", "family": "Surname", "given": "Given Name", "status": "Registration Status", "gp": "GP Register Date"},
        )
        self._number, self._family, self._given = columns["number"], columns["family"], columns["given"]
        self._status, self._gp = columns["status"], columns["gp"]
        self._other = find_optional_column(header, "Other Names")
        self._degree = find_optional_column(header, "Qualification")
        self._year = find_optional_column(header, "Year Of Qualification")
        self._place = find_optional_column(header, "Place of Qualification")

    def __call__(self, row: Sequence[str]) -> Row:
        number = row[self._number].strip()
        if not is_digits(number) or len(number) > _LENGTH:
            raise RowRefused(_("the GMC reference number is not seven digits"))
        family = row[self._family].strip()
        if not family:
            raise RowRefused(_("the surname is empty"))
        return Row(
            number.zfill(_LENGTH),  # spreadsheets drop leading zeros
            standing_of(row[self._status]),
            f"{row[self._given]} {_at(row, self._other)}".strip(),
            family,
            specialties=("general-practice",) if read_date(row[self._gp]) else (),
            remark=", ".join(part for part in (_at(row, self._degree), _at(row, self._year), _at(row, self._place)) if part),
        )


def _at(row: Sequence[str], index: int | None) -> str:
    return "" if index is None else row[index].strip()


class Gmc:
    """The register of the UK's General Medical Council."""

    name = "gb-gmc"
    country = "gb"
    label = gettext_lazy("United Kingdom: GMC")
    number_label = gettext_lazy("GMC reference number")
    number_hint = gettext_lazy("Seven digits.")
    dialect = Dialect()
    several_rows = False

    def check_number(self, text: str) -> str:
        """Seven digits, with or without the C that the NHS puts before them."""
        number = bare(text).upper().removeprefix("C")
        if len(number) != _LENGTH or not is_digits(number):
            raise NumberRefused(_("A GMC reference number has seven digits. Check the number and enter it again."))
        return number

    def number_warning(self, number: str) -> str:  # noqa: ARG002 - the number has no check digit
        """None: the number has no check digit."""
        return ""

    def reader(self, header: Sequence[str]) -> RowReader:
        """Columns by name."""
        return _Reader(header)
