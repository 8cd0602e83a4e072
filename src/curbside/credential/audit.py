"""Checking a registrar from outside: are its editions signed, chained, well computed, and plausible in size?

A registrar could put commitments of nobody on a roll. That cannot be seen in a roll, but in its size: an audit
compares it with the registers' sizes, which anyone can look up. The rules are

- a country's roll, or one of its specialties, is no larger than the country's registers together, and everyone's no
  larger than all registers together;
- from one edition to the next a roll grows by at most 1 % of those registers for each week begun between the two
  dates, or by 10 k where that is more. A roll that first appears is held to the first rule only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from curbside.credential import wallet_sums
from curbside.credential.edition import Manifest, RollEntry, check_follows
from curbside.credential.edition_source import EditionSource, read_edition, read_latest, read_roll
from curbside.credential.errors import CredentialError
from curbside.credential.names import Host, Sha256, roll_country

PERCENT_A_WEEK: Final = 1
FLOOR_IN_K: Final = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong, and with which edition; None where it is with none in particular."""

    edition: int | None
    what: str

    def __str__(self) -> str:
        return self.what if self.edition is None else f"edition {self.edition}: {self.what}"


@dataclass(frozen=True, slots=True)
class Audit:
    """What was looked at, newest edition first, and what was found."""

    editions: tuple[Manifest, ...]
    files: int
    findings: tuple[Finding, ...]


def audit(
    source: EditionSource,
    key: Ed25519PublicKey,
    *,
    registrar: Host | None = None,
    wallet: EditionSource | None = None,
    processes: int = 1,
) -> Audit:
    """Check every edition down to the first, every roll file they name, and the wallet's files where given."""
    editions, findings = _read_chain(source, key, registrar)
    for newer, older in pairwise(editions):
        findings.extend(Finding(newer.number, what) for what in _growth(newer, older))
    for manifest in editions:
        findings.extend(Finding(manifest.number, what) for what in _sizes(manifest))
    files = _distinct_files(editions)
    findings.extend(_recompute(source, files, processes))
    if wallet is not None and editions:
        findings.extend(Finding(editions[0].number, what) for what in _wallet(wallet, editions[0].wallet))
    return Audit(tuple(editions), len(files), tuple(findings))


def _read_chain(source: EditionSource, key: Ed25519PublicKey, registrar: Host | None) -> tuple[list[Manifest], list[Finding]]:
    """Walk from the latest edition to the first; a broken link ends the walk with a finding."""
    editions: list[Manifest] = []
    try:
        editions.append(read_latest(source, key, registrar))
        while (address := editions[-1].previous) is not None:
            older = read_edition(source, address, key, registrar)
            check_follows(editions[-1], older)
            editions.append(older)
    except CredentialError as error:
        return editions, [Finding(editions[-1].number - 1 if editions else None, error.detail)]
    return editions, []


def _licences(manifest: Manifest, roll: RollEntry) -> int:
    """The licences in force that a roll's doctors can have."""
    country = roll_country(roll.name)
    return sum(register.size for register in manifest.registers if country in (None, register.name[:2]))


def _sizes(manifest: Manifest) -> Iterator[str]:
    for roll in manifest.rolls:
        licences = _licences(manifest, roll)
        if roll.size > licences:
            yield f"the roll {roll.name} has {roll.size} commitments, its registers only {licences} licences"


def _growth(newer: Manifest, older: Manifest) -> Iterator[str]:
    weeks = (newer.date - older.date).days // 7 + 1
    for roll in newer.rolls:
        before = older.roll(roll.name)
        allowed = max(_licences(newer, roll) * PERCENT_A_WEEK * weeks // 100, FLOOR_IN_K * newer.k)
        if before is not None and roll.size - before.size > allowed:
            yield f"the roll {roll.name} grew from {before.size} to {roll.size}, by more than {allowed}"


def _distinct_files(editions: list[Manifest]) -> dict[RollEntry, int]:
    """Each file once, with the newest edition that names it; entries that differ in size or root are told apart."""
    files: dict[RollEntry, int] = {}
    for manifest in editions:
        for roll in manifest.rolls:
            files.setdefault(roll, manifest.number)
    return files


def _recompute(source: EditionSource, files: dict[RollEntry, int], processes: int) -> Iterator[Finding]:
    for entry, number in files.items():
        try:
            read_roll(source, entry).check_nodes(processes)
        except CredentialError as error:
            yield Finding(number, f"the roll {entry.name}: {error.detail}")


def _wallet(wallet: EditionSource, expected: Sha256 | None) -> Iterator[str]:
    if expected is None:
        yield "the edition names no wallet"
        return
    try:
        sums = wallet_sums.read(wallet, expected)
    except CredentialError as error:
        yield f"the wallet: {error.detail}"
        return
    for line in sums:
        try:
            wallet_sums.check_file(wallet, line)
        except CredentialError as error:
            yield f"the wallet: {error.detail}"
