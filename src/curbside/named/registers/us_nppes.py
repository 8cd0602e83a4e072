"""US: the monthly NPPES file of the Centers for Medicare & Medicaid Services (npidata_pfile_….csv, 330 columns).

An NPI alone proves no licence: nurses, clinics and students have one too. A doctor's entry is an individual
(entity type 1), not deactivated, with a physician's taxonomy code and a state licence in the same slot.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
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
    specialties_by_prefix,
)
from curbside.named.registers.models import Standing

_SLOTS: Final = 15
_LENGTH: Final = 10

_PHYSICIAN_GROUPS: Final = ("202", "204", "207", "208", "209")
"""First three characters of the codes of allopathic and osteopathic physicians."""

_NOT_PHYSICIANS_ALONE: Final = frozenset({"204E00000X", "2085R0205X", "207SG0205X", "207SC0300X", "207SG0202X", "207SG0203X"})
"""Codes within those groups that dentists, physicists and laboratory geneticists hold as well: no proof by themselves."""

_STUDENT: Final = "390200000X"

_SPECIALTIES: Final[Mapping[str, tuple[str, ...]]] = {
    "202K": ("vascular-surgery",),
    "204C": ("rehabilitation", "sports-medicine"),
    "204D": ("rehabilitation",),
    "204E": ("oral-maxillofacial-surgery",),
    "204F": ("general-surgery",),
    "204R": ("neurology",),
    "207K": ("allergy",),
    "207L": ("anaesthetics",),
    "207LC02": ("anaesthetics", "intensive-care"),
    "207LH": ("palliative-care",),
    "207N": ("dermatology",),
    "207P": ("emergency-medicine",),
    "207PH": ("palliative-care",),
    "207PP": ("emergency-medicine", "paediatrics"),
    "207PS": ("sports-medicine",),
    "207Q": ("general-practice",),
    "207QG": ("geriatrics",),
    "207QH": ("palliative-care",),
    "207QS0010": ("sports-medicine",),
    "207R": ("internal-medicine",),
    "207RA0001": ("cardiology",),
    "207RA0002": ("cardiology",),
    "207RA0201": ("allergy",),
    "207RC0000": ("cardiology",),
    "207RC0001": ("cardiology",),
    "207RC0200": ("intensive-care",),
    "207RE": ("endocrinology",),
    "207RG0100": ("gastroenterology",),
    "207RG0300": ("geriatrics",),
    "207RH0000": ("haematology",),
    "207RH0002": ("palliative-care",),
    "207RH0003": ("haematology", "oncology"),
    "207RI0001": ("allergy",),
    "207RI0008": ("gastroenterology",),
    "207RI0011": ("cardiology",),
    "207RI0200": ("infectious-diseases",),
    "207RN": ("nephrology",),
    "207RP": ("respiratory-medicine",),
    "207RR": ("rheumatology",),
    "207RS0010": ("sports-medicine",),
    "207RT": ("gastroenterology",),
    "207RX": ("oncology",),
    "207S": ("clinical-genetics",),
    "207T": ("neurosurgery",),
    "207U": ("nuclear-medicine",),
    "207V": ("obstetrics-gynaecology",),
    "207VX0201": ("obstetrics-gynaecology", "oncology"),
    "207VH": ("palliative-care",),
    "207W": ("ophthalmology",),
    "207X": ("orthopaedics",),
    "207Y": ("otolaryngology",),
    "207Z": ("pathology",),
    "2080": ("paediatrics",),
    "2080H": ("paediatrics", "palliative-care"),
    "2080P0201": ("paediatrics", "allergy"),
    "2080P0202": ("paediatrics", "cardiology"),
    "2080P0203": ("paediatrics", "intensive-care"),
    "2080P0204": ("paediatrics", "emergency-medicine"),
    "2080P0205": ("paediatrics", "endocrinology"),
    "2080P0206": ("paediatrics", "gastroenterology"),
    "2080P0207": ("paediatrics", "haematology", "oncology"),
    "2080P0208": ("paediatrics", "infectious-diseases"),
    "2080P0210": ("paediatrics", "nephrology"),
    "2080P0214": ("paediatrics", "respiratory-medicine"),
    "2080P0216": ("paediatrics", "rheumatology"),
    "2080T0004": ("paediatrics", "gastroenterology"),
    "2081": ("rehabilitation",),
    "2081H": ("palliative-care",),
    "2081S0010": ("sports-medicine",),
    "2082": ("plastic-surgery",),
    "2083": ("public-health",),
    "2083P0500": ("occupational-medicine",),
    "2083S0010": ("sports-medicine",),
    "2083X": ("occupational-medicine",),
    "2084": ("psychiatry",),
    "2084A2900": ("neurology", "intensive-care"),
    "2084B0040": ("neurology", "psychiatry"),
    "2084D": ("neurology",),
    "2084E": ("neurology",),
    "2084H": ("palliative-care",),
    "2084N": ("neurology",),
    "2084N0402": ("neurology", "paediatrics"),
    "2084P0005": ("neurology",),
    "2084P0301": ("neurology",),
    "2084P0804": ("child-psychiatry",),
    "2084V": ("neurology",),
    "2085": ("radiology",),
    "2085H": ("palliative-care",),
    "2085N0904": ("radiology", "nuclear-medicine"),
    "2085R0001": ("oncology",),
    "2085R0203": ("oncology",),
    "2086": ("general-surgery",),
    "2086H": ("palliative-care",),
    "2086S0102": ("general-surgery", "intensive-care"),
    "2086S0122": ("plastic-surgery",),
    "2086S0129": ("vascular-surgery",),
    "2086X": ("general-surgery", "oncology"),
    "2088": ("urology",),
    "208C": ("general-surgery",),
    "208D": ("general-practice",),
    "208G": ("thoracic-surgery",),
    "208M": ("internal-medicine",),
    "208U": ("pharmacology",),
    "208V": ("anaesthetics",),
}
"""Taxonomy code prefix to our specialties; the longest prefix wins."""


@lru_cache(maxsize=2048)
def _specialties(code: str) -> tuple[str, ...]:
    return specialties_by_prefix(code, _SPECIALTIES)


def _date(text: str) -> date:
    try:
        return datetime.strptime(text, "%m/%d/%Y").date()  # noqa: DTZ007 - a date without time or zone
    except ValueError as error:
        raise RowRefused(_("a date is not MM/DD/YYYY")) from error


def _is_deactivated(deactivated: str, reactivated: str) -> bool:
    """A deactivation that no later reactivation lifted."""
    return bool(deactivated) and (not reactivated or _date(reactivated) < _date(deactivated))


class _Reader:
    """Rows below one header, by column name."""

    def __init__(self, header: Sequence[str]) -> None:
        columns = find_columns(
            header,
            {
                "npi": "NPI",
                "entity": "Entity Type Code",
                "family": "Provider Last Name (Legal Name)",
                "given": "Provider First Name",
                "middle": "Provider Middle Name",
                "other": "Provider Other Last Name",
                "credential": "Provider Credential Text",
                "deactivated": "NPI Deactivation Date",
                "reactivated": "NPI Reactivation Date",
                **{f"code {n}": f"Healthcare Provider Taxonomy Code_{n}" for n in range(1, _SLOTS + 1)},
                **{f"licence {n}": f"Provider License Number_{n}" for n in range(1, _SLOTS + 1)},
                **{f"state {n}": f"Provider License Number State Code_{n}" for n in range(1, _SLOTS + 1)},
            },
        )
        self._npi, self._entity = columns["npi"], columns["entity"]
        self._deactivated, self._reactivated = columns["deactivated"], columns["reactivated"]
        self._given, self._middle, self._family = columns["given"], columns["middle"], columns["family"]
        self._other, self._credential = columns["other"], columns["credential"]
        self._slots = [(columns[f"code {n}"], columns[f"licence {n}"], columns[f"state {n}"]) for n in range(1, _SLOTS + 1)]

    def __call__(self, row: Sequence[str]) -> Row:
        npi = row[self._npi]
        if not _holds(npi):
            raise RowRefused(_("the NPI is not ten digits, or its check digit does not fit"))
        if row[self._deactivated] and _is_deactivated(row[self._deactivated], row[self._reactivated]):
            return Row(npi, Standing.DEACTIVATED)
        entity = row[self._entity]
        if entity == "2":
            return Row(npi, Standing.ORGANISATION)
        if entity != "1":
            raise RowRefused(_("the entity type is neither 1 nor 2"))
        return self._person(npi, row)

    def _person(self, npi: str, row: Sequence[str]) -> Row:
        specialties: list[str] = []
        licences: list[str] = []
        physician = student = False
        for code_at, licence_at, state_at in self._slots:
            code = row[code_at]
            if not code:
                continue
            student = student or code == _STUDENT
            if not code.startswith(_PHYSICIAN_GROUPS):
                continue
            specialties += _specialties(code)
            if code in _NOT_PHYSICIANS_ALONE:
                continue
            physician = True
            if row[licence_at] and row[state_at]:
                licences.append(f"{row[state_at]} {row[licence_at]}")
        if not physician:
            return Row(npi, Standing.IN_TRAINING if student else Standing.OTHER_PROFESSION)
        return self._physician(npi, row, specialties, licences)

    def _physician(self, npi: str, row: Sequence[str], specialties: list[str], licences: list[str]) -> Row:
        family, given = row[self._family].strip(), f"{row[self._given]} {row[self._middle]}".strip()
        if not family:
            raise RowRefused(_("the last name is empty"))
        return Row(
            npi,
            Standing.IN_FORCE if licences else Standing.NO_LICENCE,
            given,
            family,
            row[self._other].strip(),
            tuple(sorted(set(specialties))),
            "; ".join(dict.fromkeys([row[self._credential].strip(), *licences] if row[self._credential] else licences)),
        )


def _holds(npi: str) -> bool:
    """Ten digits, the first 1 or 2, with the Luhn check digit over 80840 and the NPI; the prefix adds 24 to the sum."""
    return len(npi) == _LENGTH and is_digits(npi) and npi[0] in "12" and (luhn_sum(npi) + 24) % 10 == 0


class Nppes:
    """The US National Plan and Provider Enumeration System."""

    name = "us-nppes"
    country = "us"
    label = gettext_lazy("United States: NPPES")
    number_label = gettext_lazy("NPI")
    number_hint = gettext_lazy("Ten digits, your own (type 1) and not your practice's.")
    dialect = Dialect()
    several_rows = False

    def check_number(self, text: str) -> str:
        """Ten digits with a check digit."""
        number = bare(text)
        if len(number) != _LENGTH or not is_digits(number):
            raise NumberRefused(_("An NPI has ten digits. Check the number and enter it again."))
        if number[0] not in "12":
            raise NumberRefused(_("An NPI begins with 1 or 2. Check the number and enter it again."))
        if not _holds(number):
            raise NumberRefused(_("That NPI has a wrong digit: its check digit does not fit. Check the number and enter it again."))
        return number

    def number_warning(self, number: str) -> str:  # noqa: ARG002 - the check digit leaves no doubt here
        """None: the check digit decides."""
        return ""

    def reader(self, header: Sequence[str]) -> RowReader:
        """Columns by name."""
        return _Reader(header)
