"""Poseidon of two field elements in plain Python, with the constants derived rather than copied.

The fallback where the compiled package is missing, and the check on it: the package is a binary without
published source. Several times slower (bench/roll_building.py).

Parameters as circomlib's: BN254, width 3, 8 full and 57 partial rounds, x^5. Constants and matrix come from the
Grain LFSR of the Poseidon paper (eprint.iacr.org/2019/458, appendix F).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Final, NamedTuple

from curbside.credential.field import SCALAR_ORDER, FieldElement

_WIDTH: Final = 3
_FULL: Final = 8
_PARTIAL: Final = 57
_BITS: Final = 254
_TAPS: Final = (62, 51, 38, 23, 13, 0)


class Parameters(NamedTuple):
    """Three constants for each round, and the mixing matrix by rows."""

    rounds: tuple[tuple[int, ...], ...]
    matrix: tuple[tuple[int, ...], ...]


def _seed() -> list[int]:
    """Field kind, S-box, bits, width and rounds, then thirty ones: 80 bits."""
    fields = ((1, 2), (0, 4), (_BITS, 12), (_WIDTH, 12), (_FULL, 10), (_PARTIAL, 10), ((1 << 30) - 1, 30))
    return [int(bit) for value, width in fields for bit in f"{value:0{width}b}"]


def _lfsr() -> Iterator[int]:
    state = _seed()
    while True:
        bit = 0
        for tap in _TAPS:
            bit ^= state[tap]
        state = [*state[1:], bit]
        yield bit


def _grain_bits() -> Iterator[int]:
    """The self-shrinking output: of each pair, the second bit where the first is one."""
    raw = islice(_lfsr(), 160, None)
    for choose, bit in zip(raw, raw, strict=False):
        if choose:
            yield bit


def _grain_integers() -> Iterator[int]:
    bits = _grain_bits()
    while True:
        yield int("".join(str(bit) for bit in islice(bits, _BITS)), 2)


@cache
def parameters() -> Parameters:
    """Derive the constants; about 0.2 s, once."""
    integers = _grain_integers()
    constants = islice((n for n in integers if n < SCALAR_ORDER), _WIDTH * (_FULL + _PARTIAL))
    rounds = tuple(zip(*[constants] * _WIDTH, strict=True))
    cauchy = list(islice(integers, 2 * _WIDTH))
    matrix = tuple(tuple(pow(x + y, -1, SCALAR_ORDER) for y in cauchy[_WIDTH:]) for x in cauchy[:_WIDTH])
    return Parameters(rounds, matrix)


def _power5(x: int) -> int:
    square = x * x % SCALAR_ORDER
    return square * square * x % SCALAR_ORDER


def poseidon(left: FieldElement, right: FieldElement) -> FieldElement:
    """Poseidon(left, right)."""
    rounds, matrix = parameters()
    a, b, c = 0, int(left), int(right)
    for number, (first, second, third) in enumerate(rounds):
        a, b, c = _power5(a + first), b + second, c + third
        if not _FULL // 2 <= number < _FULL // 2 + _PARTIAL:
            b, c = _power5(b), _power5(c)
        a, b, c = ((row[0] * a + row[1] * b + row[2] * c) % SCALAR_ORDER for row in matrix)
    return FieldElement(a)
