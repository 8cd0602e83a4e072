"""Who looked before giving a list: told by a cookie of their browser, which this server alone can make and read; no row keeps it.

It holds a number for each case and member, of which nothing can be read without the server's key, and goes when the browser is closed.
"""

import base64
import binascii
import hashlib
import hmac
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_BYTES: Final = 8
_MOST: Final = 100
"""Cases; a hundred looks later the first is forgotten."""


def _cookie() -> str:
    return f"{settings.SESSION_COOKIE_NAME}-looked"


def _number(member_id: int, case_id: int) -> bytes:
    message = f"curbside looked {member_id} {case_id}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).digest()[:_BYTES]


def _numbers(request: HttpRequest) -> list[bytes]:
    try:
        held = base64.b64decode(request.COOKIES.get(_cookie(), "").encode("ascii"), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return []
    return [held[start : start + _BYTES] for start in range(0, len(held) - len(held) % _BYTES, _BYTES)][:_MOST]


def has_looked(request: HttpRequest, *, member_id: int, case_id: int) -> bool:
    """Whether this browser's member asked for the answers of the case before giving a list."""
    return _number(member_id, case_id) in _numbers(request)


def remember_look(request: HttpRequest, response: HttpResponse, *, member_id: int, case_id: int) -> None:
    """Have the browser keep it."""
    number = _number(member_id, case_id)
    kept = [number, *(held for held in _numbers(request) if held != number)][:_MOST]
    value = base64.urlsafe_b64encode(b"".join(kept)).decode()
    response.set_cookie(_cookie(), value, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")
