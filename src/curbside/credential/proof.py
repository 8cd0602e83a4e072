"""A Semaphore proof as it arrives, and the steps of its verification that need nothing but the proof.

A nullifier tells that the same secret knocks again, and nothing else; neither it nor a proof leads to a commitment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from curbside.credential import groth16, strict_json
from curbside.credential.errors import CredentialError, NumberRefused, RangeRefused, ShapeRefused
from curbside.credential.field import Coordinate, FieldElement, Nullifier, coordinate, field_element, nonzero_element, parse_decimal
from curbside.credential.groth16 import ProofPoints, VerificationKey
from curbside.credential.keccak import circuit_input
from curbside.credential.tree import DEPTH

LARGEST_PROOF: Final = 4096
_KEYS: Final = ("merkleTreeDepth", "merkleTreeRoot", "nullifier", "message", "scope", "points")
_COORDINATES: Final = 8


@dataclass(frozen=True, slots=True)
class SemaphoreProof:
    """A proof whose shape and ranges are right, which proves nothing yet."""

    root: FieldElement
    nullifier: Nullifier
    message: int
    scope: int
    points: tuple[Coordinate, ...]

    def public_inputs(self) -> tuple[FieldElement, FieldElement, FieldElement, FieldElement]:
        """Root, nullifier, hashed message, hashed scope: the circuit's order."""
        return (self.root, self.nullifier, circuit_input(self.message), circuit_input(self.scope))

    def check_equation(self, key: VerificationKey) -> None:
        """Steps 5 and 6."""
        groth16.verify(key, ProofPoints.unpack(self.points), self.public_inputs())


@dataclass(frozen=True, slots=True)
class ClaimedProof:
    """A proof of the right shape, its numbers unchecked but for their spelling."""

    root: int
    nullifier: int
    message: int
    scope: int
    points: tuple[int, ...]

    @classmethod
    def read(cls, value: object, depth: int = DEPTH) -> ClaimedProof:
        """Step 1. Only the vectors come with another depth than 20."""
        try:
            return cls._read(value, depth)
        except CredentialError as error:
            raise ShapeRefused(error.detail) from error

    @classmethod
    def _read(cls, value: object, depth: int) -> ClaimedProof:
        proof = strict_json.members(value, _KEYS)
        if strict_json.whole_number(proof["merkleTreeDepth"], 1, 32) != depth:
            raise ShapeRefused(f"the proof is not of depth {depth}")
        points = strict_json.items(proof["points"], _COORDINATES)
        if len(points) != _COORDINATES:
            raise ShapeRefused("a proof has eight coordinates")
        return cls(
            root=_decimal(proof["merkleTreeRoot"]),
            nullifier=_decimal(proof["nullifier"]),
            message=_decimal(proof["message"]),
            scope=_decimal(proof["scope"]),
            points=tuple(_decimal(point) for point in points),
        )

    def check_ranges(self) -> SemaphoreProof:
        """Step 2. A number beyond the field's order would be a second spelling of the same nullifier."""
        try:
            return SemaphoreProof(
                root=field_element(self.root),
                nullifier=Nullifier(nonzero_element(self.nullifier)),
                message=self.message,
                scope=self.scope,
                points=tuple(coordinate(point) for point in self.points),
            )
        except NumberRefused as error:
            raise RangeRefused(error.detail) from error


def _decimal(value: object) -> int:
    return parse_decimal(strict_json.text(value))


def verify_bare_proof(data: bytes) -> SemaphoreProof:
    """Verify a Semaphore proof against its own message and scope: all steps but those that need a server's terms."""
    try:
        value = strict_json.parse(data, LARGEST_PROOF)
    except CredentialError as error:
        raise ShapeRefused(error.detail) from error
    proof = ClaimedProof.read(value).check_ranges()
    proof.check_equation(groth16.circuit_key())
    return proof
