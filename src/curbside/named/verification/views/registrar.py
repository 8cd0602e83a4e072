"""The registrars' pages: queue, one application, its documents, the log, and verified licences."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from curbside.kit.errors import Conflict
from curbside.named.doctors.access import registrar
from curbside.named.verification import access, actions, queries
from curbside.named.verification.comparison import compare, register_label
from curbside.named.verification.evidence import MEDIA_TYPES, EvidenceUnreadable, unseal
from curbside.named.verification.forms import AcceptForm, AskForm, EndForm, OtherPersonForm, ReasonForm, RefuseForm
from curbside.named.verification.models import Application


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Applications that wait, oldest first."""
    registrar(request)
    waiting = request.GET.get("show") == "waiting"
    rows = queries.waiting_applications() if waiting else queries.ready_applications()
    page = queries.application_page(rows, request.GET.get("after", ""))
    return render(request, "verification/queue.html", {"page": page, "counts": queries.queue_counts(), "waiting": waiting})


@require_GET
def application(request: HttpRequest, application_id: int) -> HttpResponse:
    """One application beside its register entry."""
    return _application_page(request, access.application_for_registrar(request, application_id))


def _application_page(request: HttpRequest, found: Application, status: int = 200, **forms: object) -> HttpResponse:
    same_name = queries.same_name_elsewhere(found)
    context = {
        "application": found,
        "register": register_label(found.register),
        "comparison": compare(found),
        "held_by_another": queries.licence_held_by_another(found),
        "same_name": same_name,
        "other_person_form": OtherPersonForm() if any(licence.in_force for licence in same_name) else None,
        "documents": found.documents.order_by("kept_since", "pk").defer("sealed"),
        "address": _address_of(found),
        "vouches": found.vouches.select_related("voucher", "voucher__licence"),
        "decisions": queries.decisions_about(found),
        "accept_form": AcceptForm(),
        "refuse_form": RefuseForm(prefix="refuse"),
        "ask_form": AskForm(prefix="ask"),
        **forms,
    }
    return render(request, "verification/registrar_application.html", context, status=status)


def _address_of(found: Application) -> str:
    """The address that a right code went to; one that was never confirmed is nobody's business."""
    sent = getattr(found, "address_code", None) if found.control == Application.Control.CODE else None
    try:
        return unseal(bytes(sent.sealed_address), application_id=found.pk).decode() if sent else ""
    except EvidenceUnreadable:
        return ""


@require_GET
def document(request: HttpRequest, application_id: int, document_id: int) -> HttpResponse:
    """A document's bytes, so served that nothing in them can run: pictures sandboxed, everything else as a download."""
    found = access.document_for_registrar(request, application_id, document_id)
    content = unseal(bytes(found.sealed), application_id=application_id)
    picture = found.media_type.startswith("image/")
    response = HttpResponse(content, content_type=found.media_type)
    response["Content-Disposition"] = f'{"inline" if picture else "attachment"}; filename="evidence.{MEDIA_TYPES[found.media_type]}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def accept(request: HttpRequest, application_id: int) -> HttpResponse:
    """Verify the licence."""
    found = access.application_for_registrar(request, application_id)
    form = AcceptForm(request.POST)
    move = form.is_valid() and form.cleaned_data["move"]
    apart = OtherPersonForm(request.POST)
    other_person = apart.is_valid() and apart.cleaned_data["other_person"]
    try:
        actions.accept(application=found, registrar=registrar(request), move=move, other_person=other_person)
    except Conflict as conflict:
        messages.error(request, str(conflict.sentence))
        return redirect("verification:application", found.pk)
    messages.success(request, _("Accepted. The evidence is erased."))
    return redirect("verification:queue")


@require_POST
def refuse(request: HttpRequest, application_id: int) -> HttpResponse:
    """Refuse with a reason."""
    found = access.application_for_registrar(request, application_id)
    form = RefuseForm(request.POST, prefix="refuse")
    if not form.is_valid():
        return _application_page(request, found, status=400, refuse_form=form)
    actions.refuse(application=found, registrar=registrar(request), reason=form.reason())
    messages.success(request, _("Refused. The evidence is erased."))
    return redirect("verification:queue")


@require_POST
def ask(request: HttpRequest, application_id: int) -> HttpResponse:
    """Ask the applicant for more."""
    found = access.application_for_registrar(request, application_id)
    form = AskForm(request.POST, prefix="ask")
    if not form.is_valid():
        return _application_page(request, found, status=400, ask_form=form)
    actions.ask_for_more(application=found, registrar=registrar(request), question=form.reason())
    messages.success(request, _("Asked. The application waits for its applicant."))
    return redirect("verification:queue")


@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Every decision, newest first."""
    registrar(request)
    return render(request, "verification/log.html", {"page": queries.decision_page(request.GET.get("after", ""))})


@require_GET
def verified(request: HttpRequest) -> HttpResponse:
    """Verified licences, searched by number or name."""
    registrar(request)
    search = request.GET.get("q", "").strip()[:100]
    page = queries.licence_page(search, request.GET.get("after", ""))
    return render(request, "verification/licences.html", {"page": page, "search": search})


@require_http_methods(["GET", "POST"])
def end_licence(request: HttpRequest, licence_id: int) -> HttpResponse:
    """End a licence, after a page that says what follows."""
    licence = access.licence_for_registrar(request, licence_id)
    form: ReasonForm = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.end_licence(licence=licence, registrar=registrar(request), reason=form.reason())
        messages.success(request, _("Ended. The next edition of the roll leaves it out."))
        return redirect("verification:verified")
    context = {"licence": licence, "register": register_label(licence.register), "form": form}
    return render(request, "verification/end_licence.html", context, status=400 if form.is_bound else 200)
