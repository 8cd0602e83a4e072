"""Editions: the signed manifest that says which rolls a registrar publishes, and the chain they make.

A manifest names rolls and registers with their sizes, never anyone on them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from curbside.credential import names, strict_json
from curbside.credential.errors import ChainBroken, CredentialError, EditionRefused, SignatureRefused
from curbside.credential.field import FieldElement, nonzero_element, parse_decimal
from curbside.credential.names import Host, RollName, Sha256
from curbside.credential.tree import MOST_LEAVES

CIRCUIT: Final = "semaphore-4.13.0-depth-20"
LARGEST_MANIFEST: Final = 1 << 22
SIGNATURE_BYTES: Final = 64
_KEY_BYTES: Final = 32
_FORMAT: Final = "curbside-edition-1"
_SIGNED_PREFIX: Final = b"curbside edition v1\n"
_KEYS: Final = ("format", "registrar", "number", "date", "previous", "circuit", "k", "rolls", "registers", "wallet")
_LARGEST_NUMBER: Final = (1 << 53) - 1
_MOST_ENTRIES: Final = 16_384

Entry = TypeVar("Entry", "RollEntry", "RegisterEntry")


@dataclass(frozen=True, slots=True)
class RollEntry:
    """A roll as a manifest lists it."""

    name: RollName
    size: int
    root: FieldElement
    file: Sha256

    @classmethod
    def read(cls, value: object) -> RollEntry:
        """Read one entry of `rolls`."""
        entry = strict_json.members(value, ("name", "size", "root", "file"))
        return cls(
            name=names.roll_name(strict_json.text(entry["name"])),
            size=strict_json.whole_number(entry["size"], 1, MOST_LEAVES),
            root=nonzero_element(parse_decimal(strict_json.text(entry["root"]))),
            file=names.sha256_hex(strict_json.text(entry["file"])),
        )

    def value(self) -> dict[str, object]:
        """The entry as JSON."""
        return {"name": self.name, "size": self.size, "root": str(self.root), "file": self.file}


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """The licences in force in a register."""

    name: str
    size: int

    @classmethod
    def read(cls, value: object) -> RegisterEntry:
        """Read one entry of `registers`."""
        entry = strict_json.members(value, ("name", "size"))
        return cls(
            name=names.register_name(strict_json.text(entry["name"])),
            size=strict_json.whole_number(entry["size"], 0, _LARGEST_NUMBER),
        )

    def value(self) -> dict[str, object]:
        """The entry as JSON."""
        return {"name": self.name, "size": self.size}


def _entries(value: object, read: Callable[[object], Entry]) -> tuple[Entry, ...]:
    return tuple(read(entry) for entry in strict_json.items(value, _MOST_ENTRIES))


def _check_sorted(entries: Sequence[RollEntry] | Sequence[RegisterEntry], what: str) -> None:
    given = [entry.name for entry in entries]
    if given != sorted(set(given)):
        raise EditionRefused(f"the {what} are not sorted by name, or one stands twice")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an edition says. One that breaks a rule of the format cannot be made."""

    registrar: Host
    number: int
    date: date
    previous: Sha256 | None
    k: int
    rolls: tuple[RollEntry, ...]
    registers: tuple[RegisterEntry, ...]
    wallet: Sha256 | None = None

    def __post_init__(self) -> None:
        if (self.number == 1) != (self.previous is None) or self.number < 1:
            raise EditionRefused("the first edition follows none, and every other follows one")
        if self.k < 1 or any(roll.size < self.k for roll in self.rolls):
            raise EditionRefused("a roll is smaller than k")
        _check_sorted(self.rolls, "rolls")
        _check_sorted(self.registers, "registers")

    def encode(self) -> bytes:
        """The canonical bytes, which are signed and addressed."""
        return strict_json.canonical(
            {
                "format": _FORMAT,
                "registrar": self.registrar,
                "number": self.number,
                "date": self.date.isoformat(),
                "previous": self.previous,
                "circuit": CIRCUIT,
                "k": self.k,
                "rolls": [roll.value() for roll in self.rolls],
                "registers": [register.value() for register in self.registers],
                "wallet": self.wallet,
            }
        )

    @classmethod
    def decode(cls, data: bytes) -> Manifest:
        """Read a manifest; refuse bytes that are not its canonical form."""
        try:
            manifest = cls._read(strict_json.members(strict_json.parse(data, LARGEST_MANIFEST), _KEYS))
        except EditionRefused:
            raise
        except CredentialError as error:
            raise EditionRefused(error.detail) from error
        if manifest.encode() != data:
            raise EditionRefused("the manifest is not in canonical form")
        return manifest

    @classmethod
    def _read(cls, value: dict[str, object]) -> Manifest:
        if value["format"] != _FORMAT or value["circuit"] != CIRCUIT:
            raise EditionRefused("another format or another circuit")
        return cls(
            registrar=names.host(strict_json.text(value["registrar"])),
            number=strict_json.whole_number(value["number"], 1, _LARGEST_NUMBER),
            date=_read_date(strict_json.text(value["date"])),
            previous=_hash_or_none(value["previous"]),
            k=strict_json.whole_number(value["k"], 1, MOST_LEAVES),
            rolls=_entries(value["rolls"], RollEntry.read),
            registers=_entries(value["registers"], RegisterEntry.read),
            wallet=_hash_or_none(value["wallet"]),
        )

    @property
    def address(self) -> Sha256:
        """The edition's address."""
        return address_of(self.encode())

    def roll(self, name: RollName) -> RollEntry | None:
        """The roll of that name, or None."""
        return next((roll for roll in self.rolls if roll.name == name), None)


def _read_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise EditionRefused("not a date") from error


def _hash_or_none(value: object) -> Sha256 | None:
    return None if value is None else names.sha256_hex(strict_json.text(value))


def address_of(data: bytes) -> Sha256:
    """The hex SHA-256 under which these bytes are published."""
    return Sha256(hashlib.sha256(data).hexdigest())


def sign(manifest: bytes, key: Ed25519PrivateKey) -> bytes:
    """Sign a manifest's bytes; 64 raw bytes."""
    return key.sign(_SIGNED_PREFIX + manifest)


def verify(manifest: bytes, signature: bytes, key: Ed25519PublicKey) -> Manifest:
    """Check the signature first, then read the manifest."""
    try:
        key.verify(signature, _SIGNED_PREFIX + manifest)
    except InvalidSignature as error:
        raise SignatureRefused("the signature is not the registrar's") from error
    return Manifest.decode(manifest)


def parse_public_key(text: str) -> Ed25519PublicKey:
    """Read a registrar's key from base64url."""
    data = names.decode_base64url(text)
    if len(data) != _KEY_BYTES:
        raise EditionRefused("a public key is 32 bytes in base64url")
    return Ed25519PublicKey.from_public_bytes(data)


def public_key_text(key: Ed25519PublicKey) -> str:
    """A registrar's key as base64url."""
    return names.encode_base64url(key.public_bytes_raw())


def check_follows(manifest: Manifest, previous: Manifest) -> None:
    """Refuse an edition that is not the one right after `previous`."""
    if manifest.registrar != previous.registrar:
        raise ChainBroken("another registrar")
    if manifest.number != previous.number + 1:
        raise ChainBroken(f"edition {manifest.number} cannot follow edition {previous.number}")
    if manifest.previous != previous.address:
        raise ChainBroken(f"edition {manifest.number} names another edition {previous.number}")
    if manifest.date < previous.date:
        raise ChainBroken(f"edition {manifest.number} is dated before edition {previous.number}")
