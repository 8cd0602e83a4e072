"""An applicant's own steps. Whether a licence is taken is not looked at here, so no answer can tell."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from curbside.kit.clock import today
from curbside.kit.errors import Conflict
from curbside.named.doctors.models import Doctor
from curbside.named.registers.models import Entry
from curbside.named.verification.actions.locking import locked
from curbside.named.verification.models import Application
from curbside.named.verification.queries import verified_by_vouches


@transaction.atomic
def apply(*, doctor: Doctor, entry: Entry, given_names: str, family_name: str) -> Application:
    """Claim the licence of a register entry that the name agreed with; one that vouches verified, again, to show a document."""
    if doctor.is_verified and not verified_by_vouches(doctor, entry.register, entry.number):
        raise Conflict(_("Your licence is verified already."))
    try:
        with transaction.atomic():
            return Application.objects.create(
                doctor=doctor, register=entry.register, number=entry.number, given_names=given_names, family_name=family_name
            )
    except IntegrityError as error:
        raise Conflict(_("You have an application already. Withdraw it if you want to make another one.")) from error


@transaction.atomic
def withdraw(*, application: Application) -> None:
    """Delete an undecided application with its evidence."""
    locked(application).delete()


@transaction.atomic
def answer_question(*, application: Application, answer: str) -> None:
    """Answer what a registrar asked; the application goes back into the queue."""
    found = locked(application)
    if found.state != Application.State.MORE_ASKED:
        raise Conflict(_("Nothing was asked, or you have answered already."))
    found.answer, found.answered_on = answer, today()
    found.state = Application.State.OPEN
    found.save(update_fields=["answer", "answered_on", "state"])
