"""Keccak-256 of one 32-byte block, as Ethereum uses it; `hashlib` has only SHA3-256, which pads differently.

Own code because it hashes one block twice a proof: a compiled dependency would be more to trust, not less.
The tests run the same permutation with SHA-3's padding against `hashlib`.
"""

from __future__ import annotations

from typing import Final

from curbside.credential.field import FieldElement

KECCAK_PADDING: Final = 0x01
SHA3_PADDING: Final = 0x06
_RATE: Final = 136
_MASK: Final = (1 << 64) - 1


def _round_constants() -> list[int]:
    constants, register = [], 1
    for _ in range(24):
        constant = 0
        for bit in range(7):
            constant |= (register & 1) << ((1 << bit) - 1)
            register <<= 1
            register ^= 0x171 if register >> 8 else 0
        constants.append(constant)
    return constants


def _rotations() -> list[int]:
    """Offsets of the rho step for lane x + 5y."""
    offsets, x, y = [0] * 25, 1, 0
    for step in range(24):
        offsets[x + 5 * y] = (step + 1) * (step + 2) // 2 % 64
        x, y = y, (2 * x + 3 * y) % 5
    return offsets


_CONSTANTS: Final = _round_constants()
_ROTATIONS: Final = _rotations()


def _rotate(lane: int, by: int) -> int:
    return (lane << by | lane >> (64 - by)) & _MASK


def _permute(lanes: list[int]) -> list[int]:
    for constant in _CONSTANTS:
        parity = [lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20] for x in range(5)]
        theta = [parity[x - 1] ^ _rotate(parity[(x + 1) % 5], 1) for x in range(5)]
        moved = [0] * 25
        for x in range(5):
            for y in range(5):
                lane = lanes[x + 5 * y] ^ theta[x]
                moved[y + 5 * ((2 * x + 3 * y) % 5)] = _rotate(lane, _ROTATIONS[x + 5 * y])
        lanes = [moved[i] ^ (~moved[i - i % 5 + (i + 1) % 5] & moved[i - i % 5 + (i + 2) % 5]) & _MASK for i in range(25)]
        lanes[0] ^= constant
    return lanes


def sponge_256(message: bytes, padding: int = KECCAK_PADDING) -> bytes:
    """Hash a message shorter than one block of 136 bytes."""
    if len(message) >= _RATE:
        raise ValueError("longer than one block")
    block = bytearray(message.ljust(_RATE, b"\0"))
    block[len(message)] ^= padding
    block[-1] ^= 0x80
    lanes = [int.from_bytes(block[i : i + 8], "little") for i in range(0, _RATE, 8)] + [0] * 8
    return b"".join(lane.to_bytes(8, "little") for lane in _permute(lanes)[:4])


def circuit_input(value: int) -> FieldElement:
    """How message and scope enter the circuit: keccak256 of the 32 bytes, shifted so that it fits the field."""
    return FieldElement(int.from_bytes(sponge_256(value.to_bytes(32, "big")), "big") >> 8)
