"""Writes of accounts and passkeys. An account is made from a passkey alone: no name, no e-mail address."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from curbside.kit import passkeys
from curbside.kit.clock import now, this_minute, today
from curbside.kit.environment import Origin
from curbside.kit.errors import Conflict
from curbside.kit.hosts import remember_host
from curbside.kit.passkeys import NewPasskey, PasskeyRefused, PublicKey
from curbside.named.doctors.models import Doctor, Licence, Passkey, PasskeyHost, RegistrarInvitation
from curbside.named.doctors.tokens import Token, new_token, token_hash

INVITATION_LASTS = timedelta(hours=24)


@transaction.atomic
def sign_up(*, session: SessionBase, answer: str, site: Origin) -> Doctor:
    """Make an account of one passkey; raises PasskeyRefused."""
    made = passkeys.verify_creation(session, answer, site=site)
    doctor = Doctor.objects.create()
    _keep_passkey(doctor, made, label="")
    return doctor


@transaction.atomic
def sign_up_registrar(*, session: SessionBase, answer: str, site: Origin, token: Token) -> Doctor:
    """Make a registrar's account and use the invitation up; raises PasskeyRefused, or Conflict if it was used meanwhile."""
    made = passkeys.verify_creation(session, answer, site=site)
    invitation = RegistrarInvitation.objects.select_for_update().filter(token_hash=token_hash(token), ends_at__gt=now()).first()
    if invitation is None:
        raise Conflict(_("This invitation was used or has ended. Ask the operator for a new one."))
    doctor = Doctor.objects.create(family_name=invitation.name, is_registrar=True)
    _keep_passkey(doctor, made, label="")
    invitation.delete()
    return doctor


@transaction.atomic
def add_passkey(*, doctor: Doctor, session: SessionBase, answer: str, site: Origin, label: str) -> Passkey:
    """Give a doctor one more passkey; raises PasskeyRefused."""
    made = passkeys.verify_creation(session, answer, site=site)
    return _keep_passkey(doctor, made, label=label)


def _keep_passkey(doctor: Doctor, made: NewPasskey, *, label: str) -> Passkey:
    remember_host(PasskeyHost, settings.ORIGIN)
    try:
        with transaction.atomic():
            return Passkey.objects.create(doctor=doctor, credential_id=made.credential_id, public_key=made.public_key, label=label)
    except IntegrityError as error:
        raise PasskeyRefused(_("That passkey is in use here already. Sign in with it, or make another one.")) from error


@transaction.atomic
def check_passkey(*, session: SessionBase, answer: str, site: Origin) -> Doctor:
    """Whose passkey gave the answer; raises PasskeyRefused."""
    credential = passkeys.answered_credential(answer)
    passkey = Passkey.objects.select_related("doctor").filter(credential_id=credential).first()
    if passkey is None:
        raise PasskeyRefused(_("That passkey was not accepted. Try again, or use another one."))
    passkeys.verify_request(session, answer, site=site, public_key=PublicKey(bytes(passkey.public_key)))
    return passkey.doctor


@transaction.atomic
def rename_passkey(*, passkey: Passkey, label: str) -> None:
    """Give a passkey the doctor's own name for it."""
    passkey.label = label
    passkey.save(update_fields=["label"])


@transaction.atomic
def remove_passkey(*, doctor: Doctor, passkey: Passkey) -> Doctor:
    """Delete a passkey, never the last, and end all sessions; gives the doctor as stored, for a new session."""
    locked = Doctor.objects.select_for_update().get(pk=doctor.pk)
    if locked.passkeys.count() < 2:  # noqa: PLR2004 - one must stay
        raise Conflict(_("This is your last passkey. Without it nobody can sign in to this account. Add another one first."))
    passkey.delete()
    return _end_sessions(locked)


@transaction.atomic
def end_all_sessions(*, doctor: Doctor) -> Doctor:
    """Sign the doctor out everywhere; gives the doctor as stored."""
    return _end_sessions(Doctor.objects.select_for_update().get(pk=doctor.pk))


def _end_sessions(doctor: Doctor) -> Doctor:
    doctor.session_epoch += 1
    doctor.save(update_fields=["session_epoch"])
    return doctor


@transaction.atomic
def invite_registrar(*, name: str) -> Token:
    """A token with which one person can sign up as a registrar within 24 hours. Ended invitations go."""
    RegistrarInvitation.objects.filter(ends_at__lte=now()).delete()
    token = new_token()
    RegistrarInvitation.objects.create(token_hash=token_hash(token), name=name, ends_at=this_minute() + INVITATION_LASTS)
    return token


@transaction.atomic
def delete_account(*, doctor: Doctor, session: SessionBase, answer: str, site: Origin) -> None:
    """Delete the doctor with all that hangs on them; raises PasskeyRefused unless one of their own passkeys gave the answer.

    A licence that committed stays, ended, so that it cannot commit twice.
    """
    if check_passkey(session=session, answer=answer, site=site) != doctor:
        raise PasskeyRefused(_("That passkey belongs to another account. Use one of this account."))
    licence = Licence.objects.select_for_update().filter(doctor=doctor).first()
    if licence:
        release_licence(licence=licence)
    doctor.delete()


@transaction.atomic
def release_licence(*, licence: Licence) -> None:
    """Part a licence from its doctor: gone, or ended and kept without a doctor where something on the roll hangs on it."""
    try:
        with transaction.atomic():
            licence.delete()
    except ProtectedError:
        licence.doctor, licence.ended_on = None, licence.ended_on or today()
        licence.save(update_fields=["doctor", "ended_on"])
