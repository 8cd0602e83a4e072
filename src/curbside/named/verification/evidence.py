"""Seals what an applicant shows: AES-256-GCM under the evidence key, a fresh nonce each, bound to the application.

A stolen database without the key holds no readable document and no address.
"""

import base64
import binascii
import hashlib
import hmac
import os
from contextlib import suppress
from typing import Final, NewType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

Sealed = NewType("Sealed", bytes)
EvidenceKey = NewType("EvidenceKey", bytes)

_NONCE_BYTES: Final = 12
_KEY_BYTES: Final = 32

LARGEST_DOCUMENT: Final = 10 * 1024 * 1024
MEDIA_TYPES: Final = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
"""What may be uploaded, and how a download of it ends."""


class EvidenceUnreadable(Exception):
    """Sealed bytes that this key and application do not open: another key, or a changed row."""


def media_type_of(content: bytes) -> str | None:
    """The type by the content's own marks, whatever the file is called; None for any other."""
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return "application/pdf"
    if content.startswith(b"\xff\xd8\xff") and content.rstrip(b"\x00").endswith(b"\xff\xd9"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR") and content.rstrip(b"\x00").endswith(b"IEND\xaeB`\x82"):
        return "image/png"
    return None


def seal(content: bytes, *, application_id: int) -> Sealed:
    """Nonce and ciphertext."""
    nonce = os.urandom(_NONCE_BYTES)
    return Sealed(nonce + AESGCM(_sealing_key(settings.EVIDENCE_KEY)).encrypt(nonce, content, _bound(application_id)))


def unseal(sealed: bytes, *, application_id: int) -> bytes:
    """The content, by the present key or one that it replaced; raises EvidenceUnreadable."""
    for text in (settings.EVIDENCE_KEY, *settings.EVIDENCE_KEY_FALLBACKS):
        with suppress(InvalidTag, ValueError):
            return AESGCM(_sealing_key(text)).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _bound(application_id))
    raise EvidenceUnreadable


def code_hash(code: str, *, application_id: int) -> bytes:
    """What is stored of a code: keyed, because there are few enough codes to try them all."""
    return hmac.digest(_subkey(settings.EVIDENCE_KEY, b"curbside address code v1"), _bound(application_id) + code.encode(), hashlib.sha256)


def _bound(application_id: int) -> bytes:
    return b"curbside evidence v1\n" + application_id.to_bytes(8, "big")


def _sealing_key(text: str) -> bytes:
    return _subkey(text, b"curbside evidence v1")


def _subkey(text: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), _KEY_BYTES, salt=None, info=purpose).derive(evidence_key(text))


def evidence_key(text: str) -> EvidenceKey:
    """The key's 32 bytes from base64url; raises ImproperlyConfigured."""
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise ImproperlyConfigured("The evidence key must be 32 bytes as base64url; `curbside keys make` writes one.") from error
    if len(key) != _KEY_BYTES:
        raise ImproperlyConfigured("The evidence key must be 32 bytes as base64url; `curbside keys make` writes one.")
    return EvidenceKey(key)
