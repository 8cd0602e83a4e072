"""Who may fetch what: a doctor sees their own passkeys and nobody else's; absent and forbidden give the same 404."""

from django.http import Http404, HttpRequest

from curbside.named.doctors.models import Doctor, Passkey, RegistrarInvitation
from curbside.named.doctors.queries import open_invitation
from curbside.named.doctors.tokens import Token


def signed_in_doctor(request: HttpRequest) -> Doctor:
    """The doctor who asks."""
    if not isinstance(request.user, Doctor):
        raise Http404
    return request.user


def registrar(request: HttpRequest) -> Doctor:
    """The registrar who asks; to everyone else a registrar's page does not exist."""
    doctor = signed_in_doctor(request)
    if not doctor.is_registrar:
        raise Http404
    return doctor


def verified_doctor(request: HttpRequest) -> Doctor:
    """The doctor who asks, if their licence is in force."""
    doctor = signed_in_doctor(request)
    if not doctor.is_verified:
        raise Http404
    return doctor


def own_passkey(doctor: Doctor, passkey_id: int) -> Passkey:
    """A passkey of this doctor."""
    passkey = doctor.passkeys.filter(pk=passkey_id).first()
    if passkey is None:
        raise Http404
    return passkey


def invitation(token: str) -> RegistrarInvitation:
    """A registrar's invitation that has not ended."""
    found = open_invitation(Token(token))
    if found is None:
        raise Http404
    return found
