"""Names of hosts, registrars' rolls and badges, and the other short texts of the wire format."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import NewType

from curbside.credential.errors import NameRefused

Host = NewType("Host", str)
RollName = NewType("RollName", str)
Sha256 = NewType("Sha256", str)
"""Lower-case hex."""

EVERYONE = RollName("everyone")

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_ROLL = re.compile(r"everyone|[a-z]{2}(?:/[a-z]+(?:-[a-z]+)*)?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_REGISTER = re.compile(r"[a-z]{2}-[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_HOST = 253
_LONGEST_NAME = 100


def host(text: str) -> Host:
    """The text, if it is a host."""
    if len(text) > _LONGEST_HOST or not _HOST.fullmatch(text):
        raise NameRefused("not a lower-case host without a port")
    return Host(text)


def roll_name(text: str) -> RollName:
    """The text, if it names a roll."""
    if len(text) > _LONGEST_NAME or not _ROLL.fullmatch(text):
        raise NameRefused("not the name of a roll")
    return RollName(text)


def roll_country(name: RollName) -> str | None:
    """The country a roll is of, or None for everyone's."""
    return None if name == EVERYONE else name[:2]


def register_name(text: str) -> str:
    """A register's name begins with its country: `us-nppes`."""
    if len(text) > _LONGEST_NAME or not _REGISTER.fullmatch(text):
        raise NameRefused("not the name of a register")
    return text


def sha256_hex(text: str) -> Sha256:
    """The text, if it is a SHA-256 in lower-case hex."""
    if not _SHA256.fullmatch(text):
        raise NameRefused("not a SHA-256 in lower-case hex")
    return Sha256(text)


@dataclass(frozen=True, slots=True, order=True)
class Badge:
    """A registrar and a roll, written `directory.example.org:gb/anaesthetics`."""

    registrar: Host
    roll: RollName

    @classmethod
    def parse(cls, text: str) -> Badge:
        """Read a badge."""
        registrar, colon, roll = text.partition(":")
        if not colon:
            raise NameRefused("a badge is a registrar, a colon and a roll")
        return cls(host(registrar), roll_name(roll))

    def __str__(self) -> str:
        return f"{self.registrar}:{self.roll}"


def encode_base64url(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode_base64url(text: str) -> bytes:
    """Read base64url without padding; only the one canonical spelling is taken."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise NameRefused("not base64url") from error
    if encode_base64url(data) != text:
        raise NameRefused("not base64url without padding")
    return data
