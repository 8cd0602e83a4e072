"""Addresses that answer without knowing who asks: a request that carries a cookie, or comes from a page of another origin, is refused."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from curbside.kit.errors import NotAllowed


def refuse_cookies(request: HttpRequest) -> None:
    """And pages of other origins, which could use up what an address may do in ten minutes."""
    if request.headers.get("Cookie") or request.headers.get("Origin", str(settings.ORIGIN)) != str(settings.ORIGIN):
        raise NotAllowed(_("This request would tell who you are, so it was not answered. Reload the page and try again."))
