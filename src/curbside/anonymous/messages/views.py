"""Pages of private messages: conversations, one of them, requests, the first message to someone, and the key."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from curbside.anonymous.membership.access import signed_in_member
from curbside.anonymous.membership.models import Member
from curbside.anonymous.messages import access, actions, queries
from curbside.anonymous.messages.models import Side
from curbside.anonymous.sealing.secrecy import JSONValue


@require_GET
def conversations(request: HttpRequest) -> HttpResponse:
    """One's conversations."""
    member = signed_in_member(request)
    found = queries.conversation_list(member, cursor=request.GET.get("after", ""))
    return render(request, "messages/conversations.html", {"found": found, "own_key": access.recipient_of(member)})


@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """Others' requests."""
    member = signed_in_member(request)
    rows, next_cursor = queries.requests(member, cursor=request.GET.get("after", ""))
    files = [row.shown.for_page() for row in rows]
    page = {"rows": rows, "next_cursor": next_cursor, "files": json.dumps(files), "own_key": access.recipient_of(member)}
    return render(request, "messages/requests.html", page)


@require_GET
def show_conversation(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """One conversation, the newest messages of it."""
    side = access.fetch_side(member=signed_in_member(request), conversation_id=conversation_id)
    if access.has_blocked(member=side.member, other=side.other):
        return render(request, "messages/blocked.html", {"side": side})
    return _conversation(request, side)


def _conversation(request: HttpRequest, side: Side) -> HttpResponse:
    listed = queries.message_list(side, cursor="")
    data: dict[str, JSONValue] = {
        "own": access.recipient_of(side.member),
        "other": access.recipient_of(side.other),
        "pin": side.pin,
        "compared": side.compared,
        "version": queries.version_of(side),
        "short": side.waits,
        **listed.for_page(),
    }
    may_send = side.member.may_write and not (side.waits and any(shown.own for shown in listed.messages))
    return render(request, "messages/conversation.html", {"side": side, "other": side.other, "may_send": may_send, **_content(data)})


@require_GET
def write_to(request: HttpRequest, pseudonym: str) -> HttpResponse:
    """The first message to someone; where there is a conversation already, that."""
    member = signed_in_member(request)
    if member.pseudonym == pseudonym:
        return redirect("messages:conversations")
    other = access.fetch_other(member=member, pseudonym=pseudonym)
    side = queries.side_with(member, other=other)
    if side is not None:
        return redirect("messages:show_conversation", side.conversation_id)
    return _first_message(request, member=member, other=other)


def _first_message(request: HttpRequest, *, member: Member, other: Member) -> HttpResponse:
    keys: dict[str, JSONValue] = {"own": access.recipient_of(member), "other": access.recipient_of(other)}
    content = _content({**keys, "pin": "", "compared": "", "version": "", "short": True, "messages": [], "earlier": ""})
    page = {"other": other, "may_send": member.may_write, "blocked": access.has_blocked(member=member, other=other), **content}
    return render(request, "messages/write.html", page)


def _content(data: dict[str, JSONValue]) -> dict[str, object]:
    """What the script reads, in an attribute: htmx takes every script element out of what it swaps in, JSON too."""
    return {"data": data, "content": json.dumps(data)}


@require_GET
def key(request: HttpRequest) -> HttpResponse:
    """One's key, and whom one has blocked."""
    member = signed_in_member(request)
    page = {"own_key": access.recipient_of(member), "made_on": queries.key_day(member), "blocked": queries.blocked_by(member)}
    return render(request, "messages/key.html", page)


@require_POST
def accept(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Accept a request."""
    side = access.fetch_side(member=signed_in_member(request), conversation_id=conversation_id)
    actions.accept(side=side)
    return redirect("messages:show_conversation", conversation_id)


@require_POST
def decline(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Turn a request away."""
    actions.decline(side=access.fetch_side(member=signed_in_member(request), conversation_id=conversation_id))
    return redirect("messages:requests")


@require_POST
def block(request: HttpRequest, pseudonym: str) -> HttpResponse:
    """Hear nothing of a member any more."""
    member = signed_in_member(request)
    actions.block(member=member, other=access.fetch_other(member=member, pseudonym=pseudonym))
    return redirect("messages:key")


@require_POST
def unblock(request: HttpRequest, pseudonym: str) -> HttpResponse:
    """Hear of a member again."""
    member = signed_in_member(request)
    actions.unblock(member=member, other=access.fetch_other(member=member, pseudonym=pseudonym))
    return redirect("messages:key")
