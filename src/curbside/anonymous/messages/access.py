"""Fetches members to write to, conversations and messages for one member: absent and forbidden give the same 404."""

from django.http import Http404
from django.utils.translation import gettext as _

from curbside.anonymous.membership.models import Member
from curbside.anonymous.messages.models import Message, MessageKey, Side
from curbside.anonymous.shelf.queries import own_shelf
from curbside.kit.errors import Conflict, NotAllowed
from curbside.kit.limits import RateLimit

COMPOSE_LIMIT = RateLimit(times=90, seconds=600)
"""Whether a pseudonym is there is told slowly, by every address that takes one, so that nobody lists them all."""


def fetch_other(*, member: Member, pseudonym: str) -> Member:
    """Someone else, by pseudonym."""
    COMPOSE_LIMIT.count(str(member.pk))
    other = Member.objects.filter(pseudonym=pseudonym).exclude(pk=member.pk).select_related("message_key").first()
    if other is None:
        raise Http404
    return other


def fetch_side(*, member: Member, conversation_id: int) -> Side:
    """One's own side of a conversation of one's own, with both keys. One query."""
    sides = Side.objects.select_related("conversation", "other__message_key", "member__message_key")
    side = sides.filter(member=member, conversation=conversation_id).first()
    if side is None:
        raise Http404
    return side


def fetch_own_message(*, member: Member, message_id: int) -> Message:
    """A message that the member wrote."""
    message = Message.objects.filter(pk=message_id, author=member).first()
    if message is None:
        raise Http404
    return message


def fetch_received_message(*, member: Member, message_id: int) -> Message:
    """A message that the other wrote in a conversation of the member's. One query."""
    own = Side.objects.filter(member=member).values("conversation")
    message = Message.objects.filter(pk=message_id, conversation__in=own).exclude(author=member).select_related("author").first()
    if message is None:
        raise Http404
    return message


def has_blocked(*, member: Member, other: Member) -> bool:
    """Whether the member wants to hear nothing of the other. Two queries."""
    return own_shelf(member).blocks(other.pk)


def recipient_of(member: Member) -> str:
    """The member's public key; empty where there is none."""
    try:
        return member.message_key.recipient
    except MessageKey.DoesNotExist:
        return ""


def require_key(member: Member) -> str:
    """The member's public key, or the sentence that says to make one."""
    recipient = recipient_of(member)
    if not recipient:
        raise Conflict(_("You have no message key yet. Make one first."))
    return recipient


def require_writer(member: Member) -> None:
    """Refuse a member whose term is over, saying what to do."""
    if not member.may_write:
        raise NotAllowed(member.read_only_reason)
