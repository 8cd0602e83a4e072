"""AES-256-GCM for documents and for their keys. A key seals one version of one text, and is never used again.

The text's id is associated data, so that a row moved to another id does not open; so is a key's own id where it is wrapped.
"""

import json
import os
from collections.abc import Mapping
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from curbside.anonymous.sealing.padding import pad, unpad
from curbside.anonymous.sealing.secrecy import Document, JSONValue, KeyId, SealingError, TextId, TextKey

VERSION: Final = b"\x01"
NONCE_BYTES: Final = 12


class Unreadable(SealingError):
    """A ciphertext that its key does not open: the row or the key was changed, or belongs elsewhere."""


def fresh_key() -> TextKey:
    """A key for one version of one text."""
    return TextKey(AESGCM.generate_key(256))


def encrypt_document(document: Mapping[str, JSONValue], *, text_id: TextId, key: TextKey) -> bytes:
    """The document as padded JSON, encrypted."""
    plain = json.dumps(dict(document), ensure_ascii=False, separators=(",", ":")).encode()
    return _encrypt(pad(plain), secret=key.secret, bound_to=_text_context(text_id))


def decrypt_document(ciphertext: bytes, *, text_id: TextId, key: TextKey) -> Document:
    """The document again; raises Unreadable."""
    plain = _decrypt(ciphertext, secret=key.secret, bound_to=_text_context(text_id))
    fields: dict[str, JSONValue] = json.loads(unpad(plain))
    return Document(fields)


def wrap_key(key: TextKey, *, key_id: KeyId, operator_secret: bytes) -> bytes:
    """A text's key under an operator's key."""
    return _encrypt(key.secret, secret=operator_secret, bound_to=key_context(key_id))


def unwrap_key(wrapped: bytes, *, key_id: KeyId, operator_secret: bytes) -> TextKey:
    """The text's key again; raises Unreadable."""
    return TextKey(_decrypt(wrapped, secret=operator_secret, bound_to=key_context(key_id)))


def _text_context(text_id: TextId) -> bytes:
    return b"curbside text v1\n" + text_id.to_bytes(8)


def key_context(key_id: KeyId) -> bytes:
    """What a text's key is bound to where it is wrapped, by whatever wraps it."""
    return b"curbside ring key v1\n" + key_id.to_bytes(8)


def _encrypt(plain: bytes, *, secret: bytes, bound_to: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + nonce + AESGCM(secret).encrypt(nonce, plain, bound_to)


def _decrypt(data: bytes, *, secret: bytes, bound_to: bytes) -> bytes:
    if data[:1] != VERSION:
        raise Unreadable("Encrypted by another version.")
    nonce, sealed = data[1 : 1 + NONCE_BYTES], data[1 + NONCE_BYTES :]
    try:
        return AESGCM(secret).decrypt(nonce, sealed, bound_to)
    except (InvalidTag, ValueError) as error:
        raise Unreadable("Its key does not open it.") from error
