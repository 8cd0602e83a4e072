"""Whether the person at the browser showed their passkey just now: asked before what a borrowed or stolen session must not do.

The moment of showing it is kept in a signed cookie of the browser, which is gone after five minutes, and nowhere else. In the session's
row it would tell when somebody was last here; in the memory of a process it would be unknown to the other processes, and lost with a
restart. The cookie is signed for one session key: under another session, and after signing in anew, it is worth nothing.
"""

from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from curbside.kit.errors import PublicError

LASTS = 300
"""Seconds."""


class NotFresh(PublicError):
    """The passkey was not shown lately; for endpoints that a script asks, which cannot be led elsewhere."""

    status = HTTPStatus.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(_("Your passkey has to be shown again before this. Reload the page and try again."))


def mark_fresh(request: HttpRequest, response: HttpResponse) -> None:
    """Note in the browser that its person just showed a passkey. Call after `login`, which changes the session's key."""
    response.set_cookie(
        _cookie_name(),
        _signer(request).sign("shown"),
        max_age=LASTS,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def is_fresh(request: HttpRequest) -> bool:
    """Whether a passkey was shown in this session within the last five minutes."""
    cookie = request.COOKIES.get(_cookie_name(), "")
    if not cookie or not request.session.session_key:
        return False
    try:
        _signer(request).unsign(cookie, max_age=LASTS)
    except signing.BadSignature:
        return False
    return True


def ask_first(*, page: str, back: str) -> HttpResponse:
    """Lead to the page named ``page``, which asks for the passkey and leads back to the path ``back``.

    ``back`` is the page with the button, not the address that the button posts to.
    """
    return redirect(f"{reverse(page)}?{urlencode({'next': back})}")


def require_fresh(request: HttpRequest) -> None:
    """Raise NotFresh unless the passkey was shown just now."""
    if not is_fresh(request):
        raise NotFresh


def own_path(wanted: str) -> str:
    """A path of this site, or the start page: never an address elsewhere."""
    return wanted if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/"


def _cookie_name() -> str:
    return f"{settings.SESSION_COOKIE_NAME}-fresh"


def _signer(request: HttpRequest) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"curbside.fresh\n{request.session.session_key}")
