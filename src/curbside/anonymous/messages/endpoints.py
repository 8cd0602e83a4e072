"""What the pages' script asks for and hands in, as JSON: keys, files and codes, never words."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from curbside.anonymous.membership.access import signed_in_member
from curbside.anonymous.messages import access, actions, queries
from curbside.anonymous.messages.ciphertexts import age_file_from, code_from, recipient_from
from curbside.kit.bodies import json_body


@require_POST
def keep_key(request: HttpRequest) -> JsonResponse:
    """Store the public half of a new key."""
    member = signed_in_member(request)
    actions.keep_key(member=member, recipient=recipient_from(json_body(request).get("recipient")))
    return JsonResponse({"next": reverse("messages:key")})


@require_POST
def ask(request: HttpRequest, pseudonym: str) -> JsonResponse:
    """Send the first message to someone."""
    member = signed_in_member(request)
    other = access.fetch_other(member=member, pseudonym=pseudonym)
    conversation = actions.ask(member=member, other=other, letter=_letter(json_body(request)))
    return JsonResponse({"next": reverse("messages:show_conversation", args=[conversation.pk])})


@require_POST
def send(request: HttpRequest, conversation_id: int) -> JsonResponse:
    """Send a message in a conversation."""
    side = access.fetch_side(member=signed_in_member(request), conversation_id=conversation_id)
    actions.send_message(side=side, letter=_letter(json_body(request)))
    return JsonResponse({})


@require_GET
def news(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """The newest page of a conversation, or nothing where it is as the asking page has it. Three queries for nothing."""
    side = access.fetch_side(member=signed_in_member(request), conversation_id=conversation_id)
    version = f'"{queries.version_of(side)}"'
    if request.headers.get("If-None-Match") == version:
        return HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers={"ETag": version})
    if access.has_blocked(member=side.member, other=side.other):
        return JsonResponse({"messages": [], "earlier": ""})
    keys = {"own": access.recipient_of(side.member), "other": access.recipient_of(side.other)}
    listed = queries.message_list(side, cursor="").for_page()
    return JsonResponse({**keys, "opened": not side.waits, **listed}, headers={"ETag": version})


@require_GET
def earlier(request: HttpRequest, conversation_id: int) -> JsonResponse:
    """An earlier page of a conversation."""
    side = access.fetch_side(member=signed_in_member(request), conversation_id=conversation_id)
    if access.has_blocked(member=side.member, other=side.other):
        return JsonResponse({"messages": [], "earlier": ""})
    return JsonResponse(queries.message_list(side, cursor=request.GET.get("after", "")).for_page())


@require_POST
def keep_pin(request: HttpRequest, conversation_id: int) -> JsonResponse:
    """Go on with the other's new key."""
    side = access.fetch_side(member=signed_in_member(request), conversation_id=conversation_id)
    actions.keep_pin(side=side, pin=code_from(json_body(request).get("pin")))
    return JsonResponse({})


@require_POST
def keep_compared(request: HttpRequest, conversation_id: int) -> JsonResponse:
    """Keep that the fingerprint was compared."""
    side = access.fetch_side(member=signed_in_member(request), conversation_id=conversation_id)
    actions.keep_compared(side=side, compared=code_from(json_body(request).get("compared")))
    return JsonResponse({})


@require_POST
def remove(request: HttpRequest, message_id: int) -> JsonResponse:
    """Erase one's own message for both."""
    actions.remove_message(message=access.fetch_own_message(member=signed_in_member(request), message_id=message_id))
    return JsonResponse({})


def _letter(body: dict[str, object]) -> actions.Letter:
    return actions.Letter(
        file=age_file_from(body.get("message")),
        sender=recipient_from(body.get("from")),
        receiver=recipient_from(body.get("to")),
        pin=code_from(body.get("pin")),
    )
