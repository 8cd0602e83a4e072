"""Pages of notifications: the list, marking as read, what to hear, and the count that open pages ask for."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from curbside.anonymous.membership.access import signed_in_member
from curbside.anonymous.notifications import actions, queries
from curbside.anonymous.notifications.forms import ChoiceForm
from curbside.anonymous.notifications.kinds import Kind
from curbside.anonymous.notifications.models import Mailbox


@require_GET
def list_notifications(request: HttpRequest) -> HttpResponse:
    """What the member was told. Looking marks nothing as read."""
    groups = queries.group_list(signed_in_member(request), cursor=request.GET.get("after", ""))
    return render(request, "notifications/notifications.html", {"list": groups, "paged": "after" in request.GET})


@require_GET
def news(request: HttpRequest) -> HttpResponse:
    """How many are unread, or nothing where that is as the asking page has it. It writes nothing. One query for nothing."""
    member = signed_in_member(request)
    headers = {"ETag": f'"{queries.version_of(member)}"'}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    return JsonResponse({"unread": queries.unread_count(member)}, headers=headers)


@require_POST
def mark_all_read(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    actions.mark_read(member=signed_in_member(request))
    return redirect("notifications:list")


@require_POST
def mark_read(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Mark one thread's as read; a thread that the member was told nothing of is marked likewise, without effect."""
    actions.mark_read(member=signed_in_member(request), thread_id=thread_id)
    return redirect("notifications:list")


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """What to hear of, and when urgent cases wait."""
    member = signed_in_member(request)
    form = ChoiceForm(request.POST if request.method == "POST" else None, initial=_chosen(queries.box_of(member)))
    if not form.is_valid():
        return render(request, "notifications/choose.html", {"form": form}, status=422 if form.is_bound else 200)
    actions.choose(member=member, off=form.off(), quiet=form.quiet())
    messages.success(request, _("Your choice is kept."))
    return redirect("notifications:list")


def _chosen(box: Mailbox) -> dict[str, object]:
    hours = {"quiet_from": box.quiet_from, "quiet_until": box.quiet_until}
    kinds = [kind.value for kind in Kind if kind.value not in box.kinds_off]
    return {"kinds": kinds, **{end: "" if hour is None else str(hour) for end, hour in hours.items()}}
