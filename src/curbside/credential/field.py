"""Numbers of the BN254 curve and the one way to write each: decimal in JSON, 32 bytes big-endian in files."""

from __future__ import annotations

import re
from typing import Final, NewType

from curbside.credential.errors import NumberRefused

SCALAR_ORDER: Final = 21888242871839275222246405745257275088548364400416034343698204186575808495617
BASE_MODULUS: Final = 21888242871839275222246405745257275088696311157297823662689037894645226208583
ELEMENT_BYTES: Final = 32

FieldElement = NewType("FieldElement", int)
"""Below SCALAR_ORDER."""
Commitment = NewType("Commitment", FieldElement)
"""The public half of a wallet's secret: a non-zero field element."""
Nullifier = NewType("Nullifier", FieldElement)
"""Non-zero; the same whenever the same secret meets the same scope."""
Coordinate = NewType("Coordinate", int)
"""Below BASE_MODULUS."""

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,77}")


def parse_decimal(text: str) -> int:
    """Read an integer below 2^256 from its only spelling."""
    if not _DECIMAL.fullmatch(text) or (value := int(text)) >> 256:
        raise NumberRefused("not the decimal form of an integer below 2^256")
    return value


def field_element(value: int) -> FieldElement:
    """The value, if it is below the scalar field's order."""
    if not 0 <= value < SCALAR_ORDER:
        raise NumberRefused("not below the scalar field's order")
    return FieldElement(value)


def nonzero_element(value: int) -> FieldElement:
    """The value, if it is a field element other than zero."""
    if value == 0:
        raise NumberRefused("zero")
    return field_element(value)


def coordinate(value: int) -> Coordinate:
    """The value, if it is below the base field's modulus."""
    if not 0 <= value < BASE_MODULUS:
        raise NumberRefused("not below the base field's modulus")
    return Coordinate(value)


def parse_field_element(text: str) -> FieldElement:
    """Read a field element from JSON's decimal form."""
    return field_element(parse_decimal(text))


def parse_commitment(text: str) -> Commitment:
    """Read a commitment as the wallet hands it over."""
    return Commitment(nonzero_element(parse_decimal(text)))


def element_bytes(value: FieldElement) -> bytes:
    """The 32 bytes of a field element in a file."""
    return value.to_bytes(ELEMENT_BYTES, "big")


def element_from_bytes(data: bytes) -> FieldElement:
    """Read a field element from a file's 32 bytes."""
    if len(data) != ELEMENT_BYTES:
        raise NumberRefused("a field element is 32 bytes")
    return field_element(int.from_bytes(data, "big"))
