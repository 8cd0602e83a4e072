"""Pages of joining, signing in and membership. What members write is told by the rooms above."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from curbside.anonymous.membership import access, actions, knocks, queries
from curbside.anonymous.membership.badges import badge_label, badge_line
from curbside.anonymous.membership.exporting import as_markdown
from curbside.anonymous.membership.forms import BadgesForm, JoinForm, LeaveForm, PasskeyLabelForm, RecoverForm
from curbside.anonymous.membership.leaving import export_all_of
from curbside.anonymous.membership.profiles import profile_of
from curbside.anonymous.membership.pseudonyms import check_pseudonym, normal_form
from curbside.kit import fresh
from curbside.kit.clock import today
from curbside.kit.limits import RateLimit, request_origin

CONFIRM = "membership:confirm"
PSEUDONYM_LIMIT = RateLimit(times=90, seconds=600)
"""The check tells which pseudonyms exist, as every page with a post does; slowly, so that nobody lists them all."""
MEMBER_LIMIT = RateLimit(times=120, seconds=600)
"""Slowly, so that nobody gathers what all members wrote."""
RECOVERY_LIMIT = RateLimit(times=30, seconds=600)
"""Each beginning writes a session, for visitors too."""


@login_not_required
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """The first step: pseudonym and badges."""
    if request.user.is_authenticated:
        return redirect("membership:account")
    if request.method == "POST":
        PSEUDONYM_LIMIT.count(request_origin(request))
    form = JoinForm(request.POST or None)
    if form.is_valid():
        fields = form.cleaned_data
        knocks.begin(request.session, kind=knocks.Kind.JOIN, badges=fields["badges"], pseudonym=fields["pseudonym"])
        return redirect("membership:knock_passkey")
    return render(request, "membership/join.html", {"form": form, "suggestions": queries.free_suggestions(), **_crowd()})


@login_not_required
@require_GET
def pseudonyms(request: HttpRequest) -> HttpResponse:
    """Other suggestions, for htmx."""
    PSEUDONYM_LIMIT.count(request_origin(request))
    return render(request, "membership/join.html#suggestions", {"suggestions": queries.free_suggestions()})


@login_not_required
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Whether a pseudonym may be taken, for htmx. Posted, so that it stands in no address."""
    PSEUDONYM_LIMIT.count(request_origin(request))
    pseudonym = normal_form(request.POST.get("pseudonym", ""))
    return render(request, "membership/_pseudonym_check.html", {"sentence": _objection(pseudonym), "pseudonym": pseudonym})


def _objection(pseudonym: str) -> str:
    try:
        check_pseudonym(pseudonym)
    except ValidationError as error:
        return str(error.messages[0])
    return "" if queries.is_free(pseudonym) else _("This pseudonym, or one that looks like it, is taken.")


def _crowd() -> dict[str, object]:
    several = queries.several_registrars()
    return {"everyone": queries.crowd_of_everyone(), "least": settings.BADGE_LEAST, "several_registrars": several}


@login_not_required
@require_http_methods(["GET", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """The first step after the passkeys were lost."""
    if request.method == "POST":
        RECOVERY_LIMIT.count(request_origin(request))
    form = RecoverForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        fields = form.cleaned_data
        knocks.begin(request.session, kind=knocks.Kind.RECOVER, badges=fields["badges"], drop_old_passkeys=fields["drop_old_passkeys"])
        return redirect("membership:knock_passkey")
    return render(request, "membership/recover.html", {"form": form, **_crowd()})


@require_http_methods(["GET", "POST"])
def renew(request: HttpRequest) -> HttpResponse:
    """Begin a new term by a new proof; the badges may be chosen anew."""
    member = access.signed_in_member(request)
    form = BadgesForm(request.POST if request.method == "POST" else None, shown=tuple(queries.shown_badges(member)))
    if form.is_valid():
        knocks.begin(request.session, kind=knocks.Kind.RENEW, badges=form.cleaned_data["badges"])
        return redirect("membership:to_wallet")
    return render(request, "membership/renew.html", {"form": form, "member": member, "days": settings.TERM_DAYS, **_crowd()})


@login_not_required
@require_GET
def knock_passkey(request: HttpRequest) -> HttpResponse:
    """The second step: a passkey for this site."""
    return render(request, "membership/knock_passkey.html", {"knock": knocks.pending(request.session)})


@login_not_required
@require_GET
def to_wallet(request: HttpRequest) -> HttpResponse:
    """The last step here: what the wallet is asked, and the link to it."""
    knock = knocks.pending(request.session)
    if knock.needs_passkey:
        return redirect("membership:knock_passkey")
    shown = [badge_line(*badge.partition(":")[::2], several=queries.several_registrars()) for badge in knock.badges]
    return render(request, "membership/to_wallet.html", {"knock": knock, "shown": shown, "wallet_url": knock.wallet_url()})


@login_not_required
@require_GET
def knock(request: HttpRequest) -> HttpResponse:
    """Where the wallet comes back to. A script reads the packet and posts it; the server never sees it in an address."""
    return render(request, "membership/knock.html")


@login_not_required
@require_GET
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page that signs in with a passkey."""
    if request.user.is_authenticated:
        return redirect("/")
    return render(request, "membership/sign_in.html", {"next": request.GET.get("next", "")})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    logout(request)
    return redirect("membership:sign_in")


@require_GET
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the passkey again, then lead back to where the member was."""
    access.signed_in_member(request)
    return render(request, "membership/confirm.html", {"next": fresh.own_path(request.GET.get("next", ""))})


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """The member's own page."""
    member = access.signed_in_member(request)
    context = {
        "member": member,
        "badges": [(badge_label(badge.roll), badge) for badge in queries.badges_of(member)],
        "passkeys": queries.passkeys_of(member),
        "form": PasskeyLabelForm(),
        "ended": member.term_ends_on < today(),
        "is_fresh": fresh.is_fresh(request),
    }
    return render(request, "membership/account.html", context)


@require_GET
def show_member(request: HttpRequest, pseudonym: str) -> HttpResponse:
    """What everyone here can know of a member."""
    reader = access.signed_in_member(request)
    MEMBER_LIMIT.count(str(reader.pk))
    profile = profile_of(access.fetch_member(pseudonym=pseudonym), reader=reader, cursor=request.GET.get("after", ""))
    return render(request, "membership/member.html", {"profile": profile})


@require_http_methods(["GET", "POST"])
def passkey(request: HttpRequest, passkey_id: int) -> HttpResponse:
    """Label a passkey, or go on to deleting it."""
    member = access.signed_in_member(request)
    own = access.own_passkey(member, passkey_id)
    form = PasskeyLabelForm(request.POST or None, initial={"label": own.label})
    if request.method == "POST" and form.is_valid():
        actions.rename_passkey(passkey=own, label=form.cleaned_data["label"])
        messages.success(request, _("The label is changed."))
        return redirect("membership:account")
    last = queries.passkeys_of(member).count() == 1
    return render(request, "membership/passkey.html", {"passkey": own, "form": form, "last": last})


@require_POST
def delete_passkey(request: HttpRequest, passkey_id: int) -> HttpResponse:
    """Delete a passkey; all other sessions end, as whoever holds it may hold one of them."""
    member = access.signed_in_member(request)
    own = access.own_passkey(member, passkey_id)
    if not fresh.is_fresh(request):
        return fresh.ask_first(page=CONFIRM, back=reverse("membership:passkey", args=[own.pk]))
    member = actions.remove_passkey(member=member, passkey=own)
    login(request, member, backend=settings.AUTHENTICATION_BACKENDS[0])
    messages.success(request, _("Deleted. Wherever else you were signed in, you no longer are."))
    return redirect("membership:account")


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    member = actions.end_all_sessions(member=access.signed_in_member(request))
    login(request, member, backend=settings.AUTHENTICATION_BACKENDS[0])
    messages.success(request, _("Wherever else you were signed in, you no longer are."))
    return redirect("membership:account")


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Everything the member wrote, as one file: for programs, or to read."""
    member = access.signed_in_member(request)
    if not fresh.is_fresh(request):
        return fresh.ask_first(page=CONFIRM, back=reverse("membership:account"))
    rooms = export_all_of(member)
    if request.POST.get("format") == "markdown":
        text = as_markdown(member.pseudonym, rooms)
        headers = {"Content-Disposition": 'attachment; filename="curbside.md"'}
        return HttpResponse(text, content_type="text/markdown; charset=utf-8", headers=headers)
    content = {"pseudonym": member.pseudonym, **rooms}
    headers = {"Content-Disposition": 'attachment; filename="curbside.json"'}
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2}, headers=headers)


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, then erase."""
    member = access.signed_in_member(request)
    if not fresh.is_fresh(request):
        return fresh.ask_first(page=CONFIRM, back=request.path)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.leave(member=member)
        logout(request)
        left = _("You have left. What you wrote is erased. You may also delete the passkey in your browser or phone.")
        messages.success(request, left, extra_tags="left")
        return redirect("membership:sign_in")
    return render(request, "membership/leave.html", {"form": form, "member": member})
