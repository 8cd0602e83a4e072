"""Groth16 over BN254: does a proof's equation hold for these public inputs? Steps 5 and 6 of the verification.

The pairing is py_ecc's. The final exponentiation is shortened by the one identity that costs nothing: raising to
q^6 is conjugation, so half of the exponent is a negation and an inversion.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, TypedDict, cast

from py_ecc.fields import optimized_bn128_FQ as FQ
from py_ecc.fields import optimized_bn128_FQ2 as FQ2
from py_ecc.fields import optimized_bn128_FQ12 as FQ12
from py_ecc.optimized_bn128.optimized_curve import add, b, b2, is_inf, is_on_curve, multiply, neg
from py_ecc.optimized_bn128.optimized_pairing import pairing
from py_ecc.typing import Optimized_Point3D

from curbside.credential.errors import EquationRefused, PointRefused
from curbside.credential.field import BASE_MODULUS, SCALAR_ORDER, Coordinate, FieldElement

G1 = Optimized_Point3D[FQ]
G2 = Optimized_Point3D[FQ2]
Points = tuple[Coordinate, ...]

_HARD_EXPONENT: Final = (BASE_MODULUS**6 + 1) // SCALAR_ORDER


def _g1(x: int, y: int) -> G1:
    return (FQ(x), FQ(y), FQ.one())


def _g2(x: tuple[int, int], y: tuple[int, int]) -> G2:
    return (FQ2(x), FQ2(y), FQ2.one())


def _check_g1(point: G1, name: str) -> None:
    # (0, 0) is how Solidity writes infinity; it is off the curve, as is every other affine spelling of it.
    if not is_on_curve(point, b):
        raise PointRefused(f"{name} is not on the curve")


def _check_g2(point: G2, name: str) -> None:
    if not is_on_curve(point, b2):
        raise PointRefused(f"{name} is not on the curve")
    if not is_inf(multiply(point, SCALAR_ORDER)):
        raise PointRefused(f"{name} is not in the subgroup")


@dataclass(frozen=True, slots=True)
class ProofPoints:
    """a, b and c, on their curves, not at infinity, b in the subgroup."""

    a: G1
    b: G2
    c: G1

    @classmethod
    def unpack(cls, packed: Points) -> ProofPoints:
        """Read `[a.x, a.y, b.x1, b.x0, b.y1, b.y0, c.x, c.y]`: b's halves are swapped as in Solidity call data."""
        ax, ay, bx1, bx0, by1, by0, cx, cy = packed
        points = cls(_g1(ax, ay), _g2((bx0, bx1), (by0, by1)), _g1(cx, cy))
        _check_g1(points.a, "a")
        _check_g1(points.c, "c")
        _check_g2(points.b, "b")
        return points


class _KeyFile(TypedDict):
    """What we read of snarkjs' verification key: affine points with a third coordinate of one."""

    vk_alpha_1: tuple[str, str, str]
    vk_beta_2: tuple[tuple[str, str], tuple[str, str], tuple[str, str]]
    vk_gamma_2: tuple[tuple[str, str], tuple[str, str], tuple[str, str]]
    vk_delta_2: tuple[tuple[str, str], tuple[str, str], tuple[str, str]]
    IC: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class VerificationKey:
    """A circuit's public half."""

    gamma: G2
    delta: G2
    inputs: tuple[G1, ...]
    alpha_beta: FQ12
    """The Miller loop of alpha and beta, the same for every proof."""

    @classmethod
    def read(cls, data: bytes) -> VerificationKey:
        """Read a key that the caller trusts: it comes with the release, not from outside."""
        value = cast("_KeyFile", json.loads(data))  # the tests pin the one shipped by its SHA-256
        return cls(
            gamma=_key_g2(value["vk_gamma_2"]),
            delta=_key_g2(value["vk_delta_2"]),
            inputs=tuple(_key_g1(point) for point in value["IC"]),
            alpha_beta=_miller(_key_g2(value["vk_beta_2"]), _key_g1(value["vk_alpha_1"])),
        )

    def commit(self, inputs: Sequence[FieldElement]) -> G1:
        """The point that stands for the public inputs."""
        total = self.inputs[0]
        for value, point in zip(inputs, self.inputs[1:], strict=True):
            total = add(total, multiply(point, value))
        return total


def _key_g1(point: tuple[str, str, str]) -> G1:
    return _g1(int(point[0]), int(point[1]))


def _key_g2(point: tuple[tuple[str, str], tuple[str, str], tuple[str, str]]) -> G2:
    (x0, x1), (y0, y1), _one = point
    return _g2((int(x0), int(x1)), (int(y0), int(y1)))


@cache
def circuit_key() -> VerificationKey:
    """The key of the one circuit, `semaphore-4.13.0-depth-20`."""
    return VerificationKey.read(files("curbside.credential").joinpath("keys", "semaphore-20.json").read_bytes())


def _miller(q: G2, p: G1) -> FQ12:
    return pairing(q, p, final_exponentiate=False)


def _is_one_after_final_exponentiation(value: FQ12) -> bool:
    conjugate = FQ12([-c if power % 2 else c for power, c in enumerate(value.coeffs)])
    return (conjugate / value) ** _HARD_EXPONENT == FQ12.one()


def verify(key: VerificationKey, points: ProofPoints, inputs: Sequence[FieldElement]) -> None:
    """Check e(a, b) = e(alpha, beta) e(inputs, gamma) e(c, delta), with one final exponentiation for all four."""
    product = _miller(points.b, neg(points.a)) * key.alpha_beta * _miller(key.gamma, key.commit(inputs)) * _miller(key.delta, points.c)
    if not _is_one_after_final_exponentiation(product):
        raise EquationRefused("the equation does not hold")
