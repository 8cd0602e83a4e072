"""Showing control of a licence, in three ways: a document, a code to an institution's address, two colleagues who vouch.

A code or two vouches decide by themselves where the register says exactly the same, nobody else holds the licence, nobody of that name is
verified with another one, and no registrar has asked about it, refused or ended it; everything else is a registrar's.
"""

import hmac
import secrets
from datetime import timedelta
from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _

from curbside.kit.clock import now, this_minute, today
from curbside.kit.errors import Busy, Conflict, NotAllowed, PublicError, TooMany
from curbside.named.doctors.models import Doctor, Licence
from curbside.named.doctors.tokens import Token, new_token, token_hash
from curbside.named.verification import evidence
from curbside.named.verification.actions.deciding import accept_by_system, log
from curbside.named.verification.actions.locking import locked
from curbside.named.verification.comparison import compare
from curbside.named.verification.institutions import carries_name, institution_of
from curbside.named.verification.models import AddressCode, Application, Decision, Document, Vouch, VouchLink
from curbside.named.verification.queries import (
    VOUCHES_A_MONTH,
    VOUCHES_NEEDED,
    licence_held_by_another,
    registrar_spoke_about,
    same_name_elsewhere,
    vouches_alone_may_verify,
    vouches_that_count,
    vouches_this_month,
    vouching_hindrance,
)

CODE_LASTS: Final = timedelta(minutes=30)
CODE_DIGITS: Final = 8
CODE_TRIES: Final = 5
LINK_LASTS: Final = timedelta(days=14)
MOST_DOCUMENTS: Final = 4


@transaction.atomic
def keep_document(*, application: Application, content: bytes, media_type: str) -> Document:
    """Seal and keep a document until the decision; the application goes into the queue."""
    found = locked(application)
    if found.documents.count() >= MOST_DOCUMENTS:
        sentence = _("You have uploaded %(count)d documents, which is the most we keep. Wait for a registrar.")
        raise Conflict(sentence % {"count": MOST_DOCUMENTS})
    sealed = evidence.seal(content, application_id=found.pk)
    document = Document.objects.create(application=found, media_type=media_type, sealed=sealed, size=len(content))
    found.control = found.control or Application.Control.DOCUMENT
    found.state = Application.State.OPEN
    found.save(update_fields=["control", "state"])
    return document


@transaction.atomic
def send_code(*, application: Application, address: str) -> None:
    """Mail a code to an address of a listed institution; a new code ends the former one."""
    found = locked(application)
    if institution_of(address, settings.INSTITUTION_DOMAINS) is None:
        raise PublicError(_("That address is not at an institution on our list."))
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    AddressCode.objects.update_or_create(
        application=found,
        defaults={
            "sealed_address": evidence.seal(address.encode(), application_id=found.pk),
            "code_hash": evidence.code_hash(code, application_id=found.pk),
            "tries": 0,
            "ends_at": this_minute() + CODE_LASTS,
            "kept_since": today(),
        },
    )
    if found.control == Application.Control.CODE:
        # The former address was confirmed, the new one is not: a registrar must not read it as if it were.
        found.control = Application.Control.NONE
        found.save(update_fields=["control"])
    transaction.on_commit(lambda: _mail_code(address, code))


def _mail_code(address: str, code: str) -> None:
    try:
        _send(address, code)
    except (OSError, SMTPException) as error:
        raise Busy(_("The message could not be sent just now. Try again in some minutes, or show a document.")) from error


def _send(address: str, code: str) -> None:
    send_mail(
        subject=_("Your code for the Directory"),
        message=_(
            "%(code)s\n\nType this code on the page where you asked for it. It ends after 30 minutes.\n"
            "If you did not ask for it, somebody gave your address by mistake: ignore this message.\n"
        )
        % {"code": code},
        from_email=None,
        recipient_list=[address],
    )


def confirm_code(*, application: Application, code: str) -> None:
    """Check a code: control is shown, or PublicError. A wrong try is kept even though it raises."""
    with transaction.atomic():
        found = locked(application)
        right, sentence = _try_code(found, code)
        if right:
            _control_shown(found, Application.Control.CODE)
    if not right:
        raise PublicError(sentence)


def _try_code(application: Application, code: str) -> tuple[bool, str]:
    sent = AddressCode.objects.select_for_update().filter(application=application).first()
    if sent is None or sent.ends_at <= now() or sent.tries >= CODE_TRIES:
        return False, _("The code has ended. Ask for a new one.")
    sent.tries += 1
    sent.save(update_fields=["tries"])
    if hmac.compare_digest(bytes(sent.code_hash), evidence.code_hash(code, application_id=application.pk)):
        return True, ""
    return False, _("That is not the code. Compare it with the message; after five wrong tries it ends.")


@transaction.atomic
def make_vouch_link(*, application: Application) -> Token:
    """A token to hand to two colleagues; a new one ends the former."""
    found = locked(application)
    token = new_token()
    VouchLink.objects.update_or_create(application=found, defaults={"token_hash": token_hash(token), "ends_on": today() + LINK_LASTS})
    return token


@transaction.atomic
def vouch(*, application: Application, voucher: Doctor) -> None:
    """Record that a verified doctor knows the applicant; the second vouch shows control."""
    found = locked(application)
    licence = _vouching_licence(found, voucher)
    _made, new = Vouch.objects.get_or_create(application=found, voucher=voucher)
    if not new:
        raise Conflict(_("You have vouched for this colleague already."))
    log(found, Decision.Kind.VOUCHED, by=f"{licence.register} {licence.number}", reason="")
    if vouches_that_count(found) >= VOUCHES_NEEDED:
        _control_shown(found, Application.Control.VOUCHES)


def _vouching_licence(application: Application, voucher: Doctor) -> Licence:
    if application.doctor_id == voucher.pk:
        raise NotAllowed(_("You cannot vouch for yourself."))
    licence = Licence.objects.select_for_update().filter(doctor=voucher).first()
    hindrance = vouching_hindrance(licence)
    if licence is None or hindrance:
        raise NotAllowed(hindrance)
    if (licence.register, licence.number) == (application.register, application.number):
        raise NotAllowed(_("You cannot vouch for yourself."))
    if vouches_this_month(voucher) >= VOUCHES_A_MONTH:
        sentence = _("You have vouched %(count)d times in 30 days, which is the most. Let another colleague do it.")
        raise TooMany(sentence % {"count": VOUCHES_A_MONTH})
    return licence


def _control_shown(application: Application, control: Application.Control) -> None:
    """Note how control was shown; accept at once where nothing is left to judge."""
    application.control = control
    application.state = Application.State.OPEN
    application.save(update_fields=["control", "state"])
    comparison = compare(application)
    if comparison.entry and comparison.exact and _is_free(application) and _speaks_for_itself(application):
        accept_by_system(application, comparison.entry)


def _is_free(application: Application) -> bool:
    """Nobody else holds the licence, no registrar spoke about it, and nobody of that name is verified with another one."""
    if licence_held_by_another(application) or registrar_spoke_about(application):
        return False
    return not same_name_elsewhere(application)


def _speaks_for_itself(application: Application) -> bool:
    """Two vouches do, unless many came in so; an address does if it carries the applicant's name, as every colleague has one there."""
    if application.control != Application.Control.CODE:
        return vouches_alone_may_verify(application.register)
    sent = application.address_code
    address = evidence.unseal(bytes(sent.sealed_address), application_id=application.pk).decode()
    return carries_name(address, application.given_names, application.family_name)
