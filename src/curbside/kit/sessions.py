"""Sessions that say little: the key is stored as its hash, the end as the first of a month, and no moment of use anywhere.

Django's own store keeps the key in clear (a thief could sign in with it) and stamps seconds into both the
row and its signed data (a thief could tell when each person was last here).
"""

import hashlib
import hmac
from datetime import date, timedelta
from typing import ClassVar, TypeGuard, cast

from django.conf import settings
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.core import signing
from django.db import IntegrityError, models, transaction

from curbside.kit.clock import now, today
from curbside.kit.ids import RandomIdField

_ENDS = "ends"
_HOUR = 3600
Passing = dict[str, object]
"""A value that a session holds for a step that is under way, and the hour from which it counts no more."""


def keep_for_an_hour(session: SessionBase, name: str, value: object) -> None:
    """Keep a value for one to two hours: its end is a full hour, so that no row tells the moment at which a step began."""
    session[name] = {_ENDS: _hour() + 2, "value": value}


def kept(session: SessionBase, name: str) -> object:
    """The value, or None where there is none or its hour has passed."""
    entry = session.get(name)
    return entry["value"] if _is_passing(entry) and not _has_passed(entry) else None


def _hour() -> int:
    return int(now().timestamp()) // _HOUR


def _is_passing(entry: object) -> TypeGuard[Passing]:
    return isinstance(entry, dict) and set(entry) == {_ENDS, "value"}


def _has_passed(entry: Passing) -> bool:
    ends = entry[_ENDS]
    return not isinstance(ends, int) or ends <= _hour()


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
        """Forget all rows whose day has passed, and in the others what was kept for an hour."""
        cls.table.objects.filter(ends_on__lt=today()).delete()
        store = cls()
        for row in cls.table.objects.iterator():
            store._forget_passed(row)

    def _forget_passed(self, row: StoredSession) -> None:
        data = self.decode(row.data)
        left = {name: entry for name, entry in data.items() if not (_is_passing(entry) and _has_passed(entry))}
        if len(left) == len(data):
            return
        unchanged = self.table.objects.filter(pk=row.pk, data=row.data)  # a request may be writing it just now
        if left:
            unchanged.update(data=self.encode(left))
        else:
            unchanged.delete()
