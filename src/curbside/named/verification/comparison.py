"""An application beside its register entry: which parts agree, and how well."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from curbside.kit.specialties import specialty_label
from curbside.named.registers.catalogue import REGISTERS
from curbside.named.registers.matching import Matched, match_licence
from curbside.named.registers.models import Entry
from curbside.named.registers.names import fold
from curbside.named.registers.queries import entry_of
from curbside.named.verification.models import Application


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the comparison."""

    label: str | Promise
    applied: str
    listed: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a registrar sees side by side; ``refusal`` says why the register speaks against it, or is empty."""

    lines: tuple[Line, ...]
    entry: Entry | None
    refusal: str

    @property
    def exact(self) -> bool:
        """Whether the register says the same, letter case and accents aside."""
        return not self.refusal and not any(line.differs for line in self.lines)


def compare(application: Application) -> Comparison:
    """Look the application up in the register as it is now."""
    found = match_licence(
        register=application.register,
        number=application.number,
        given_names=application.given_names,
        family_name=application.family_name,
    )
    entry = found.entry or entry_of(application.register, application.number)
    return Comparison(_lines(application, entry), entry, "" if isinstance(found, Matched) else found.sentence)


def _lines(application: Application, entry: Entry | None) -> tuple[Line, ...]:
    family, given = (entry.family_name, entry.given_names) if entry else ("", "")
    standing = entry.get_standing_display() if entry else ""
    return (
        Line(_("Number"), application.number, entry.number if entry else "", entry is None),
        Line(_("Family name"), application.family_name, family, fold(application.family_name) != fold(family)),
        Line(_("Given names"), application.given_names, given, fold(application.given_names) != fold(given)),
        Line(_("Standing"), "", standing, entry is None or not entry.in_force),
        Line(_("Former or other family name"), "", entry.other_family_name if entry else "", differs=False),
        Line(_("Specialties"), "", ", ".join(map(specialty_label, entry.specialties)) if entry else "", differs=False),
        Line(_("Remark"), "", entry.remark if entry else "", differs=False),
    )


def register_label(register: str) -> str:
    """A register's name for readers; its slug where this installation no longer reads it."""
    known = REGISTERS.get(register)
    return str(known.label) if known else register
