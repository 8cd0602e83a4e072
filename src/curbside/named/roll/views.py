"""Pages of the roll: handing in a commitment, where one's own stands, and what everyone may see of the editions."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from curbside.credential import field
from curbside.kit.clock import today
from curbside.kit.errors import PublicError
from curbside.kit.ids import public_id
from curbside.kit.limits import RateLimit
from curbside.named.doctors.access import registrar, signed_in_doctor
from curbside.named.doctors.models import Licence
from curbside.named.roll import access, actions, handover, publishing, queries, signing
from curbside.named.roll.forms import CommitmentForm

_MOST_DIGITS = 9
_hand_ins = RateLimit(times=10, seconds=3600)


@login_not_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All editions and the newest one's rolls, for everyone."""
    before = request.GET.get("before", "")
    newest = queries.newest_edition()
    context = {
        "newest": newest,
        "rolls": queries.rolls_of_edition(newest) if newest and not before else (),
        "registers": queries.registers_of_edition(newest) if newest and not before else (),
        "page": queries.editions_below(_number(before)),
        "policy": queries.policy(),
        "public_key": signing.public_key(),
    }
    return render(request, "roll/index.html", context)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None


@require_GET
def open_wallet(request: HttpRequest) -> HttpResponse:
    """What is about to happen, and the way to the wallet."""
    licence = access.licence_in_force(signed_in_doctor(request))
    context = {
        "standing": queries.standing_of(licence, today()),
        "registrar": settings.REGISTRAR_HOST,
        "state": handover.ask(request.session),
    }
    return render(request, "roll/open_wallet.html", context)


@require_http_methods(["GET", "POST"])
def commitment(request: HttpRequest) -> HttpResponse:
    """Where the wallet returns to: a script reads the fragment, the doctor hands the commitment in."""
    licence = access.licence_in_force(signed_in_doctor(request))
    if request.method == "GET":
        return render(request, "roll/commitment.html", {"form": CommitmentForm()})
    form = CommitmentForm(request.POST)
    handover.take_answer(request.session, request.POST.get("state", ""))
    if not form.is_valid():
        raise PublicError(_("What arrived here is not a commitment. Open your wallet again."))
    _hand_ins.count(public_id(licence.pk))
    return _hand_in(request, licence, form.cleaned_data["commitment"], replace=form.cleaned_data["replace"])


def _hand_in(request: HttpRequest, licence: Licence, value: field.Commitment, *, replace: bool) -> HttpResponse:
    try:
        outcome = actions.hand_in_commitment(licence=licence, value=value, day=today(), replace=replace)
    except actions.WouldReplace:
        return _ask_again(request, licence, value)
    publishing.publish_if_at_once(day=today())
    messages.success(request, actions.SENTENCES[outcome])
    return redirect("roll:standing")


def _ask_again(request: HttpRequest, licence: Licence, value: field.Commitment) -> HttpResponse:
    """Say what a replacement costs before it is done."""
    initial = {"commitment": str(value), "state": handover.ask(request.session), "replace": "true"}
    context = {
        "form": CommitmentForm(initial=initial),
        "value": value,
        "standing": queries.standing_of(licence, today()),
        "joins_from": actions.may_join_from(licence=licence, value=value, day=today()),
        "today": today(),
    }
    return render(request, "roll/replace.html", context)


@require_GET
def standing(request: HttpRequest) -> HttpResponse:
    """Where one's own commitment stands, and what comes next."""
    licence = access.licence_in_force(signed_in_doctor(request))
    context = {
        "standing": queries.standing_of(licence, today()),
        "policy": queries.policy(),
        "today": today(),
        "community_link": settings.COMMUNITY_LINK,
    }
    return render(request, "roll/standing.html", context)


@require_GET
def pending(request: HttpRequest) -> HttpResponse:
    """For registrars: what the next edition would hold, in counts only."""
    registrar(request)
    plan = queries.coming_edition(today())
    rows = zip(queries.roll_states(), plan.rolls, strict=True)
    context = {"rows": list(rows), "plan": plan, "policy": queries.policy(), "today": today()}
    return render(request, "roll/pending.html", context)
