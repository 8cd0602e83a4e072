"""The endpoints that answer in JSON: passkey ceremonies, and the packet that came back from the wallet.

All are limited by where a request comes from, in memory only.
"""

import json
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from curbside.anonymous.membership import access, actions, knocks, queries
from curbside.anonymous.membership.forms import PasskeyLabelForm
from curbside.anonymous.membership.knocking import finish_knock
from curbside.anonymous.membership.models import Member
from curbside.kit import fresh, passkeys
from curbside.kit.bodies import json_body
from curbside.kit.limits import RateLimit, request_origin

PASSKEY_TEXT: Final = "Curbside community"
"""What the system shows beside a passkey: never the pseudonym, because others may look at that screen."""

CEREMONY_LIMIT = RateLimit(times=60, seconds=600)
KNOCK_LIMIT = RateLimit(times=30, seconds=600)
SESSION_KNOCK_LIMIT = RateLimit(times=10, seconds=600)


@login_not_required
@require_POST
def sign_in_options(request: HttpRequest) -> JsonResponse:
    """Options for signing in with any passkey of this host."""
    CEREMONY_LIMIT.count(request_origin(request))
    return JsonResponse(passkeys.request_options(request.session, site=settings.ORIGIN))


@login_not_required
@require_POST
def sign_in_finish(request: HttpRequest) -> JsonResponse:
    """Sign in; the answer says where to go next."""
    CEREMONY_LIMIT.count(request_origin(request))
    body = json_body(request)
    member = actions.check_passkey(session=request.session, answer=_passkey(body), site=settings.ORIGIN)
    return _sign_in(request, member, JsonResponse({"next": fresh.own_path(str(body.get("next", "")))}))


@require_POST
def confirm_options(request: HttpRequest) -> JsonResponse:
    """Options for showing a passkey again."""
    CEREMONY_LIMIT.count(request_origin(request))
    access.signed_in_member(request)
    return JsonResponse(passkeys.request_options(request.session, site=settings.ORIGIN))


@require_POST
def confirm_finish(request: HttpRequest) -> JsonResponse:
    """Note that the member's own passkey was shown just now; the answer says where to go next."""
    CEREMONY_LIMIT.count(request_origin(request))
    member, body = access.signed_in_member(request), json_body(request)
    if actions.check_passkey(session=request.session, answer=_passkey(body), site=settings.ORIGIN) != member:
        raise passkeys.PasskeyRefused(_("That is not a passkey of yours here. Use the one with which you signed in."))
    response = JsonResponse({"next": fresh.own_path(str(body.get("next", "")))})
    fresh.mark_fresh(request, response)
    return response


@login_not_required
@require_POST
def knock_passkey_options(request: HttpRequest) -> JsonResponse:
    """Options for the passkey that a knock brings."""
    CEREMONY_LIMIT.count(request_origin(request))
    knocks.pending(request.session)
    return _creation_options(request, known=[])


@login_not_required
@require_POST
def knock_passkey_finish(request: HttpRequest) -> JsonResponse:
    """Tie the new passkey to the knock. It opens nothing until the proof is there."""
    CEREMONY_LIMIT.count(request_origin(request))
    made = passkeys.verify_creation(request.session, _passkey(json_body(request)), site=settings.ORIGIN)
    knocks.bring_passkey(request.session, made)
    return JsonResponse({"next": reverse("membership:to_wallet")})


@login_not_required
@require_POST
def knock_finish(request: HttpRequest) -> JsonResponse:
    """Verify the wallet's packet; then admit, open or renew, and sign in."""
    KNOCK_LIMIT.count(request_origin(request))
    SESSION_KNOCK_LIMIT.count(request.session.session_key or request_origin(request))
    kind = knocks.pending(request.session).kind
    renewing = access.signed_in_member(request) if kind is knocks.Kind.RENEW else None
    answer = finish_knock(session=request.session, packet=str(json_body(request).get("packet", "")), renewing=renewing)
    response = JsonResponse({"next": "/" if answer.is_new else reverse("membership:account")})
    _sign_in(request, answer.member, response)
    messages.success(request, _welcome(answer, kind))
    return response


@require_POST
def passkey_options(request: HttpRequest) -> JsonResponse:
    """Options for one more passkey of the member who asks."""
    CEREMONY_LIMIT.count(request_origin(request))
    member = access.signed_in_member(request)
    fresh.require_fresh(request)
    return _creation_options(request, known=queries.credentials_of(member))


@require_POST
def passkey_finish(request: HttpRequest) -> JsonResponse:
    """Keep one more passkey."""
    CEREMONY_LIMIT.count(request_origin(request))
    member, body = access.signed_in_member(request), json_body(request)
    fresh.require_fresh(request)
    form = PasskeyLabelForm({"label": body.get("label", "")})
    label = form.cleaned_data["label"] if form.is_valid() else ""
    actions.add_passkey(member=member, session=request.session, answer=_passkey(body), site=settings.ORIGIN, label=label)
    return JsonResponse({"next": reverse("membership:account")})


def _welcome(answer: actions.Answer, kind: knocks.Kind) -> str:
    values = {"pseudonym": answer.member.pseudonym}
    if answer.is_new:
        return _("Welcome, %(pseudonym)s. Nobody here can know more of you than that and the badges you chose.") % values
    if kind is knocks.Kind.JOIN:
        return _("You had joined before, so you are %(pseudonym)s again. The pseudonym you chose just now was not used.") % values
    if kind is knocks.Kind.RECOVER:
        return _("Welcome back, %(pseudonym)s. The new passkey is yours, and your term is renewed.") % values
    return _("Your term is renewed.")


def _creation_options(request: HttpRequest, *, known: list[passkeys.CredentialId]) -> JsonResponse:
    title = f"{settings.SITE_NAME} {_('Community')}"
    options = passkeys.creation_options(request.session, site=settings.ORIGIN, site_name=title, label=PASSKEY_TEXT, known=known)
    return JsonResponse(options)


def _sign_in(request: HttpRequest, member: Member, response: JsonResponse) -> JsonResponse:
    """Sign in under a new session key, so that a planted one is worth nothing. A passkey or a proof was shown just now."""
    login(request, member, backend=settings.AUTHENTICATION_BACKENDS[0])
    fresh.mark_fresh(request, response)
    return response


def _passkey(body: dict[str, object]) -> str:
    return json.dumps(body.get("passkey"))
