"""Pages of accounts. What an applicant or a registrar does next is told by the rooms above."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from curbside.named.doctors import access, actions, queries
from curbside.named.doctors.forms import DeleteAccountForm, PasskeyNameForm


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The start page; who is signed in goes on to their own page."""
    if request.user.is_authenticated:
        return redirect("verification:own_page")
    return render(request, "doctors/home.html")


@login_not_required
@require_GET
def sign_up(request: HttpRequest) -> HttpResponse:
    """The page that makes an account of a passkey."""
    return redirect("doctors:home") if request.user.is_authenticated else render(request, "doctors/sign_up.html")


@login_not_required
@require_GET
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page that signs in with a passkey."""
    if request.user.is_authenticated:
        return redirect("doctors:home")
    return render(request, "doctors/sign_in.html", {"next": request.GET.get("next", "")})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    logout(request)
    return redirect("doctors:home")


@login_not_required
@require_GET
def registrar_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page with which an invited registrar makes an account."""
    return render(request, "doctors/registrar_invitation.html", {"invitation": access.invitation(token), "token": token})


@require_GET
def passkeys(request: HttpRequest) -> HttpResponse:
    """A doctor's own passkeys, and how to add one."""
    doctor = access.signed_in_doctor(request)
    return render(request, "doctors/passkeys.html", {"passkeys": queries.passkeys_of(doctor), "form": PasskeyNameForm()})


@require_http_methods(["GET", "POST"])
def passkey(request: HttpRequest, passkey_id: int) -> HttpResponse:
    """Rename a passkey, or go on to deleting it."""
    doctor = access.signed_in_doctor(request)
    own = access.own_passkey(doctor, passkey_id)
    form = PasskeyNameForm(request.POST if request.method == "POST" else None, initial={"label": own.label})
    if request.method == "POST" and form.is_valid():
        actions.rename_passkey(passkey=own, label=form.cleaned_data["label"])
        messages.success(request, _("Renamed."))
        return redirect("doctors:passkeys")
    last = queries.passkeys_of(doctor).count() == 1
    return render(request, "doctors/passkey.html", {"passkey": own, "form": form, "last": last})


@require_POST
def delete_passkey(request: HttpRequest, passkey_id: int) -> HttpResponse:
    """Delete a passkey; all other sessions end, as whoever holds it may hold one of them."""
    doctor = access.signed_in_doctor(request)
    doctor = actions.remove_passkey(doctor=doctor, passkey=access.own_passkey(doctor, passkey_id))
    login(request, doctor, backend=settings.AUTHENTICATION_BACKENDS[0])
    messages.success(request, _("Deleted. Wherever else you were signed in, you no longer are."))
    return redirect("doctors:passkeys")


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    doctor = actions.end_all_sessions(doctor=access.signed_in_doctor(request))
    login(request, doctor, backend=settings.AUTHENTICATION_BACKENDS[0])
    messages.success(request, _("Wherever else you were signed in, you no longer are."))
    return redirect("doctors:passkeys")


@require_GET
def delete_account(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays; a passkey then deletes the account (``ceremonies.delete_account_finish``)."""
    access.signed_in_doctor(request)
    return render(request, "doctors/delete_account.html", {"form": DeleteAccountForm()})
