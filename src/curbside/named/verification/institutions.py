"""Which addresses stand for a medical institution: those at a listed domain or below it, in plain letters only."""

import re
from collections.abc import Collection
from typing import Final

from curbside.named.registers.names import fold

_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?P<domain>[A-Za-z0-9.-]{1,253})", re.ASCII)
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


def carries_name(address: str, family_name: str) -> bool:
    """Whether the part before the @ holds the family name: a colleague's address shows no control of one's licence."""
    name = fold(family_name)
    return len(name) >= _LEAST_NAME and name in fold(address.rpartition("@")[0])
