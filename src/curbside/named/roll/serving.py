"""Hands out editions and roll files, the same to everyone: no session is read, no cookie set.

In production the web server in front serves the folder itself, with the same headers (see deploy/).
"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from curbside.credential.edition_source import LATEST_PATH, manifest_path, roll_path, signature_path
from curbside.credential.names import Sha256

_IMMUTABLE = "public, max-age=31536000, immutable"
_FIVE_MINUTES = "public, max-age=300"


@login_not_required
@require_safe
def latest(request: HttpRequest) -> HttpResponseBase:
    """The pointer to the newest edition."""
    file = settings.ROLL_DIR / LATEST_PATH
    if not file.is_file():
        raise Http404
    content = file.read_bytes()
    response = HttpResponse(content, content_type="application/json")
    return _for_everyone(request, response, etag=hashlib.sha256(content).hexdigest(), caching=_FIVE_MINUTES)


@login_not_required
@require_safe
def manifest(request: HttpRequest, digest: str) -> HttpResponseBase:
    """An edition's manifest."""
    return _immutable_file(request, manifest_path(Sha256(digest)), "application/json", digest)


@login_not_required
@require_safe
def signature(request: HttpRequest, digest: str) -> HttpResponseBase:
    """The signature of a manifest."""
    return _immutable_file(request, signature_path(Sha256(digest)), "application/octet-stream", digest + ".sig")


@login_not_required
@require_safe
def roll_file(request: HttpRequest, digest: str) -> HttpResponseBase:
    """A whole roll file; parts are not served, since asking for a part would tell who asks."""
    return _immutable_file(request, roll_path(Sha256(digest)), "application/octet-stream", digest)


def _immutable_file(request: HttpRequest, path: str, content_type: str, etag: str) -> HttpResponseBase:
    file: Path = settings.ROLL_DIR / path
    if not file.is_file():
        raise Http404
    response = FileResponse(file.open("rb"), content_type=content_type)
    return _for_everyone(request, response, etag=etag, caching=_IMMUTABLE)


def _for_everyone(request: HttpRequest, response: HttpResponseBase, *, etag: str, caching: str) -> HttpResponseBase:
    """Add the headers; answer 304 to who has these bytes."""
    quoted = f'"{etag}"'
    known: HttpResponseBase | None = get_conditional_response(request, etag=quoted)
    if known is not None:
        response.close()
    answer = known or response
    answer.headers["ETag"] = quoted
    answer.headers["Cache-Control"] = caching
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
