"""Language and reading comfort, open to everyone: whoever cannot read the sign-in page cannot sign in."""

from dataclasses import asdict

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from curbside.kit.comfort.choices import Choices, choices_of, cookie_name, keep
from curbside.kit.comfort.forms import ComfortForm


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep a language in a cookie, and go back to where one was."""
    response = HttpResponseRedirect(_own_page(request, request.POST.get("next", "")))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        keep(response, settings.LANGUAGE_COOKIE_NAME, language)
    return response


@login_not_required
@require_http_methods(["GET", "POST"])
def comfort(request: HttpRequest) -> HttpResponse:
    """How one reads, in one form."""
    form = ComfortForm(request.POST if request.method == "POST" else None, initial=asdict(choices_of(request)))
    if form.is_valid():
        response = redirect("kit:comfort")
        keep(response, cookie_name(), Choices(**form.cleaned_data).write())
        messages.success(request, _("Kept in this browser."))
        return response
    return render(request, "kit/comfort.html", {"form": form})


def _own_page(request: HttpRequest, wanted: str) -> str:
    """The page if it is one of this site's; otherwise the start page."""
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure()) else "/"
