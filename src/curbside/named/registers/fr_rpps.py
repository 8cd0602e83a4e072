"""France: the public extract of the RPPS (PS_LibreAcces_Personne_activite_….txt), pipe-delimited, several rows a doctor.

The header's spelling changes between years; columns are found without case, accents and punctuation.
"""

from collections.abc import Mapping, Sequence
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
    is_digits,
    luhn_sum,
)
from curbside.named.registers.models import Standing

_RPPS: Final = "8"
_DOCTOR: Final = "10"
_STUDENT: Final = "E"
_LENGTH: Final = 11

_BY_SPECIALTY: Final[Mapping[str, str]] = {
    "allergy": "57",
    "anaesthetics": "02 76",
    "cardiology": "04 73 79 80 81",
    "child-psychiatry": "43 92",
    "clinical-genetics": "17",
    "dermatology": "15",
    "emergency-medicine": "59",
    "endocrinology": "16 62",
    "gastroenterology": "24",
    "general-practice": "26 53 54",
    "general-surgery": "05 14 78",
    "geriatrics": "18",
    "haematology": "21 22 23 71",
    "infectious-diseases": "58",
    "intensive-care": "02 46 76 82",
    "internal-medicine": "27 72",
    "nephrology": "30 83",
    "neurology": "32 33 84 88",
    "neurosurgery": "31",
    "nuclear-medicine": "28",
    "obstetrics-gynaecology": "19 20 51 52",
    "occupational-medicine": "25",
    "oncology": "23 35 36 37 45 55",
    "ophthalmology": "38 85",
    "oral-maxillofacial-surgery": "06 07 50 56 68 77",
    "orthopaedics": "08 70",
    "otolaryngology": "34 39 86",
    "paediatrics": "09 40 69 70 82 87 88 89 90",
    "pathology": "01 03 63 64 65 66 67",
    "plastic-surgery": "10",
    "psychiatry": "33 42 93",
    "public-health": "49 75 95",
    "radiology": "44 55 74 94",
    "rehabilitation": "29",
    "respiratory-medicine": "41 91",
    "rheumatology": "48",
    "thoracic-surgery": "11",
    "urology": "12",
    "vascular-surgery": "13 61",
}
"""Our specialty to the numbers of its savoir-faire codes (SM…, nomenclature TRE_R38)."""

_SPECIALTIES: Final[Mapping[str, tuple[str, ...]]] = {
    f"SM{code}": tuple(slug for slug, codes in _BY_SPECIALTY.items() if code in codes.split())
    for code in {code for codes in _BY_SPECIALTY.values() for code in codes.split()}
}


class _Reader:
    """Rows below one header."""

    def __init__(self, header: Sequence[str]) -> None:
        columns = find_columns(
            header,
            {
                "kind": "Type d'identifiant PP",
                "number": "Identifiant PP",
                "family": "Nom d'exercice",
                "given": "Prénom d'exercice",
                "profession": "Code profession",
                "category": "Code catégorie professionnelle",
                "skill": "Code savoir-faire",
                "town": "Libellé commune (coord. structure)",
            },
        )
        self._kind, self._number, self._profession = columns["kind"], columns["number"], columns["profession"]
        self._category, self._skill, self._town = columns["category"], columns["skill"], columns["town"]
        self._given, self._family = columns["given"], columns["family"]

    def __call__(self, row: Sequence[str]) -> Row | None:
        if row[self._kind] != _RPPS:
            return None
        number = row[self._number].strip()
        if len(number) != _LENGTH or not is_digits(number):
            raise RowRefused(_("the RPPS number is not eleven digits"))
        if not row[self._profession]:
            raise RowRefused(_("the profession is empty"))
        if row[self._profession] != _DOCTOR:
            return Row(number, Standing.OTHER_PROFESSION)
        if row[self._category] == _STUDENT:
            return Row(number, Standing.IN_TRAINING)
        return self._doctor(number, row)

    def _doctor(self, number: str, row: Sequence[str]) -> Row:
        family = row[self._family].strip()
        if not family:
            raise RowRefused(_("the name is empty"))
        return Row(
            number,
            Standing.IN_FORCE,
            row[self._given].strip(),
            family,
            specialties=_SPECIALTIES.get(row[self._skill], ()),
            remark=row[self._town].strip(),
        )


class Rpps:
    """The French Répertoire partagé des professionnels de santé."""

    name = "fr-rpps"
    country = "fr"
    label = gettext_lazy("France: RPPS")
    number_label = gettext_lazy("RPPS number")
    number_hint = gettext_lazy("Eleven digits, as on your professional card.")
    dialect = Dialect(delimiter="|", quoted=False)
    several_rows = True

    def check_number(self, text: str) -> str:
        """Eleven digits; the national identification puts an 8 before them."""
        number = bare(text)
        if len(number) == _LENGTH + 1 and number.startswith(_RPPS):
            number = number[1:]
        if len(number) != _LENGTH or not is_digits(number):
            raise NumberRefused(_("An RPPS number has eleven digits. Check the number on your professional card and enter it again."))
        return number

    def number_warning(self, number: str) -> str:
        """Some real numbers fail Luhn, so it only warns."""
        if luhn_sum(number) % 10 == 0:
            return ""
        return _("This RPPS number has an unusual check digit. If no entry is found, check each digit.")

    def reader(self, header: Sequence[str]) -> RowReader:
        """Columns by name."""
        return _Reader(header)
