"""Pages of shelves: what one mutes, notes on members, one member as one's shelf has them; and putting and taking things."""

from collections.abc import Callable
from typing import Final, TypeAlias

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from curbside.anonymous.membership.access import signed_in_member
from curbside.anonymous.membership.models import Member
from curbside.anonymous.shelf import access, actions, queries
from curbside.anonymous.shelf.documents import MOST, Kind
from curbside.anonymous.shelf.forms import NoteForm, PutForm, TakeForm
from curbside.kit.errors import Conflict, PublicError
from curbside.kit.ids import public_id
from curbside.kit.limits import RateLimit

_Deed: TypeAlias = Callable[[Member, Member], None]

ABOUT_LIMIT: Final = RateLimit(times=90, seconds=600)
"""The page and its buttons tell that a pseudonym exists, as every post does; slowly, so that nobody lists them all."""


@require_GET
def show_muted(request: HttpRequest) -> HttpResponse:
    """Muted words and members, and blocked ones."""
    return _muted(request, PutForm({"kind": Kind.WORD, "value": ""}))


def _muted(request: HttpRequest, form: PutForm, *, wrong: bool = False) -> HttpResponse:
    shelf = queries.own_shelf(signed_in_member(request))
    muted, blocked = queries.named_members(shelf, [Kind.MUTED, Kind.BLOCKED])
    page = {"words": list(shelf[Kind.WORD]), "muted": muted, "blocked": blocked, "form": form, "wrong": wrong}
    return render(request, "shelf/muted.html", {**page, "most": MOST[Kind.WORD]}, status=422 if wrong else 200)


@require_GET
def show_notes(request: HttpRequest) -> HttpResponse:
    """Every note on a member."""
    (notes,) = queries.named_members(queries.own_shelf(signed_in_member(request)), [Kind.NOTE])
    return render(request, "shelf/notes.html", {"notes": notes})


@require_http_methods(["GET", "POST"])
def about(request: HttpRequest, pseudonym: str) -> HttpResponse:
    """What one's shelf says of a member, and the note on them."""
    member = signed_in_member(request)
    ABOUT_LIMIT.count(str(member.pk))
    other = access.fetch_other(member=member, pseudonym=pseudonym)
    kept = queries.own_shelf(member)[Kind.NOTE].get(public_id(other.pk), "")
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"words": kept, "before": kept})
    if form.is_valid() and _write(member, other, form):
        messages.success(request, _("Your note is kept."))
        return redirect("shelf:about", other.pseudonym)
    page = {"other": other, "form": form, "kept": kept, "changed": bool(form.non_field_errors())}
    return render(request, "shelf/about.html", page, status=422 if form.is_bound else 200)


def _write(member: Member, other: Member, form: NoteForm) -> bool:
    try:
        actions.write_note(member=member, about=other, words=form.cleaned_data["words"], before=form.cleaned_data["before"])
    except Conflict as error:
        form.add_error(None, str(error.sentence))
        return False
    return True


@require_POST
def sort_member(request: HttpRequest, pseudonym: str, deed: str) -> HttpResponse:
    """Mute, block or follow a member, or no longer."""
    member = signed_in_member(request)
    ABOUT_LIMIT.count(str(member.pk))
    other = access.fetch_other(member=member, pseudonym=pseudonym)
    _DEEDS[deed](member, other)
    messages.success(request, _("Kept on your shelf. Nobody else can see it."))
    return _back(request)


def _put(kind: Kind) -> _Deed:
    return lambda member, other: actions.put(member=member, kind=kind, value=public_id(other.pk))


def _take(kind: Kind) -> _Deed:
    return lambda member, other: actions.take(member=member, kind=kind, value=public_id(other.pk))


def _follow(member: Member, other: Member) -> None:
    actions.follow_member(member=member, other=other)


_DEEDS: Final[dict[str, _Deed]] = {
    "mute": _put(Kind.MUTED),
    "unmute": _take(Kind.MUTED),
    "block": _put(Kind.BLOCKED),
    "unblock": _take(Kind.BLOCKED),
    "follow": _follow,
    "unfollow": _take(Kind.MEMBER),
}


@require_POST
def put(request: HttpRequest) -> HttpResponse:
    """Put something on one's shelf."""
    member, form = signed_in_member(request), PutForm(request.POST)
    if not form.is_valid():
        if request.POST.get("kind") == Kind.WORD:
            return _muted(request, form, wrong=True)
        raise PublicError(_("There is nothing of this kind. Reload the page and try again."))
    actions.put(member=member, kind=Kind(form.cleaned_data["kind"]), value=form.cleaned_data["value"])
    return _back(request)


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take something from one's shelf."""
    member, form = signed_in_member(request), TakeForm(request.POST)
    if not form.is_valid():
        raise PublicError(_("There is nothing of this kind. Reload the page and try again."))
    actions.take(member=member, kind=Kind(form.cleaned_data["kind"]), value=form.cleaned_data["value"])
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the page that the button stood on, if it is one of this site's."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return HttpResponseRedirect(wanted if is_ours else reverse("shelf:show_muted"))
