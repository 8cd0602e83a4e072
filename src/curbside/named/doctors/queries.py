"""Reads of doctors and their passkeys. It never learns of an application."""

from django.db.models import QuerySet

from curbside.kit.clock import now
from curbside.kit.passkeys import CredentialId
from curbside.named.doctors.models import Doctor, Passkey, RegistrarInvitation
from curbside.named.doctors.tokens import Token, token_hash


def passkeys_of(doctor: Doctor) -> QuerySet[Passkey]:
    """A doctor's passkeys, oldest first."""
    return doctor.passkeys.order_by("made_on", "pk")


def credentials_of(doctor: Doctor) -> list[CredentialId]:
    """The ids of a doctor's passkeys, for which the browser need not make a second one."""
    return [CredentialId(bytes(credential)) for credential in doctor.passkeys.values_list("credential_id", flat=True)]


def open_invitation(token: Token) -> RegistrarInvitation | None:
    """The invitation of a token, if it has not ended."""
    return RegistrarInvitation.objects.filter(token_hash=token_hash(token), ends_at__gt=now()).first()
