"""Sessions that say little: the key is stored as its hash, the end as the first of a month, and no moment of use anywhere.

Django's own store keeps the key in clear (a thief could sign in with it) and stamps seconds into both the
row and its signed data (a thief could tell when each person was last here).
"""

import hashlib
import hmac
from datetime import date, timedelta
from typing import ClassVar, cast

from django.conf import settings
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.core import signing
from django.db import IntegrityError, models, transaction

from curbside.kit.clock import today
from curbside.kit.ids import RandomIdField


class StoredSession(models.Model):
    """A session's row. Each side makes its own table of it."""

    id = RandomIdField()
    key_hash = models.BinaryField(max_length=32)
    data = models.TextField()
    ends_on = models.DateField(db_index=True)

    objects: ClassVar[models.Manager["StoredSession"]] = models.Manager()

    class Meta:
        abstract = True


def _digest(key: str) -> bytes:
    return hashlib.sha256(b"curbside session\n" + key.encode()).digest()


def _row_id(key: str) -> int:
    return (int.from_bytes(_digest(key)[:8]) >> 1) or 1


def _end() -> date:
    """The first of a month, at the earliest when the cookie ends.

    A day would tell the day of signing in, and whoever holds both sides' rows would set one beside the other: many look at the
    directory just before they join (the breach drill links them so).
    """
    earliest = today() + timedelta(seconds=settings.SESSION_COOKIE_AGE, days=1)
    return (earliest.replace(day=1) + timedelta(days=32)).replace(day=1)


class HashedSessionStore(SessionBase):
    """The store over a side's table; a side's subclass names the table."""

    table: ClassVar[type[StoredSession]]

    def encode(self, session_dict: dict[str, object]) -> str:
        """Sign without a time stamp."""
        return signing.Signer(salt="curbside.session").sign_object(session_dict, compress=True)

    def decode(self, session_data: bytes | str) -> dict[str, object]:
        """Verify; a forged or old row is an empty session."""
        try:
            return cast("dict[str, object]", signing.Signer(salt="curbside.session").unsign_object(str(session_data)))
        except signing.BadSignature:
            return {}

    def _row(self) -> StoredSession | None:
        key = self.session_key
        if not key:
            return None
        row = self.table.objects.filter(pk=_row_id(key), ends_on__gte=today()).first()
        return row if row and hmac.compare_digest(bytes(row.key_hash), _digest(key)) else None

    def load(self) -> dict[str, object]:
        """The session's data, or an empty one under a key not yet chosen."""
        row = self._row()
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row.data)

    def exists(self, session_key: str) -> bool:
        """Whether the key is taken."""
        return self.table.objects.filter(pk=_row_id(session_key)).exists()

    def create(self) -> None:
        """Choose a fresh key and store an empty row under it."""
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined] # SessionBase's own, missing in the stubs
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - SessionBase's signature
        """Store the data under the key's hash, with the day it ends."""
        if self.session_key is None:
            self.create()
            return
        values = {
            "key_hash": _digest(self.session_key),
            "data": self.encode(self._get_session(no_load=must_create)),  # type: ignore[attr-defined] # likewise
            "ends_on": _end(),
        }
        rows = self.table.objects
        if not must_create:
            if not rows.filter(pk=_row_id(self.session_key)).update(**values):
                raise UpdateError
            return
        try:
            with transaction.atomic():
                rows.create(id=_row_id(self.session_key), **values)
        except IntegrityError as error:
            raise CreateError from error

    def delete(self, session_key: str | None = None) -> None:
        """Forget the row."""
        key = session_key or self.session_key
        if key:
            self.table.objects.filter(pk=_row_id(key)).delete()

    @classmethod
    def end_all(cls) -> int:
        """Forget every row: whoever is signed in, and whoever stole a session, is so no more. Gives how many."""
        return cls.table.objects.all().delete()[0]

    @classmethod
    def clear_expired(cls) -> None:
        """Forget all rows whose day has passed."""
        cls.table.objects.filter(ends_on__lt=today()).delete()
