"""The one address of the guard: a draft's texts in, places in them out.

It loads no session, sets no cookie and refuses a request that has one, so that whoever watches this process sees a draft and no member:
what is posted as nobody is searched by the same request as everything else. Nothing is stored, and nothing is logged of it.
"""

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from curbside.anonymous.guard.finding import Finding, findings_in, units_of
from curbside.anonymous.guard.passes import is_pass
from curbside.kit.bodies import json_body
from curbside.kit.cookieless import refuse_cookies
from curbside.kit.errors import NotAllowed, PublicError
from curbside.kit.limits import RateLimit, request_origin

MARK_LIMIT = RateLimit(times=300, seconds=300)
"""For everyone behind one address, such as a hospital's."""
LARGEST: Final = 524_288
"""Bytes: the longest case in any script, escaped."""
LONGEST: Final = 64_000
"""Characters of all fields together: the longest case with all of its facts."""
MOST_FIELDS: Final = 40


# Who needs no cookie needs no token against forged requests: such a request could do nothing in another's place.
@csrf_exempt
@login_not_required
@require_POST
def mark(request: HttpRequest) -> JsonResponse:
    """Where in these texts something could tell who a patient is; offsets count as scripts count."""
    refuse_cookies(request)
    MARK_LIMIT.count(request_origin(request))
    body = json_body(request, largest=LARGEST)
    if not is_pass(str(body.get("pass", ""))):
        raise NotAllowed(_("This page is too old. Reload it and try again."))
    texts = _texts(body)
    found = findings_in(texts, language=str(body.get("language", "")))
    return JsonResponse({"findings": [_as_json(finding, texts[finding.field]) for finding in found]})


def _texts(body: dict[str, object]) -> dict[str, str]:
    texts = body.get("texts")
    if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
        raise PublicError(_("That could not be read. Reload the page and try again."))
    if len(texts) > MOST_FIELDS or sum(map(len, texts.values())) > LONGEST:
        raise PublicError(_("That was too long."))
    return {str(field): text for field, text in texts.items()}


def _as_json(finding: Finding, text: str) -> dict[str, object]:
    units = units_of(text, (finding.whole, finding.start, finding.end))
    span = finding.span
    return {
        "field": finding.field,
        "start": units[finding.start],
        "end": units[finding.end],
        "from": units[finding.whole],
        "kind": span.type,
        "blocks": finding.blocks,
        "replacement": span.replacement,
        "alternatives": span.alternatives,
        "group": span.group,
        "token": finding.token,
    }
