"""`curbside proof verify` and `curbside roll audit`: anyone can check a proof or a registrar, without running a site."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from curbside.credential import names, strict_json
from curbside.credential.audit import FLOOR_IN_K, PERCENT_A_WEEK, audit
from curbside.credential.edition import parse_public_key
from curbside.credential.edition_source import EditionSource, read_edition, source_at
from curbside.credential.errors import CredentialError, NameRefused
from curbside.credential.field import Nullifier
from curbside.credential.knock import (
    DIGEST_BYTES,
    LARGEST_PACKET,
    AcceptedRoll,
    Challenge,
    KnockTerms,
    PasskeyDigest,
    Purpose,
    RollReference,
    verify_packet,
)
from curbside.credential.names import Badge, Host
from curbside.credential.proof import verify_bare_proof

Parsed = TypeVar("Parsed")

HOLDS: Final = 0
REFUSED: Final = 1


@dataclass(frozen=True, slots=True)
class Registrar:
    """A registrar the caller trusts, and where its editions are."""

    key: Ed25519PublicKey
    source: EditionSource


class SignedRolls:
    """Accepts every edition that a given registrar signed; which are still recent is a server's own rule."""

    def __init__(self, registrars: dict[Host, Registrar]) -> None:
        self._registrars = registrars

    def find(self, reference: RollReference) -> AcceptedRoll | None:
        """The roll, if the reference is to one that such an edition holds."""
        registrar = self._registrars.get(reference.registrar)
        if registrar is None:
            return None
        manifest = read_edition(registrar.source, reference.edition, registrar.key, reference.registrar)
        entry = manifest.roll(reference.roll)
        return None if entry is None else AcceptedRoll(entry.root, entry.size, manifest.k)


def _argument(parse: Callable[[str], Parsed]) -> Callable[[str], Parsed]:
    """Let argparse report what a parser refuses."""

    def parse_argument(text: str) -> Parsed:
        try:
            return parse(text)
        except CredentialError as error:
            raise argparse.ArgumentTypeError(error.detail) from error

    return parse_argument


def _digest(text: str) -> bytes:
    data = names.decode_base64url(text)
    if len(data) != DIGEST_BYTES:
        raise NameRefused("not 32 bytes in base64url")
    return data


def _verify_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="curbside proof verify",
        description="Say whether a proof holds. FILE is a bare Semaphore proof, checked against the message and scope it "
        "names itself, or a packet as the wallet hands it over, checked against the terms given by the options.",
        epilog="Exit status: 0 the proof holds, 1 it does not, 2 wrong usage.",
    )
    parser.add_argument("file", metavar="FILE.json", type=Path)
    packet = parser.add_argument_group("the terms of a packet")
    packet.add_argument("--community", type=_argument(names.host), metavar="HOST", help="the community's host")
    packet.add_argument("--challenge", type=_argument(_digest), metavar="BASE64URL", help="the community's challenge, 32 bytes")
    packet.add_argument("--passkey", type=_argument(_digest), metavar="BASE64URL", help="SHA-256 of the new passkey's public key, if any")
    packet.add_argument("--purpose", choices=[purpose.value for purpose in Purpose], default="member", help="(default: member)")
    packet.add_argument("--object", default="", metavar="ID", help="the case's public id, for the purpose case")
    packet.add_argument("--epoch", default="", metavar="DATE", help="the date, for the purpose quota")
    packet.add_argument(
        "--badge", action="append", default=[], type=_argument(Badge.parse), metavar="HOST:ROLL", help="a badge asked for; repeat it"
    )
    packet.add_argument(
        "--registrar",
        action="append",
        default=[],
        nargs=3,
        metavar=("HOST", "KEY", "PLACE"),
        help="a registrar, its public key in base64url, and the folder or web address of its editions; repeat it",
    )
    return parser


def verify_command(argv: list[str]) -> int:
    """Run `curbside proof verify`; return the exit status."""
    parser = _verify_parser()
    options = parser.parse_args(argv)
    data = _read_file(parser, options.file)
    try:
        nullifier = _verify_packet_file(parser, options, data) if _is_packet(data) else verify_bare_proof(data).nullifier
    except CredentialError as error:
        print(f"refused: {error.detail}")
        return REFUSED
    print(f"holds, with the nullifier {nullifier}")
    return HOLDS


def _read_file(parser: argparse.ArgumentParser, file: Path) -> bytes:
    """No more than a packet can have, so that a wrong file is refused and not loaded."""
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST_PACKET + 1)
    except OSError as error:
        parser.error(f"{file}: {error.strerror}")


def _is_packet(data: bytes) -> bool:
    value = strict_json.parse(data, LARGEST_PACKET)
    return isinstance(value, dict) and "format" in value


def _verify_packet_file(parser: argparse.ArgumentParser, options: argparse.Namespace, data: bytes) -> Nullifier:
    if options.community is None or options.challenge is None or not options.registrar:
        parser.error("a packet needs --community, --challenge and --registrar")
    try:
        terms = KnockTerms(
            community=options.community,
            challenge=Challenge(options.challenge),
            purpose=Purpose(options.purpose),
            object_id=options.object,
            epoch=options.epoch,
            passkey=None if options.passkey is None else PasskeyDigest(options.passkey),
            badges=tuple(sorted(options.badge, key=str)),
        )
        rolls = SignedRolls({names.host(host): _registrar(key, place) for host, key, place in options.registrar})
    except CredentialError as error:
        parser.error(error.detail)
    return verify_packet(data, terms, rolls.find).nullifier


def _registrar(key: str, place: str) -> Registrar:
    return Registrar(parse_public_key(key), source_at(place))


def _audit_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="curbside roll audit",
        description="Check a registrar's editions from outside: signatures, the chain down to the first edition, every roll "
        "file computed again, and the sizes of rolls against those of the registers.",
        epilog="A roll may be no larger than its country's registers, nor grow between two editions by more than "
        f"{PERCENT_A_WEEK} % of them for each week begun, or {FLOOR_IN_K} k where that is more. "
        "Exit status: 0 nothing found, 1 something found, 2 wrong usage.",
    )
    parser.add_argument("source", metavar="URL", type=_argument(source_at), help="the registrar's roll URL, or a folder")
    parser.add_argument(
        "--key", required=True, type=_argument(parse_public_key), metavar="KEY", help="the registrar's public key in base64url"
    )
    parser.add_argument("--registrar", type=_argument(names.host), metavar="HOST", help="refuse editions of any other registrar")
    parser.add_argument("--wallet", type=_argument(source_at), metavar="URL", help="the wallet's address or folder: check its files too")
    return parser


def audit_command(argv: list[str]) -> int:
    """Run `curbside roll audit`; return the exit status."""
    options = _audit_parser().parse_args(argv)
    result = audit(options.source, options.key, registrar=options.registrar, wallet=options.wallet, processes=os.cpu_count() or 1)
    for finding in result.findings:
        print(f"found: {finding}")
    editions, files = len(result.editions), result.files
    print(f"{editions} editions and {files} roll files checked, {len(result.findings)} things found")
    return REFUSED if result.findings else HOLDS
