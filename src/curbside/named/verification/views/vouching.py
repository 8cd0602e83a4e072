"""The page on which a verified doctor vouches for a colleague."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from curbside.kit.limits import RateLimit
from curbside.named.verification import access, actions, queries
from curbside.named.verification.comparison import register_label
from curbside.named.verification.forms import VouchForm

LINK_LIMIT = RateLimit(times=30, seconds=3600)


@require_http_methods(["GET", "POST"])
def vouch(request: HttpRequest, token: str) -> HttpResponse:
    """Show name and licence of a colleague, and take the doctor's word."""
    voucher = access.voucher(request)
    LINK_LIMIT.count(str(voucher.pk))
    application = access.vouched_application(request, token)
    form = VouchForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.vouch(application=application, voucher=voucher)
        messages.success(request, _("Thank you. Your word is recorded in the registrars' log."))
        return redirect("verification:own_page")
    context = {
        "application": application,
        "register": register_label(application.register),
        "form": form,
        "own": application.doctor_id == voucher.pk,
        "given": queries.vouches_this_month(voucher),
        "most": queries.VOUCHES_A_MONTH,
    }
    return render(request, "verification/vouch.html", context, status=400 if form.is_bound else 200)
