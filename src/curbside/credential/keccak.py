"""How message and scope enter the circuit. `hashlib` has only SHA3-256, which pads differently from Ethereum's Keccak-256."""

from __future__ import annotations

from Crypto.Hash import keccak

from curbside.credential.field import FieldElement


def keccak_256(message: bytes) -> bytes:
    """Keccak-256 as Ethereum uses it: the padding before SHA-3 was standardised."""
    return keccak.new(digest_bits=256, data=message).digest()


def circuit_input(value: int) -> FieldElement:
    """How message and scope enter the circuit: keccak256 of the 32 bytes, shifted so that it fits the field."""
    return FieldElement(int.from_bytes(keccak_256(value.to_bytes(32, "big")), "big") >> 8)
