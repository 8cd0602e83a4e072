"""The registrars an installation trusts, from one setting: one line more brings the network to a new country."""

import base64
import binascii
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from curbside.kit import environment


@dataclass(frozen=True, slots=True)
class Registrar:
    """A registrar: the origin of its site, its Ed25519 public key, and where its rolls are read from."""

    host: str
    origin: str
    public_key: bytes
    source: str
    """A folder, or an https URL."""


def registrars() -> list[Registrar]:
    """CURBSIDE_REGISTRARS: entries `ORIGIN KEY SOURCE`, separated by commas."""
    found = [_registrar(entry) for entry in environment.words("CURBSIDE_REGISTRARS")]
    if len({registrar.host for registrar in found}) != len(found):
        raise ImproperlyConfigured("CURBSIDE_REGISTRARS names a registrar twice.")
    return found


def _registrar(entry: str) -> Registrar:
    parts = entry.split()
    if len(parts) != 3:  # noqa: PLR2004 - origin, key, source
        raise ImproperlyConfigured(f"CURBSIDE_REGISTRARS wants `ORIGIN KEY SOURCE` for each registrar, not {entry!r}.")
    host = urlsplit(parts[0]).hostname
    if host is None:
        raise ImproperlyConfigured(f"CURBSIDE_REGISTRARS: {parts[0]!r} is not an origin such as https://directory.example.org.")
    return Registrar(host, parts[0].rstrip("/"), _public_key(parts[1]), parts[2])


def _public_key(text: str) -> bytes:
    try:
        key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise ImproperlyConfigured("CURBSIDE_REGISTRARS: a public key is 32 bytes as base64url.") from error
    if len(key) != 32:  # noqa: PLR2004 - Ed25519
        raise ImproperlyConfigured("CURBSIDE_REGISTRARS: a public key is 32 bytes as base64url.")
    return key
