"""Decisions, each with its line in the log, and the end of licences. Evidence goes with the decision."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from curbside.kit.clock import today
from curbside.kit.errors import Conflict, NotAllowed
from curbside.named.doctors.actions import release_licence
from curbside.named.doctors.models import Doctor, Licence
from curbside.named.registers.catalogue import register_named
from curbside.named.registers.models import Entry
from curbside.named.registers.names import spellings_of_family
from curbside.named.registers.queries import numbers_not_in_force
from curbside.named.verification.actions.erasing import erase_evidence_of
from curbside.named.verification.actions.locking import locked
from curbside.named.verification.comparison import compare
from curbside.named.verification.models import Application, Decision
from curbside.named.verification.queries import SYSTEM, licence_held_by_another, same_name_elsewhere

_DOCUMENT = Licence.VerifiedBy.DOCUMENT


@transaction.atomic
def accept(*, application: Application, registrar: Doctor, move: bool, other_person: bool = False) -> None:
    """Verify the licence. ``move`` takes it from another account that holds it, where the registrar is sure it is one person.

    ``other_person``: the registrar is sure that whoever has this name on another licence is somebody else.
    """
    found = locked(application)
    _refuse_own(found, registrar)
    if found.control == Application.Control.NONE:
        raise Conflict(_("Nothing shows yet that this licence is the applicant's. Ask for a document."))
    comparison = compare(found)
    if comparison.entry is None or not comparison.entry.in_force:
        raise Conflict(comparison.refusal)
    taken = licence_held_by_another(found)
    if taken and not move:
        raise Conflict(_("Another account holds this licence. Tick the box to move it, or refuse."))
    namesakes = _judged_namesakes(found, other_person=other_person)
    reason = "; ".join([str(found.get_control_display()), *namesakes])
    by_document = found.documents.exists()
    kind = Decision.Kind.MOVED if taken else Decision.Kind.ACCEPTED
    _accept(found, comparison.entry, kind=kind, by=str(registrar), reason=reason, verified_by=_DOCUMENT if by_document else found.control)


def _judged_namesakes(application: Application, *, other_person: bool) -> list[str]:
    """For the log, whom the registrar told apart; raises Conflict where that is still to do."""
    namesakes = [f"{licence.register} {licence.number}" for licence in same_name_elsewhere(application) if licence.in_force]
    if namesakes and not other_person:
        raise Conflict(
            _(
                "A doctor of this name is verified with another licence. Tick that it is another person. If it is the same, refuse, "
                "or end the other licence first: one doctor is one member."
            )
        )
    return [_("not the doctor of %(licence)s") % {"licence": licence} for licence in namesakes]


def accept_by_system(application: Application, entry: Entry) -> None:
    """Verify the licence of a locked application whose register entry says the same, which nobody else holds."""
    reason = str(application.get_control_display())
    _accept(application, entry, kind=Decision.Kind.ACCEPTED, by=SYSTEM, reason=reason, verified_by=application.control)


def _accept(application: Application, entry: Entry, *, kind: Decision.Kind, by: str, reason: str, verified_by: str) -> None:
    _give_licence(application, entry, verified_by=verified_by)
    doctor = application.doctor
    doctor.given_names = entry.given_names or application.given_names
    doctor.family_name = entry.family_name or application.family_name
    doctor.family_key = " ".join(spellings_of_family(doctor.family_name))
    doctor.save(update_fields=["given_names", "family_name", "family_key"])
    _close(application, Application.State.ACCEPTED, reason="")
    log(application, kind, by=by, reason=reason)


def _give_licence(application: Application, entry: Entry, *, verified_by: str) -> None:
    """One row a number for ever: taken over from whoever held it, so that what hangs on the number stays one."""
    doctor = application.doctor
    for former in Licence.objects.select_for_update().filter(doctor=doctor).exclude(register=entry.register, number=entry.number):
        release_licence(licence=former)
    held = Licence.objects.select_for_update().filter(register=entry.register, number=entry.number).first()
    if held and held.doctor_id not in {None, doctor.pk}:
        _tell_former_holder(held)
    licence = held or Licence(register=entry.register, number=entry.number)
    again = held is not None and held.in_force and held.doctor_id == doctor.pk
    licence.doctor = doctor
    licence.country = register_named(entry.register).country
    licence.specialties = entry.specialties
    licence.verified_on = licence.verified_on if again else today()
    licence.verified_by, licence.ended_on = verified_by, None
    try:
        with transaction.atomic():
            licence.save()
    except IntegrityError as error:
        raise Conflict(_("Another application for this licence was accepted at the same moment. Reload the page.")) from error


def _tell_former_holder(licence: Licence) -> None:
    reason = _("A registrar moved this licence to another account that showed control of it. If that was not you, write to the registrars.")
    _end_applications(licence, reason)


def _end_applications(licence: Licence, reason: str) -> None:
    accepted = Application.objects.filter(doctor=licence.doctor_id, register=licence.register, number=licence.number)
    accepted.filter(state=Application.State.ACCEPTED).update(state=Application.State.ENDED, reason=reason)


@transaction.atomic
def refuse(*, application: Application, registrar: Doctor, reason: str) -> None:
    """Refuse, with the reason that the applicant reads."""
    found = locked(application)
    _refuse_own(found, registrar)
    _close(found, Application.State.REFUSED, reason=reason)
    log(found, Decision.Kind.REFUSED, by=str(registrar), reason=reason)


@transaction.atomic
def ask_for_more(*, application: Application, registrar: Doctor, question: str) -> None:
    """Ask the applicant for something; the application waits for them."""
    found = locked(application)
    _refuse_own(found, registrar)
    found.question, found.state = question, Application.State.MORE_ASKED
    found.answer, found.answered_on = "", None
    found.save(update_fields=["question", "state", "answer", "answered_on"])
    log(found, Decision.Kind.MORE_ASKED, by=str(registrar), reason=question)


@transaction.atomic
def end_licence(*, licence: Licence, registrar: Doctor, reason: str) -> None:
    """End a licence; the next edition of the roll leaves it out."""
    found = Licence.objects.select_for_update().get(pk=licence.pk)
    if found.doctor_id == registrar.pk:
        raise NotAllowed(_("Somebody else must decide about your own licence."))
    if not found.in_force:
        raise Conflict(_("This licence was ended meanwhile."))
    _end(found, by=str(registrar), reason=reason)


@transaction.atomic
def end_lapsed_licences() -> int:
    """End every licence that its register no longer has in force; gives how many."""
    in_force = Licence.objects.filter(ended_on=None)
    ended = 0
    for register in in_force.order_by("register").values_list("register", flat=True).distinct():
        of_register = in_force.filter(register=register)
        for number in sorted(numbers_not_in_force(register, list(of_register.values_list("number", flat=True)))):
            reason = _("The register no longer lists this licence as in force. Once it does, apply again.")
            _end(of_register.select_for_update().get(number=number), by=SYSTEM, reason=reason)
            ended += 1
    return ended


def _end(licence: Licence, *, by: str, reason: str) -> None:
    licence.ended_on = today()
    licence.save(update_fields=["ended_on"])
    _end_applications(licence, reason)
    Decision.objects.create(kind=Decision.Kind.ENDED, register=licence.register, number=licence.number, by=by, reason=reason)


def _refuse_own(application: Application, registrar: Doctor) -> None:
    if application.doctor_id == registrar.pk:
        raise NotAllowed(_("Somebody else must decide about your own application."))


def _close(application: Application, state: Application.State, *, reason: str) -> None:
    application.state, application.reason, application.question = state, reason, ""
    application.answer, application.answered_on = "", None
    application.save(update_fields=["state", "reason", "question", "answer", "answered_on"])
    erase_evidence_of(application)


def log(application: Application, kind: Decision.Kind, *, by: str, reason: str) -> None:
    """Write a line of the log."""
    Decision.objects.create(
        kind=kind, register=application.register, number=application.number, application=application, by=by, reason=reason
    )
