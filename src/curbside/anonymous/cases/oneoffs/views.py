"""The three addresses of one-off posts. None loads a session or sets a cookie; the two that act refuse a request with any.

Between begin and finish nothing is kept here: the ticket and the words are in the browser (cases.oneoffs.tickets).
"""

import re
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from curbside.anonymous.cases.oneoffs import tickets
from curbside.anonymous.cases.oneoffs.drafts import prepare, read_draft
from curbside.anonymous.cases.oneoffs.proving import verify
from curbside.anonymous.cases.oneoffs.tickets import Act
from curbside.kit.bodies import json_body
from curbside.kit.cookieless import refuse_cookies
from curbside.kit.errors import PublicError
from curbside.kit.ids import PublicId
from curbside.kit.limits import RateLimit, request_origin

BEGIN_LIMIT = RateLimit(times=60, seconds=600)
FINISH_LIMIT = RateLimit(times=20, seconds=600)
LARGEST: Final = 262_144
"""Bytes: the longest story in any script, escaped, and two packets."""
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


# Who needs no cookie needs no token against forged requests: such a request could do nothing in another's place.
@csrf_exempt
@login_not_required
@require_POST
def begin(request: HttpRequest) -> JsonResponse:
    """A ticket for an act, and the wallet's address for it. Only a digest of the words comes here."""
    refuse_cookies(request)
    BEGIN_LIMIT.count(request_origin(request))
    body = json_body(request)
    ticket = tickets.begin(_act(body), case_id=_id(body, "case"), comment_id=_id(body, "comment"), digest=_digest(body))
    return JsonResponse({"ticket": ticket.signed(), "wallet": ticket.wallet_url()})


@csrf_exempt
@login_not_required
@require_POST
def finish(request: HttpRequest) -> JsonResponse:
    """Do what the ticket says with the words, if the wallet's packets hold."""
    refuse_cookies(request)
    FINISH_LIMIT.count(request_origin(request))
    body = json_body(request, largest=LARGEST)
    ticket, draft = tickets.read(_text(body, "ticket")), _text(body, "draft")
    if not ticket.covers(draft):
        raise PublicError(_("The words were changed after the proof was asked for. They are still here: open the wallet again."))
    deed = prepare(ticket, read_draft(draft))
    counted = [(_text(body, "quota"), ticket.quota_terms)] if ticket.quota_terms else []
    nullifier, *quota = verify((_text(body, "proof"), ticket.case_terms), *counted)
    return JsonResponse({"next": deed(nullifier, quota[0] if quota else None), "act": ticket.act})


@login_not_required
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """Where the wallet comes back to: the same page for everyone, made without asking who is signed in."""
    return render(request, "cases/oneoff.html")


def _act(body: dict[str, object]) -> Act:
    try:
        return Act(_text(body, "act"))
    except ValueError as error:
        raise _unreadable() from error


def _digest(body: dict[str, object]) -> str:
    digest = _text(body, "digest")
    if not _DIGEST.fullmatch(digest):
        raise _unreadable()
    return digest


def _id(body: dict[str, object], field: str) -> int:
    letters = _text(body, field)
    if not letters:
        return 0
    if not re.fullmatch(PublicId.regex, letters):
        raise _unreadable()
    try:
        return PublicId().to_python(letters)
    except ValueError as error:
        raise _unreadable() from error


def _text(body: dict[str, object], field: str) -> str:
    value = body.get(field, "")
    if not isinstance(value, str):
        raise _unreadable()
    return value


def _unreadable() -> PublicError:
    return PublicError(_("That could not be read. Reload the page and try again."))
