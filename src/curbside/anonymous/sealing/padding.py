"""Padding of documents to size classes, so that a ciphertext's length tells little of what was written.

Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", PoPETs 2019) leaves
O(log log n) bits of the length at an overhead of at most 12 % (6.3 % above LEAST); everything up to LEAST bytes is one class.
"""

from typing import Final

LEAST: Final = 512
_LENGTH_BYTES: Final = 4


def padme(length: int) -> int:
    """The size of the class that a length falls in."""
    if length <= LEAST:
        return LEAST
    exponent = length.bit_length() - 1
    free_bits = exponent - exponent.bit_length()
    mask = (1 << free_bits) - 1
    return (length + mask) & ~mask


def pad(data: bytes) -> bytes:
    """The data's length, the data, and zeros up to the class's size."""
    framed = len(data).to_bytes(_LENGTH_BYTES) + data
    return framed.ljust(padme(len(framed)), b"\0")


def unpad(padded: bytes) -> bytes:
    """The data again; ValueError where the padding is not what ``pad`` makes."""
    end = _LENGTH_BYTES + int.from_bytes(padded[:_LENGTH_BYTES])
    data = padded[_LENGTH_BYTES:end]
    if pad(data) != padded:
        raise ValueError("Not padded as documents are.")
    return data
