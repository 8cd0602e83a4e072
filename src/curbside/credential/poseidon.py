"""Poseidon of two field elements: compiled where the package is there and right, else in plain Python."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from curbside.credential import poseidon_plain
from curbside.credential.field import FieldElement

Hash = Callable[[FieldElement, FieldElement], FieldElement]

_KNOWN: Final = 7853200120776062878684798364095072458815029376092732009249414926327459813530
"""Poseidon(1, 2), from the JavaScript libraries."""


def compiled_hash() -> Hash | None:
    """The compiled hash, or None where the package is missing for this platform."""
    try:
        from light_poseidon_python import Hasher
    except ImportError:
        return None
    hasher = Hasher(2)

    def poseidon(left: FieldElement, right: FieldElement) -> FieldElement:
        # It takes and returns decimals, and would reduce a value past the order in silence.
        digits: str = hasher.hash([left, right])
        return FieldElement(int(digits))

    return poseidon


@cache
def fastest_hash() -> Hash:
    """The hash to use, checked once on a known answer: a wrong one would publish a roll nobody can prove against."""
    chosen = compiled_hash() or poseidon_plain.poseidon
    if chosen(FieldElement(1), FieldElement(2)) != _KNOWN:
        raise RuntimeError("the installed Poseidon gives wrong answers; reinstall light-poseidon-python")
    return chosen
