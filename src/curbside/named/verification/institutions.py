"""Which addresses stand for a medical institution: those at a listed domain or below it, in plain letters only."""

import re
from collections.abc import Collection
from typing import Final

from curbside.named.registers.names import fold

_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?P<domain>[A-Za-z0-9.-]{1,253})", re.ASCII)
_PLAIN: Final = re.compile(r"[A-Za-z0-9._-]+", re.ASCII)
_LEAST_NAME: Final = 3


def institution_of(address: str, domains: Collection[str]) -> str | None:
    """The listed domain that an address belongs to, or None. Letters of other scripts, which could look alike, never match."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return None
    host = match["domain"].lower()
    if ".." in host or host.startswith((".", "-")) or host.endswith("."):
        return None
    return next((domain for domain in map(str.lower, domains) if host == domain or host.endswith("." + domain)), None)


def carries_name(address: str, given_names: str, family_name: str) -> bool:
    """Whether the part before the @ is the family name, alone or with given names or initials, and nothing besides but digits.

    A colleague's address shows no control of one's licence, and many mail servers let everyone add words of their own to an address:
    porter+ruiz@ and porter-ruiz@ reach the porter.
    """
    family, local = fold(family_name), address.rpartition("@")[0]
    if len(family) < _LEAST_NAME or not _PLAIN.fullmatch(local):
        return False
    given = [part for part in map(fold, given_names.split()) if part]
    forenames = {"", *given, *(part[0] for part in given), "".join(given), "".join(part[0] for part in given)}
    return fold(re.sub(r"[0-9._-]+", " ", local)) in {name for part in forenames for name in (part + family, family + part)}
