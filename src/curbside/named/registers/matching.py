"""Whether a number and a name belong together in a register, and if not, what the person can do.

A match proves nothing about who is typing; verification asks for a proof of control besides. Register data is
public, so an answer here tells nothing about who is verified.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curbside.named.registers.catalogue import register_named
from curbside.named.registers.formats import NumberRefused, RegisterFormat
from curbside.named.registers.models import Entry, Standing
from curbside.named.registers.names import Name, same_person
from curbside.named.registers.queries import entry_of


@dataclass(frozen=True, slots=True)
class Matched:
    """An entry in force whose name agrees."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class Refused:
    """A sentence that says why not and what to do; the entry, where the number has one."""

    sentence: str
    entry: Entry | None = None


_REFUSALS: Final[Mapping[str, Promise]] = {
    Standing.NO_LICENCE: gettext_lazy(
        "%(register)s lists this number without a licence to practise. Once the register shows your licence, apply again."
    ),
    Standing.IN_TRAINING: gettext_lazy(
        "%(register)s lists this number as a student's or trainee's. Apply again when you are registered as a doctor."
    ),
    Standing.SUSPENDED: gettext_lazy(
        "%(register)s lists this licence as suspended. Apply again when the suspension has ended and the register shows it."
    ),
    Standing.ENDED: gettext_lazy(
        "%(register)s lists this number as no longer registered. If that is wrong, ask the register to correct it, then apply again."
    ),
    Standing.DEACTIVATED: gettext_lazy(
        "%(register)s lists this number as deactivated. Have it reactivated there, or give the number you use now."
    ),
    Standing.LAPSED: gettext_lazy(
        "This number is no longer in %(register)s. If you still practise, ask the register to list you again, then apply again."
    ),
    Standing.OTHER_PROFESSION: gettext_lazy(
        "%(register)s lists this number under another profession than doctor. "
        "If you are a doctor, correct your entry there, then apply again."
    ),
    Standing.ORGANISATION: gettext_lazy("%(register)s lists this number as an organisation's. Give your own number."),
}


def match_licence(*, register: str, number: str, given_names: str, family_name: str) -> Matched | Refused:
    """Look the number up and compare the name; raises PublicError for a register that does not exist."""
    read = register_named(register)
    try:
        number = read.check_number(number)
    except NumberRefused as refusal:
        return Refused(str(refusal.sentence))
    entry = entry_of(register, number)
    if entry is None:
        return Refused(_not_found(read, number))
    if entry.family_name and not entry_is_named(entry, Name(given_names, family_name)):
        return Refused(_("The name does not agree with the register's entry for this number. Give both as the register has them."), entry)
    if not entry.in_force:
        return Refused(str(_REFUSALS[entry.standing]) % {"register": read.label}, entry)
    return Matched(entry)


def entry_is_named(entry: Entry, name: Name) -> bool:
    """Whether the name agrees with the entry's, or with its former or professional family name."""
    families = [entry.family_name, entry.other_family_name] if entry.other_family_name else [entry.family_name]
    return any(same_person(Name(entry.given_names, family), name) for family in families)


def _not_found(register: RegisterFormat, number: str) -> str:
    sentence = _(
        "No entry was found for this number in the copy of the register kept here. Check the number; "
        "if you were registered recently, try again after the next import."
    )
    return " ".join(part for part in (sentence, register.number_warning(number)) if part)
