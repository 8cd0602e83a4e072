"""The operator's keys, behind one protocol: a file today, a key service or hardware module by one setting (KEY_SERVICE).

Texts' keys are not cached in this process: unwrapping the 51 of a page takes a tenth of a millisecond, and what is not kept cannot be
found in memory later.
"""

import base64
import binascii
import os
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from curbside.anonymous.sealing.cipher import unwrap_key, wrap_key
from curbside.anonymous.sealing.secrecy import KeyId, OperatorKeyId, SealingError, TextKey

_LINE: Final = re.compile(r"([A-Za-z0-9._-]{1,40}) ([A-Za-z0-9_-]{43})")


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A text's key as the ring holds it."""

    key_id: KeyId
    operator_key: OperatorKeyId
    data: bytes


class OperatorKeyMissing(SealingError):
    """The ring names an operator's key that the service does not have."""


class KeyService(Protocol):
    """Wraps and unwraps texts' keys. In batches, since a service on a network answers one question at a time."""

    def current_key(self) -> OperatorKeyId:
        """The key that wraps from now on."""
        ...

    def wrap(self, keys: Mapping[KeyId, TextKey]) -> list[WrappedKey]:
        """Each key under the current operator's key."""
        ...

    def unwrap(self, wrapped: Sequence[WrappedKey]) -> dict[KeyId, TextKey]:
        """Each key in clear; raises OperatorKeyMissing or cipher.Unreadable."""
        ...

    def add_key(self) -> OperatorKeyId:
        """Make a new key current; the old ones still unwrap."""
        ...


def key_service() -> KeyService:
    """The service that settings name."""
    service: KeyService = import_string(settings.KEY_SERVICE)()
    return service


class KeyFile:
    """The service over settings.KEY_FILE: lines ``ID BASE64URL`` of 32 bytes each, the last one current."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or Path(settings.KEY_FILE)

    def __repr__(self) -> str:
        return "KeyFile()"

    def _secrets(self) -> dict[OperatorKeyId, bytes]:
        """The file's keys, read again only when the file changed, so that a rotation needs no restart."""
        try:
            stat = self._file.stat()
            return _read_keys(self._file, stat.st_mtime_ns, stat.st_ino)
        except OSError as error:
            raise ImproperlyConfigured(f"{self._file} cannot be read ({error.strerror}): run `curbside keys make`.") from error

    def current_key(self) -> OperatorKeyId:
        """The key of the last line."""
        return next(reversed(self._secrets()))

    def wrap(self, keys: Mapping[KeyId, TextKey]) -> list[WrappedKey]:
        """Each key under the last line's key."""
        operator_key, secret = next(reversed(self._secrets().items()))
        return [WrappedKey(key_id, operator_key, wrap_key(key, key_id=key_id, operator_secret=secret)) for key_id, key in keys.items()]

    def unwrap(self, wrapped: Sequence[WrappedKey]) -> dict[KeyId, TextKey]:
        """Each key in clear."""
        known = self._secrets()
        for row in wrapped:
            if row.operator_key not in known:
                raise OperatorKeyMissing(f"The key file lacks the key {row.operator_key}.")
        return {row.key_id: unwrap_key(row.data, key_id=row.key_id, operator_secret=known[row.operator_key]) for row in wrapped}

    def add_key(self) -> OperatorKeyId:
        """Append a line. The file is replaced whole, so that nobody reads half of it."""
        known = self._secrets()
        fresh = OperatorKeyId(str(1 + max((int(key_id) for key_id in known if key_id.isdecimal()), default=0)))
        lines = [*(f"{key_id} {_as_text(secret)}" for key_id, secret in known.items()), f"{fresh} {_as_text(secrets.token_bytes(32))}"]
        _replace_file(self._file, "\n".join(lines) + "\n")
        return fresh


@lru_cache(maxsize=2)
def _read_keys(file: Path, _modified: int, _inode: int) -> dict[OperatorKeyId, bytes]:
    keys: dict[OperatorKeyId, bytes] = {}
    for number, line in enumerate(file.read_text(encoding="ascii").splitlines(), start=1):
        matched = _LINE.fullmatch(line.strip())
        if not matched or matched[1] in keys:
            raise ImproperlyConfigured(f"{file}, line {number}: not an ID of its own and 32 bytes as base64url.")
        keys[OperatorKeyId(matched[1])] = _from_text(matched[2])
    if not keys:
        raise ImproperlyConfigured(f"{file} holds no key.")
    return keys


def _as_text(secret: bytes) -> str:
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")


def _from_text(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=", altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ImproperlyConfigured("A key is 32 bytes as base64url.") from error


def _replace_file(file: Path, content: str) -> None:
    temporary = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(content)
            stream.flush()
            # An administrator may rotate; the site's account must still be able to read.
            owner = file.stat()
            os.fchown(stream.fileno(), owner.st_uid, owner.st_gid)
            os.fsync(stream.fileno())
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
