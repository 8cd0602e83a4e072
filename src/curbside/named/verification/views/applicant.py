"""An applicant's own pages: where they stand, applying, and showing that the licence is theirs."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from curbside.kit.errors import PublicError
from curbside.kit.limits import RateLimit, request_origin
from curbside.named.doctors.access import signed_in_doctor
from curbside.named.doctors.models import Licence
from curbside.named.registers.catalogue import REGISTERS
from curbside.named.registers.matching import Refused, match_licence
from curbside.named.verification import access, actions, queries
from curbside.named.verification.comparison import register_label
from curbside.named.verification.forms import AddressForm, AnswerForm, ApplicationForm, CodeForm, DocumentForm
from curbside.named.verification.models import Application

LOOKUP_LIMIT = RateLimit(times=20, seconds=3600)
UPLOAD_LIMIT = RateLimit(times=20, seconds=3600)
MAIL_LIMIT = RateLimit(times=5, seconds=3600)
ADDRESS_LIMIT = RateLimit(times=3, seconds=3600)
LINK_LIMIT = RateLimit(times=10, seconds=3600)


@require_GET
def own_page(request: HttpRequest) -> HttpResponse:
    """The state of the doctor's path, and its next step."""
    doctor = signed_in_doctor(request)
    application = queries.latest_application(doctor)
    if doctor.is_verified:
        return _verified_page(request, doctor.licence, application)
    if doctor.is_registrar:
        return redirect("verification:queue")
    if application and application.undecided:
        return _application_page(request, application)
    return render(request, "verification/no_licence.html", {"application": application})


def _verified_page(request: HttpRequest, licence: Licence, application: Application | None) -> HttpResponse:
    """A verified doctor's page; whom colleagues let in may show a document there besides."""
    by_vouches = licence.verified_by == Licence.VerifiedBy.VOUCHES
    if application and application.undecided and request.GET.get("show") == "document":
        return _application_page(request, application)
    pending = application is not None and application.undecided
    context = {"licence": licence, "register": register_label(licence.register), "by_vouches": by_vouches, "pending": pending}
    return render(request, "verification/verified.html", context)


def _application_page(request: HttpRequest, application: Application, status: int = 200, **forms: object) -> HttpResponse:
    """The undecided application; a form that was wrong keeps what was typed."""
    code_sent = getattr(application, "address_code", None)
    shown = application.control in {Application.Control.CODE, Application.Control.VOUCHES}
    context = {
        "application": application,
        "register": register_label(application.register),
        "control_shown": shown,
        "taken": shown and queries.licence_held_by_another(application) is not None,
        "documents": application.documents.order_by("kept_since", "pk").defer("sealed"),
        "vouches": queries.vouches_that_count(application),
        "vouches_needed": queries.VOUCHES_NEEDED,
        "vouch_after_days": settings.VOUCH_AFTER_DAYS,
        "vouched_a_week": settings.VOUCHED_A_WEEK,
        "institutions": settings.INSTITUTION_DOMAINS,
        "document_form": DocumentForm(),
        "address_form": AddressForm(),
        "code_form": CodeForm() if code_sent else None,
        "answer_form": AnswerForm(),
        **forms,
    }
    return render(request, "verification/application.html", context, status=status)


@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """Claim a licence: rule of the number, then the register, and nothing about who else may hold it."""
    doctor = signed_in_doctor(request)
    form = ApplicationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        LOOKUP_LIMIT.count(f"doctor {doctor.pk}")
        LOOKUP_LIMIT.count(f"origin {request_origin(request)}")
        found = match_licence(**form.cleaned_data)
        if not isinstance(found, Refused):
            names = {name: form.cleaned_data[name] for name in ("given_names", "family_name")}
            actions.apply(doctor=doctor, entry=found.entry, **names)
            return redirect(reverse("verification:own_page") + ("?show=document" if doctor.is_verified else ""))
        form.add_error(None, found.sentence)
    status = 400 if form.is_bound else 200
    return render(request, "verification/apply.html", {"form": form, "registers": REGISTERS.values()}, status=status)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take the application back, after a page that says what goes."""
    application = access.own_undecided_application(request)
    if request.method == "GET":
        return render(request, "verification/withdraw.html", {"application": application})
    actions.withdraw(application=application)
    messages.success(request, _("Your application and everything you showed with it are erased."))
    return redirect("verification:own_page")


@require_POST
def upload_document(request: HttpRequest) -> HttpResponse:
    """Take a document, in memory until it is sealed."""
    application = access.own_undecided_application(request)
    UPLOAD_LIMIT.count(str(application.doctor_id))
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _application_page(request, application, status=400, document_form=form)
    actions.keep_document(application=application, content=form.content, media_type=form.media_type)
    messages.success(request, _("Your document is in the queue. A registrar compares it with the register."))
    return redirect("verification:own_page")


@require_POST
def send_code(request: HttpRequest) -> HttpResponse:
    """Mail a code to an address at an institution."""
    application = access.own_undecided_application(request)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _application_page(request, application, status=400, address_form=form)
    MAIL_LIMIT.count(str(application.doctor_id))
    ADDRESS_LIMIT.count(form.cleaned_data["address"].lower())
    actions.send_code(application=application, address=form.cleaned_data["address"])
    messages.success(request, _("The code is on its way. It ends after 30 minutes."))
    return redirect(reverse("verification:own_page") + "#code")


@require_POST
def confirm_code(request: HttpRequest) -> HttpResponse:
    """Check the code from the message."""
    application = access.own_undecided_application(request)
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            actions.confirm_code(application=application, code=form.cleaned_data["code"])
        except PublicError as wrong:
            form.add_error("code", str(wrong.sentence))
    if not form.is_valid():
        return _application_page(request, application, status=400, code_form=form)
    return redirect("verification:own_page")


@require_POST
def make_vouch_link(request: HttpRequest) -> HttpResponse:
    """Show a link for two colleagues, once."""
    application = access.own_undecided_application(request)
    LINK_LIMIT.count(str(application.doctor_id))
    token = actions.make_vouch_link(application=application)
    link = str(settings.ORIGIN) + reverse("verification:vouch", args=[token])
    return _application_page(request, application, vouch_link=link)


@require_POST
def answer_question(request: HttpRequest) -> HttpResponse:
    """Answer a registrar's question."""
    application = access.own_undecided_application(request)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _application_page(request, application, status=400, answer_form=form)
    actions.answer_question(application=application, answer=form.cleaned_data["answer"])
    messages.success(request, _("Your answer is in the queue."))
    return redirect("verification:own_page")
