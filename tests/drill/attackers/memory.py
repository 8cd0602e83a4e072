"""Reads what the memory of a running anonymous process holds: posts, as it must, and nobody's name, licence or directory row."""

import re

from tests.drill.attackers import Finding, Haul, TellTale
from tests.drill.loot import Loot
from tests.drill.people import STEM

_PLACES = (
    "doctors_licence.number",
    "doctors_doctor.family_name",
    "doctors_doctor.id",
    "doctors_licence.id",
    "doctors_passkey.credential_id",
    "roll_commitment.id",
    "verification_application.id",
    "doctors_session.key_hash",
)


_WORD = re.compile(rb"[A-Za-z0-9]{7,}")
_SAMPLE = 25
"""Doctors whose binary values are looked for; every text is."""


def look(loot: Loot) -> Finding:
    """Values that only the named side knows. Commitments are public, and so left out."""
    files = sorted((loot.folder / "memory").glob("*.bin")) if (loot.folder / "memory").exists() else []
    if not files:
        return Finding(1, 0, "not run: the memory of a process could not be read (it needs root or ptrace)")
    facts = [(place, value) for doctor in loot.doctors.values() for place, value in doctor.facts() if place in _PLACES]
    sample = [(place, value) for doctor in list(loot.doctors.values())[:_SAMPLE] for place, value in doctor.facts() if place in _PLACES]
    words = {str(value).encode(): place for place, value in facts if not isinstance(value, bytes) and len(str(value)) > 6}
    blobs = {blob: place for place, value in sample if (blob := _blob(value))}
    posts, found = 0, set()
    for file in files:
        data = file.read_bytes()
        posts += data.count(STEM.encode())
        found |= {words[word] for word in set(_WORD.findall(data)) & words.keys()}
        found |= {place for blob, place in blobs.items() if blob in data}
    size = sum(file.stat().st_size for file in files)
    return Finding(len(found), size, ", ".join(sorted(found)) or f"{posts} readable words of posts, which this haul may hold")


def _blob(value: object) -> bytes:
    """A value as a process may keep it other than as text."""
    if isinstance(value, bytes):
        return value
    return value.to_bytes(8, "little") if isinstance(value, int) and value >> 40 else b""


NAME = "named values in memory"
"""Searching a process's memory takes longer than all else."""
ATTACKERS = [TellTale(NAME, Haul.MEMORY, look)]
