"""The registrar's signing key: a file of its own, read only while an edition is made or its public half is asked for."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from curbside.credential.edition import public_key_text
from curbside.credential.errors import NameRefused
from curbside.credential.names import decode_base64url

_SEED_BYTES = 32


def signing_key() -> Ed25519PrivateKey:
    """The Ed25519 key from the file's 32-byte seed in base64url."""
    file = settings.ROLL_SIGNING_KEY_FILE
    try:
        seed = decode_base64url(file.read_text(encoding="ascii").strip())
    except (OSError, ValueError, NameRefused) as error:
        raise ImproperlyConfigured(f"{file} holds no signing key that can be read. Run `curbside keys make`.") from error
    if len(seed) != _SEED_BYTES:
        raise ImproperlyConfigured(f"{file} must hold {_SEED_BYTES} bytes as base64url.")
    return Ed25519PrivateKey.from_private_bytes(seed)


def public_key() -> str:
    """The public half as base64url, as the wallet's and the community's settings name it."""
    return public_key_text(signing_key().public_key())
