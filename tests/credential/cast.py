"""What the tests of the door share: the vectors, a registrar with a key, and ways to break a proof."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from curbside.credential.edition import Manifest, RegisterEntry, RollEntry
from curbside.credential.edition_store import EditionStore
from curbside.credential.knock import AcceptedRoll, Challenge, KnockTerms, PasskeyDigest, Purpose, RollReference
from curbside.credential.names import Badge, Host, RollName, decode_base64url
from curbside.credential.roll_file import RollFile

VECTORS = Path(__file__).parent.parent / "vectors"
REGISTRAR = Host("directory.example.org")
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(32))
DAY = date(2026, 11, 23)
WEEK = timedelta(days=7)


def vector(name: str) -> dict[str, object]:
    value: dict[str, object] = json.loads((VECTORS / name).read_bytes())
    return value


def group_leaves() -> list[int]:
    leaves: list[str] = json.loads((VECTORS / "group.json").read_bytes())["leaves"]
    return [int(leaf) for leaf in leaves]


def commitments(count: int, seed: str = "") -> list[int]:
    """Distinct numbers that could be commitments."""
    return [int.from_bytes(hashlib.sha256(f"{seed}{n}".encode()).digest(), "big") >> 8 for n in range(count)]


def roll_entry(name: str, roll: RollFile) -> RollEntry:
    return RollEntry(RollName(name), roll.size, roll.root, roll.digest)


def manifest(rolls: dict[str, RollFile], follows: Manifest | None = None, licences: int = 100_000) -> Manifest:
    entries = tuple(roll_entry(name, roll) for name, roll in sorted(rolls.items()))
    registers = (RegisterEntry("gb-gmc", licences), RegisterEntry("us-nppes", licences))
    first = Manifest(REGISTRAR, 1, DAY, None, 2, entries, registers)
    if follows is None:
        return first
    return replace(first, number=follows.number + 1, date=follows.date + WEEK, previous=follows.address)


def publish(folder: Path, *editions: dict[str, RollFile], licences: int = 100_000) -> list[Manifest]:
    """Publish editions one after another; return their manifests, oldest first."""
    published: list[Manifest] = []
    for rolls in editions:
        published.append(manifest(rolls, published[-1] if published else None, licences))
        EditionStore(folder).publish(published[-1], rolls.values(), KEY)
    return published


class Knock:
    """One case of knock.json: terms, and the packet that answers them."""

    def __init__(self, name: str) -> None:
        case = json.loads((VECTORS / "knock.json").read_bytes())["cases"][name]
        terms = case["terms"]
        self.scope, self.message = int(case["scope"]), int(case["message"])
        self.value = case["packet"]
        self.terms = KnockTerms(
            community=terms["community"],
            challenge=Challenge(decode_base64url(terms["challenge"])),
            purpose=Purpose(terms["purpose"]),
            object_id=terms["object"],
            epoch=terms["epoch"],
            passkey=None if terms["passkey"] == "-" else PasskeyDigest(decode_base64url(terms["passkey"])),
            badges=tuple(Badge.parse(badge) for badge in terms["badges"].split(",") if badge),
        )

    @property
    def packet(self) -> bytes:
        return json.dumps(self.value).encode()


def accepted_rolls() -> dict[RollReference, AcceptedRoll]:
    """The rolls of the vectors' edition."""
    address = json.loads((VECTORS / "knock.json").read_bytes())["edition"]
    edition = Manifest.decode((VECTORS / "editions" / "editions" / f"{address}.json").read_bytes())
    return {RollReference(REGISTRAR, address, roll.name): AcceptedRoll(roll.root, roll.size, edition.k) for roll in edition.rolls}
