"""Who may fetch what of an application: its applicant and registrars. Absent and forbidden give the same 404."""

from django.http import Http404, HttpRequest

from curbside.kit.errors import NotAllowed
from curbside.named.doctors.access import registrar, signed_in_doctor
from curbside.named.doctors.models import Doctor, Licence
from curbside.named.doctors.tokens import Token
from curbside.named.verification.models import Application, Document
from curbside.named.verification.queries import latest_application, open_vouch_link, vouching_hindrance


def own_undecided_application(request: HttpRequest) -> Application:
    """The application that the doctor who asks has open."""
    application = latest_application(signed_in_doctor(request))
    if application is None or not application.undecided:
        raise Http404
    return application


def application_for_registrar(request: HttpRequest, application_id: int) -> Application:
    """Any application, for a registrar."""
    registrar(request)
    found = Application.objects.select_related("doctor").filter(pk=application_id).first()
    if found is None:
        raise Http404
    return found


def document_for_registrar(request: HttpRequest, application_id: int, document_id: int) -> Document:
    """A document of an application that is still undecided, for a registrar."""
    application = application_for_registrar(request, application_id)
    found = application.documents.filter(pk=document_id).first() if application.undecided else None
    if found is None:
        raise Http404
    return found


def licence_for_registrar(request: HttpRequest, licence_id: int) -> Licence:
    """A licence in force, for a registrar."""
    registrar(request)
    found = Licence.objects.select_related("doctor").filter(pk=licence_id, ended_on=None).first()
    if found is None:
        raise Http404
    return found


def voucher(request: HttpRequest) -> Doctor:
    """The doctor who asks, if they may vouch; said plainly, as it tells nothing of any application."""
    doctor = signed_in_doctor(request)
    hindrance = vouching_hindrance(getattr(doctor, "licence", None))
    if hindrance:
        raise NotAllowed(hindrance)
    return doctor


def vouched_application(request: HttpRequest, token: str) -> Application:
    """The application that a colleague's link leads a verified doctor to."""
    voucher(request)
    link = open_vouch_link(Token(token))
    if link is None:
        raise Http404
    return link.application
