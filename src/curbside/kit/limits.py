"""Rate limits in this process's memory, under keyed hashes whose key is new each day: nothing to steal, nothing to keep.

Each process counts for itself (docs/operating.md).
"""

import hashlib
import ipaddress
import secrets
import threading
import time
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import ngettext

from curbside.kit.clock import today
from curbside.kit.errors import TooMany

_LARGEST_TABLE = 100_000


class RateLimit:
    """At most ``times`` in ``seconds`` for one subject (a member's id, or where a request comes from)."""

    def __init__(self, *, times: int, seconds: int) -> None:
        self.times = times
        self.seconds = seconds
        self._lock = threading.Lock()
        self._key = b""
        self._day: date | None = None
        self._uses: dict[bytes, list[float]] = {}

    def count(self, subject: str) -> None:
        """Count one use; raises TooMany when there were ``times`` within ``seconds``."""
        moment = time.monotonic()
        with self._lock:
            self._renew_key()
            name = hashlib.blake2b(subject.encode(), key=self._key, digest_size=16).digest()
            recent = [use for use in self._uses.get(name, []) if use > moment - self.seconds]
            if len(recent) >= self.times:
                raise TooMany(_wait_sentence(recent[0] + self.seconds - moment))
            self._uses.pop(name, None)  # so that the table stays in the order of last uses
            self._uses[name] = [*recent, moment]
            if len(self._uses) > _LARGEST_TABLE:
                del self._uses[next(iter(self._uses))]  # the one unused longest: a flood frees nobody who tries just now

    def _renew_key(self) -> None:
        if self._day != today():
            self._day, self._key = today(), secrets.token_bytes(32)
            self._uses.clear()


def _wait_sentence(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    return ngettext(
        "Too many tries. Wait a minute, then try again.", "Too many tries. Wait %(minutes)d minutes, then try again.", minutes
    ) % {"minutes": minutes}


def request_origin(request: HttpRequest) -> str:
    """Where a request comes from, for a RateLimit only: never stored, never logged.

    Of X-Forwarded-For only the last entry counts, which our own front wrote; those before it are the visitor's to invent. Of an
    IPv6 address only the first half counts, because one visitor has all of the rest.
    """
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_FRONT else ""
    return _network(forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", ""))


def _network(address: str) -> str:
    try:
        parsed = ipaddress.IPv6Address(address)
    except ValueError:
        return address
    return str(parsed.ipv4_mapped or ipaddress.IPv6Network((parsed, 64), strict=False))
