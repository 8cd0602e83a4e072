"""What a notification is about, in 26 bytes, encrypted under the key of its owner's box and bound to its row."""

import os
import struct
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from curbside.anonymous.notifications.kinds import Kind
from curbside.anonymous.sealing.secrecy import TextKey

_LAYOUT: Final = struct.Struct(">BBHqqI")
_NONCE_BYTES: Final = 12
_FIRST_DAY: Final = date(2020, 1, 1)
_KINDS: Final = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Notice:
    """What a member is told: a kind of thing, in a thread, on a day."""

    kind: Kind
    thread_id: int
    comment_id: int | None
    day: date
    read: bool = False
    held_until: int = 0
    """The hour, counted from 1970, before which it is not shown."""

    def as_read(self) -> Self:
        """The same, once its owner has seen it."""
        return replace(self, read=True)

    def to_bytes(self) -> bytes:
        """26 bytes."""
        day = (self.day - _FIRST_DAY).days
        return _LAYOUT.pack(_KINDS.index(self.kind), self.read, day, self.thread_id, self.comment_id or 0, self.held_until)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """From what ``to_bytes`` gave; ValueError for anything else."""
        try:
            kind, read, day, thread_id, comment_id, held_until = _LAYOUT.unpack(data)
            return cls(_KINDS[kind], thread_id, comment_id or None, _FIRST_DAY + timedelta(days=day), bool(read), held_until)
        except (struct.error, IndexError) as error:
            raise ValueError("Not a notice.") from error


def seal_notice(notice: Notice, *, row_id: int, key: TextKey) -> bytes:
    """The notice for the row of this id."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key.secret).encrypt(nonce, notice.to_bytes(), _context(row_id))


def open_notice(sealed: bytes, *, row_id: int, key: TextKey) -> Notice | None:
    """The notice; None where another key sealed it, as after a box was made anew."""
    try:
        return Notice.from_bytes(AESGCM(key.secret).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _context(row_id)))
    except (InvalidTag, ValueError):
        return None


def _context(row_id: int) -> bytes:
    return b"curbside notice v1\n" + row_id.to_bytes(8)
