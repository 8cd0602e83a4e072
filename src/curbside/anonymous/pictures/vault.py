"""Files of pictures: encrypted under the picture's own key, padded to few sizes, named by a random number, without telling times.

A file is written once and never changed: another version has another name and another key.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from curbside.anonymous.sealing.cipher import Unreadable
from curbside.kit.ids import public_id

FOLDER: Final = "pictures"
LEAST: Final = 1 << 16
"""The smallest size of a file; each next one is twice as large."""
_LENGTH_BYTES: Final = 4
_NONCE_BYTES: Final = 12
_NO_TIME: Final = 946_684_800
"""The first second of 2000."""


def fresh_key() -> bytes:
    """A key for the files of one version of one picture."""
    return AESGCM.generate_key(256)


def size_class(length: int) -> int:
    """The size that so many bytes are padded to."""
    return max(LEAST, 1 << (length - 1).bit_length())


def write(*, file_id: int, number: int, data: bytes, key: bytes) -> None:
    """Encrypt and store one file."""
    framed = len(data).to_bytes(_LENGTH_BYTES) + data
    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, framed.ljust(size_class(len(framed)), b"\0"), _context(file_id, number))
    default_storage.save(_path(file_id, number), ContentFile(nonce + sealed))
    for touched in (_path(file_id, number), f"{FOLDER}/{public_id(file_id)}", FOLDER):
        _forget_times(touched)


def read(*, file_id: int, number: int, key: bytes) -> bytes:
    """The bytes again; raises Unreadable, and FileNotFoundError."""
    with default_storage.open(_path(file_id, number)) as stream:
        stored = stream.read()
    try:
        plain = AESGCM(key).decrypt(stored[:_NONCE_BYTES], stored[_NONCE_BYTES:], _context(file_id, number))
    except (InvalidTag, ValueError) as error:
        raise Unreadable("Its key does not open it.") from error
    return plain[_LENGTH_BYTES : _LENGTH_BYTES + int.from_bytes(plain[:_LENGTH_BYTES])]


def erase(file_id: int) -> None:
    """Remove a version's files. Without their key nobody could read them anyway."""
    folder = f"{FOLDER}/{public_id(file_id)}"
    with suppress(FileNotFoundError, NotADirectoryError):
        for path in default_storage.listdir(folder)[1]:
            default_storage.delete(f"{folder}/{path}")
        default_storage.delete(folder)


def stored_versions() -> Iterator[str]:
    """The public ids of all versions that have files."""
    with suppress(FileNotFoundError, NotADirectoryError):
        yield from default_storage.listdir(FOLDER)[0]


def level_times() -> None:
    """Have the file system say of every file that it was touched just now, so that it tells of none when it came."""
    for version in stored_versions():
        with suppress(FileNotFoundError):
            for path in default_storage.listdir(f"{FOLDER}/{version}")[1]:
                _forget_times(f"{FOLDER}/{version}/{path}")
        _forget_times(f"{FOLDER}/{version}")
    _forget_times(FOLDER)


def _forget_times(path: str) -> None:
    with suppress(NotImplementedError, FileNotFoundError):  # a store elsewhere has no paths
        os.utime(default_storage.path(path), (_NO_TIME, _NO_TIME))


def _path(file_id: int, number: int) -> str:
    return f"{FOLDER}/{public_id(file_id)}/{number}"


def _context(file_id: int, number: int) -> bytes:
    return b"curbside picture v1\n" + file_id.to_bytes(8) + number.to_bytes(2)
