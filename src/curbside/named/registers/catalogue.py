"""The registers this installation can read. A further country is one module and one line here."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from curbside.kit.errors import PublicError
from curbside.named.registers.formats import RegisterFormat
from curbside.named.registers.fr_rpps import Rpps
from curbside.named.registers.uk_gmc import Gmc
from curbside.named.registers.us_nppes import Nppes

_FORMATS: Final[tuple[RegisterFormat, ...]] = (Rpps(), Gmc(), Nppes())

REGISTERS: Final[Mapping[str, RegisterFormat]] = {register.name: register for register in _FORMATS}
"""Name to format, in the order in which forms offer them."""


def register_named(name: str) -> RegisterFormat:
    """The format of a register's slug; raises PublicError."""
    try:
        return REGISTERS[name]
    except KeyError:
        raise PublicError(_("There is no such register. Choose one from the list.")) from None
