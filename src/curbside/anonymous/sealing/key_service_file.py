"""The operator's keys in a file: lines ``ID BASE64URL`` of 32 bytes each, the last one current.

A new line counts at once in every process that reads the file. Hosts that share a ring must share the file.
"""

import base64
import binascii
import fcntl
import os
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from curbside.anonymous.sealing.cipher import unwrap_key, wrap_key
from curbside.anonymous.sealing.key_service import OperatorKeyMissing, WrappedKey
from curbside.anonymous.sealing.secrecy import KeyId, OperatorKeyId, TextKey
from curbside.kit.key_files import replace_key_file

_LINE: Final = re.compile(r"([A-Za-z0-9._-]{1,40}) ([A-Za-z0-9_-]{43})")


class KeyFile:
    """The service over settings.KEY_FILE."""

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
        return self._current()[0]

    def _current(self) -> tuple[OperatorKeyId, bytes]:
        """A file whose keys all moved elsewhere is empty: there is nothing to unwrap with, and nothing may be wrapped."""
        if not (known := self._secrets()):
            raise ImproperlyConfigured(f"{self._file} holds no key.")
        return next(reversed(known.items()))

    def key_ids(self) -> list[OperatorKeyId]:
        """Every line's."""
        return list(self._secrets())

    def wrap(self, keys: Mapping[KeyId, TextKey]) -> list[WrappedKey]:
        """Each key under the last line's key."""
        operator_key, secret = self._current()
        return [WrappedKey(key_id, operator_key, wrap_key(key, key_id=key_id, operator_secret=secret)) for key_id, key in keys.items()]

    def unwrap(self, wrapped: Sequence[WrappedKey]) -> dict[KeyId, TextKey]:
        """Each key in clear."""
        known = self._secrets()
        for row in wrapped:
            if row.operator_key not in known:
                raise OperatorKeyMissing(f"The key file lacks the key {row.operator_key}.")
        return {row.key_id: unwrap_key(row.data, key_id=row.key_id, operator_secret=known[row.operator_key]) for row in wrapped}

    def add_key(self) -> OperatorKeyId:
        """Append a line."""
        with self._only_writer():
            known = dict(self._secrets())
            fresh = OperatorKeyId(str(1 + max((int(key_id) for key_id in known if key_id.isdecimal()), default=0)))
            self._write(known | {fresh: secrets.token_bytes(32)})
        return fresh

    def remove_key(self, operator_key: OperatorKeyId) -> None:
        """Take a line out."""
        with self._only_writer():
            known = dict(self._secrets())
            if known.pop(operator_key, None) is None:
                raise OperatorKeyMissing(f"The key file lacks the key {operator_key}.")
            self._write(known)

    def _write(self, keys: Mapping[OperatorKeyId, bytes]) -> None:
        replace_key_file(self._file, "".join(f"{key_id} {_as_text(secret)}\n" for key_id, secret in keys.items()))

    @contextmanager
    def _only_writer(self) -> Iterator[None]:
        """One at a time: the second of two would write the file without the first one's key, which may already wrap texts' keys."""
        folder = os.open(self._file.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)


@lru_cache(maxsize=2)
def _read_keys(file: Path, _modified: int, _inode: int) -> dict[OperatorKeyId, bytes]:
    keys: dict[OperatorKeyId, bytes] = {}
    for number, line in enumerate(file.read_text(encoding="ascii").splitlines(), start=1):
        matched = _LINE.fullmatch(line.strip())
        if not matched or matched[1] in keys:
            raise ImproperlyConfigured(f"{file}, line {number}: not an ID of its own and 32 bytes as base64url.")
        keys[OperatorKeyId(matched[1])] = _from_text(matched[2])
    return keys


def _as_text(secret: bytes) -> str:
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")


def _from_text(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=", altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ImproperlyConfigured("A key is 32 bytes as base64url.") from error
