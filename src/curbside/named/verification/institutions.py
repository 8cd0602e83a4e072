"""Which addresses stand for a medical institution: those at a listed domain, in plain letters only.

A domain counts as written. Below it only where the operator wrote `*.`: students and guests often have addresses in a domain below.
"""

import re
from collections.abc import Collection
from typing import Final

from curbside.named.registers.names import fold

_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?P<domain>[A-Za-z0-9.-]{1,253})", re.ASCII)
_PLAIN: Final = re.compile(r"[A-Za-z0-9._-]+", re.ASCII)
_LEAST_NAME: Final = 3
_BELOW: Final = "*."


def institution_of(address: str, domains: Collection[str]) -> str | None:
    """The line of the list that an address belongs to, or None. Letters of other scripts, which could look alike, never match."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return None
    host = match["domain"].lower()
    if ".." in host or host.startswith((".", "-")) or host.endswith("."):
        return None
    return next((line for line in map(str.lower, domains) if _covers(line, host)), None)


def _covers(line: str, host: str) -> bool:
    return host.endswith(line.removeprefix("*")) if line.startswith(_BELOW) else host == line


def carries_name(address: str, given_names: str, family_name: str) -> bool:
    """Whether the part before the @ is the family name with a full given name, and nothing besides but digits.

    An initial is not enough: j.smith@ is every Smith whose name begins with J, and so is smith@.
    A colleague's address shows no control of one's licence, and many mail servers let everyone add words of their own to an address:
    porter+ruiz@ and porter-ruiz@ reach the porter.
    """
    family, local = fold(family_name), address.rpartition("@")[0]
    if len(family) < _LEAST_NAME or not _PLAIN.fullmatch(local):
        return False
    given = [part for part in map(fold, given_names.split()) if len(part) >= _LEAST_NAME]
    forenames = {*given, "".join(given)} - {""}
    return fold(re.sub(r"[0-9._-]+", " ", local)) in {name for part in forenames for name in (part + family, family + part)}
