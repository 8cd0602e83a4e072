"""The JSON endpoints of passkey ceremonies: options, then the browser's answer. Limited by where a request comes from."""

import json
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from curbside.kit import passkeys
from curbside.kit.bodies import json_body
from curbside.kit.errors import PublicError
from curbside.kit.limits import RateLimit, request_origin
from curbside.named.doctors import access, actions, queries
from curbside.named.doctors.forms import DeleteAccountForm, PasskeyNameForm
from curbside.named.doctors.models import Doctor
from curbside.named.doctors.tokens import Token

PASSKEY_TEXT: Final = "Curbside directory"
"""What the system shows beside a passkey: neutral, because others may look at that screen."""

SIGN_UP_LIMIT = RateLimit(times=20, seconds=3600)
CEREMONY_LIMIT = RateLimit(times=60, seconds=600)


@login_not_required
@require_POST
def sign_up_options(request: HttpRequest) -> JsonResponse:
    """Options for the first passkey of a new account."""
    SIGN_UP_LIMIT.count(request_origin(request))
    return _creation_options(request, known=[])


@login_not_required
@require_POST
def sign_up_finish(request: HttpRequest) -> JsonResponse:
    """Make the account and sign in."""
    CEREMONY_LIMIT.count(request_origin(request))
    doctor = actions.sign_up(session=request.session, answer=_passkey(json_body(request)), site=settings.ORIGIN)
    return _signed_in(request, doctor, _path(reverse("doctors:home")))


@login_not_required
@require_POST
def registrar_options(request: HttpRequest, token: str) -> JsonResponse:
    """Options for the first passkey of an invited registrar."""
    SIGN_UP_LIMIT.count(request_origin(request))
    access.invitation(token)
    return _creation_options(request, known=[])


@login_not_required
@require_POST
def registrar_finish(request: HttpRequest, token: str) -> JsonResponse:
    """Make the registrar's account and sign in."""
    CEREMONY_LIMIT.count(request_origin(request))
    answer = _passkey(json_body(request))
    doctor = actions.sign_up_registrar(session=request.session, answer=answer, site=settings.ORIGIN, token=Token(token))
    return _signed_in(request, doctor, _path(reverse("doctors:home")))


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
    doctor = actions.check_passkey(session=request.session, answer=_passkey(body), site=settings.ORIGIN)
    return _signed_in(request, doctor, _path(str(body.get("next", ""))))


@require_POST
def passkey_options(request: HttpRequest) -> JsonResponse:
    """Options for one more passkey of the doctor who asks."""
    CEREMONY_LIMIT.count(request_origin(request))
    return _creation_options(request, known=queries.credentials_of(access.signed_in_doctor(request)))


@require_POST
def passkey_finish(request: HttpRequest) -> JsonResponse:
    """Keep one more passkey."""
    CEREMONY_LIMIT.count(request_origin(request))
    doctor, body = access.signed_in_doctor(request), json_body(request)
    form = PasskeyNameForm({"label": body.get("label", "")})
    label = form.cleaned_data["label"] if form.is_valid() else ""
    actions.add_passkey(doctor=doctor, session=request.session, answer=_passkey(body), site=settings.ORIGIN, label=label)
    return JsonResponse({"next": reverse("doctors:passkeys")})


@require_POST
def delete_account_finish(request: HttpRequest) -> JsonResponse:
    """Delete the account, on the word of one of its passkeys: a session left open on a ward's computer is not enough."""
    CEREMONY_LIMIT.count(request_origin(request))
    doctor, body = access.signed_in_doctor(request), json_body(request)
    form = DeleteAccountForm({"sure": body.get("sure", "")})
    if not form.is_valid():
        raise PublicError(str(form.errors["sure"][0]))
    actions.delete_account(doctor=doctor, session=request.session, answer=_passkey(body), site=settings.ORIGIN)
    logout(request)
    messages.success(request, _("Your account is deleted. You may also delete its passkey in your browser or phone."))
    return JsonResponse({"next": reverse("doctors:home")})


def _creation_options(request: HttpRequest, *, known: list[passkeys.CredentialId]) -> JsonResponse:
    site_name = f"{settings.SITE_NAME} {_('Directory')}"
    options = passkeys.creation_options(request.session, site=settings.ORIGIN, site_name=site_name, label=PASSKEY_TEXT, known=known)
    return JsonResponse(options)


def _signed_in(request: HttpRequest, doctor: Doctor, path: str) -> JsonResponse:
    """Sign in under a new session key, so that a planted one is worth nothing."""
    login(request, doctor, backend=settings.AUTHENTICATION_BACKENDS[0])
    return JsonResponse({"next": path})


def _path(wanted: str) -> str:
    """A path of this site, or the start page: never an address elsewhere."""
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("doctors:home")


def _passkey(body: dict[str, object]) -> str:
    return json.dumps(body.get("passkey"))
