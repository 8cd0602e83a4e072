"""A knock at the community's door: the terms it is made under, and the packet of proofs that answers them.

The community states terms and learns a nullifier and the rolls that were shown. Scope and message are computed
here from the server's own terms; the packet's are only compared with them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NewType

from curbside.credential import groth16, names, strict_json
from curbside.credential.errors import CredentialError, NameRefused, OtherRoll, OtherTerms, ShapeRefused, TermsRefused
from curbside.credential.field import FieldElement, Nullifier
from curbside.credential.groth16 import ProofPoints
from curbside.credential.names import EVERYONE, Badge, Host, RollName, Sha256
from curbside.credential.proof import ClaimedProof, SemaphoreProof

Challenge = NewType("Challenge", bytes)
"""32 random bytes of the server, good for one knock."""
PasskeyDigest = NewType("PasskeyDigest", bytes)
"""SHA-256 of a new passkey's COSE public key."""

DIGEST_BYTES: Final = 32
MOST_PROOFS: Final = 8
LARGEST_PACKET: Final = 16_384
_FORMAT: Final = "curbside-proof-1"
_PACKET_KEYS: Final = ("format", "purpose", "object", "epoch", "proofs")
_OBJECT: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Purpose(StrEnum):
    """What a knock is for."""

    MEMBER = "member"
    CASE = "case"
    QUOTA = "quota"


def _digest_of_lines(*lines: str) -> int:
    return int.from_bytes(hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).digest(), "big")


@dataclass(frozen=True, slots=True)
class KnockTerms:
    """What the community asks to be proved. Terms that break the format cannot be made."""

    community: Host
    challenge: Challenge
    purpose: Purpose = Purpose.MEMBER
    object_id: str = ""
    epoch: str = ""
    passkey: PasskeyDigest | None = None
    badges: tuple[Badge, ...] = ()

    def __post_init__(self) -> None:
        try:
            names.host(self.community)
        except NameRefused as error:
            raise TermsRefused(error.detail) from error
        if len(self.challenge) != DIGEST_BYTES or (self.passkey is not None and len(self.passkey) != DIGEST_BYTES):
            raise TermsRefused("challenge and passkey digest have 32 bytes")
        if list(self.badges) != sorted(set(self.badges), key=str) or len(self.badges) > MOST_PROOFS:
            raise TermsRefused(f"at most {MOST_PROOFS} badges, in ascending order, each once")
        self._check_object_and_epoch()

    def _check_object_and_epoch(self) -> None:
        if (self.purpose is Purpose.CASE) != bool(self.object_id) or (self.purpose is Purpose.QUOTA) != bool(self.epoch):
            raise TermsRefused("a case has an object, a quota an epoch, and nothing else has either")
        if self.object_id and not _OBJECT.fullmatch(self.object_id):
            raise TermsRefused("an object is up to 64 letters, digits, - and _")
        if self.epoch and not _is_date(self.epoch):
            raise TermsRefused("an epoch is a date")

    @property
    def scope(self) -> int:
        """The integer of "Scope" in docs/wire-format.md."""
        return _digest_of_lines("curbside scope v1", *self._place())

    @property
    def message(self) -> int:
        """The integer of "Message" in docs/wire-format.md."""
        return _digest_of_lines(
            "curbside knock v1",
            *self._place(),
            names.encode_base64url(self.challenge),
            "-" if self.passkey is None else names.encode_base64url(self.passkey),
            ",".join(str(badge) for badge in self.badges),
        )

    def _place(self) -> tuple[str, str, str, str]:
        return (self.community, self.purpose.value, self.object_id, self.epoch)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class RollReference:
    """A roll in an edition, as a packet names it."""

    registrar: Host
    edition: Sha256
    roll: RollName

    @property
    def badge(self) -> Badge:
        """The badge that the roll stands for."""
        return Badge(self.registrar, self.roll)


@dataclass(frozen=True, slots=True)
class AcceptedRoll:
    """A roll of an edition that the community verified and still accepts."""

    root: FieldElement
    size: int
    k: int


FindRoll = Callable[[RollReference], AcceptedRoll | None]
"""The community's accepted rolls; None for any other. The `get` of a dict will do."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What a knock showed: the same nullifier as ever at this scope, and the rolls its maker is on."""

    nullifier: Nullifier
    rolls: tuple[RollReference, ...]


@dataclass(frozen=True, slots=True)
class Packet:
    """A packet of the right shape. Its purpose, object and epoch are claims."""

    purpose: str
    object_id: str
    epoch: str
    proofs: tuple[tuple[RollReference, ClaimedProof], ...]

    @classmethod
    def decode(cls, data: bytes) -> Packet:
        """Step 1, for all proofs."""
        try:
            return cls._read(strict_json.members(strict_json.parse(data, LARGEST_PACKET), _PACKET_KEYS))
        except ShapeRefused:
            raise
        except CredentialError as error:
            raise ShapeRefused(error.detail) from error

    @classmethod
    def _read(cls, value: dict[str, object]) -> Packet:
        if value["format"] != _FORMAT:
            raise ShapeRefused("another format")
        proofs = strict_json.items(value["proofs"], MOST_PROOFS)
        if not proofs:
            raise ShapeRefused("no proof")
        return cls(
            purpose=strict_json.text(value["purpose"]),
            object_id=strict_json.text(value["object"]),
            epoch=strict_json.text(value["epoch"]),
            proofs=tuple(_read_entry(entry) for entry in proofs),
        )


def _read_entry(value: object) -> tuple[RollReference, ClaimedProof]:
    entry = strict_json.members(value, ("registrar", "edition", "roll", "proof"))
    reference = RollReference(
        names.host(strict_json.text(entry["registrar"])),
        names.sha256_hex(strict_json.text(entry["edition"])),
        names.roll_name(strict_json.text(entry["roll"])),
    )
    return reference, ClaimedProof.read(entry["proof"])


def packet_from_fragment(text: str) -> bytes:
    """The packet's bytes from its base64url form."""
    if len(text) > LARGEST_PACKET * 4 // 3 + 4:
        raise ShapeRefused("too long")
    try:
        return names.decode_base64url(text)
    except NameRefused as error:
        raise ShapeRefused(error.detail) from error


@dataclass(frozen=True, slots=True)
class CheckedPacket:
    """A packet that passed the cheap steps, 1 to 4: it was made for this knock, and only the equations are open."""

    references: tuple[RollReference, ...]
    proofs: tuple[SemaphoreProof, ...]

    def check_equations(self) -> Verified:
        """Steps 5 and 6. About half a second a proof: call it where a flood of false proofs stops nobody's reading."""
        points = [ProofPoints.unpack(proof.points) for proof in self.proofs]
        key = groth16.circuit_key()
        for proof, unpacked in zip(self.proofs, points, strict=True):
            groth16.verify(key, unpacked, proof.public_inputs())
        return Verified(self.proofs[0].nullifier, self.references)


def check_packet(data: bytes, terms: KnockTerms, find_roll: FindRoll) -> CheckedPacket:
    """Steps 1 to 4 of docs/wire-format.md, each for all proofs before the next; the first failure is raised."""
    packet = Packet.decode(data)
    references = tuple(reference for reference, _ in packet.proofs)
    proofs = tuple(claimed.check_ranges() for _, claimed in packet.proofs)
    _check_terms(packet, proofs, terms)
    _check_rolls_asked(references, terms)
    for reference, proof in zip(references, proofs, strict=True):
        _check_roll(reference, proof, find_roll)
    return CheckedPacket(references, proofs)


def verify_packet(data: bytes, terms: KnockTerms, find_roll: FindRoll) -> Verified:
    """Verify a packet wholly: the cheap steps, then the equations. Outside any transaction."""
    return check_packet(data, terms, find_roll).check_equations()


def _check_terms(packet: Packet, proofs: Sequence[SemaphoreProof], terms: KnockTerms) -> None:
    """Step 3."""
    if (packet.purpose, packet.object_id, packet.epoch) != (terms.purpose.value, terms.object_id, terms.epoch):
        raise OtherTerms("another purpose, object or epoch")
    scope, message = terms.scope, terms.message
    if any(proof.scope != scope for proof in proofs):
        raise OtherTerms("another scope")
    if any(proof.message != message for proof in proofs):
        raise OtherTerms("another message")
    if len({proof.nullifier for proof in proofs}) != 1:
        raise OtherTerms("the proofs are not of one secret")


def _check_rolls_asked(references: tuple[RollReference, ...], terms: KnockTerms) -> None:
    """Step 4, first half: one proof for each badge asked, in their order; without badges one for everyone's roll."""
    if terms.badges:
        if tuple(reference.badge for reference in references) != terms.badges:
            raise OtherRoll("not one proof for each badge, in their order")
    elif len(references) != 1 or references[0].roll != EVERYONE:
        raise OtherRoll("without badges there is one proof, against everyone's roll")


def _check_roll(reference: RollReference, proof: SemaphoreProof, find_roll: FindRoll) -> None:
    """Step 4, second half."""
    accepted = find_roll(reference)
    if accepted is None:
        raise OtherRoll("the roll or its edition is not accepted")
    if proof.root != accepted.root:
        raise OtherRoll("the root is not the roll's")
    if accepted.size < accepted.k:
        raise OtherRoll("the roll is smaller than k")
