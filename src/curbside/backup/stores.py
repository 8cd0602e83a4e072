"""What is backed up: three databases and the files of pictures, each in files of its own. The sites are named here, never imported."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Store:
    """One database of one site, or its files of pictures, which have no alias."""

    word: str
    site: str
    alias: str
    """What the site's settings call the database."""
    marker: str
    """A table that this store has and no other."""
    left_out: tuple[str, ...] = ()
    """Tables whose rows are in no backup: what ends by itself within days would live on there for years."""


STORES: Final = {
    "named": Store("named", "named", "default", "doctors_doctor", ("doctors_session", "verification_document", "verification_addresscode")),
    "anonymous": Store("anonymous", "anonymous", "default", "sealing_sealedtext", ("membership_session",)),
    "pictures": Store("pictures", "anonymous", "", ""),
    "ring": Store("ring", "anonymous", "ring", "sealing_ringkey"),
}
