"""Writes of messages: keep a key, ask, answer, send, remove, block, and erase all when a member leaves."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curbside.anonymous.membership.models import Member
from curbside.anonymous.messages.access import has_blocked, require_writer
from curbside.anonymous.messages.ciphertexts import REQUEST_CLASS, AgeFile, Code, Recipient, as_text, content_class
from curbside.anonymous.messages.models import Conversation, Message, MessageKey, Side
from curbside.anonymous.sealing.actions import erase_texts, seal_text
from curbside.anonymous.sealing.secrecy import TextId
from curbside.anonymous.shelf.actions import put, take
from curbside.anonymous.shelf.documents import Kind
from curbside.kit.clock import today
from curbside.kit.errors import Conflict, TooMany
from curbside.kit.ids import public_id
from curbside.kit.limits import RateLimit

MESSAGE_LIMIT = RateLimit(times=60, seconds=600)
REQUEST_LIMIT = RateLimit(times=10, seconds=24 * 60 * 60)
KEY_LIMIT = RateLimit(times=6, seconds=60 * 60)
MOST_WAITING = 20
"""Requests of one member that may wait for an answer."""

_WAITS = gettext_lazy("Your request waits. You can write more once it is accepted.")


@dataclass(frozen=True, slots=True)
class Letter:
    """What the browser hands in: the file, the two keys it is for, and the code over the other's key."""

    file: AgeFile
    sender: Recipient
    receiver: Recipient
    pin: Code


@transaction.atomic
def keep_key(*, member: Member, recipient: Recipient) -> None:
    """Store the public key in place of any former one. Codes made under the former key can never be checked again, so they go."""
    require_writer(member)
    KEY_LIMIT.count(str(member.pk))
    try:
        with transaction.atomic():
            MessageKey.objects.update_or_create(member=member, defaults={"recipient": recipient, "made_on": today()})
    except IntegrityError as error:
        raise Conflict(_("This key is in use already. Make another one.")) from error
    Side.objects.filter(member=member).update(pin="", compared="")


@transaction.atomic
def ask(*, member: Member, other: Member, letter: Letter) -> Conversation:
    """Begin a conversation by a request; where there is one already, write in it."""
    require_writer(member)
    side = Side.objects.select_related("conversation").filter(member=member, other=other).first()
    if side is None:
        REQUEST_LIMIT.count(str(member.pk))
        side = _begin(member=member, other=other)
    send_message(side=side, letter=letter)
    return side.conversation


def _begin(*, member: Member, other: Member) -> Side:
    if Conversation.objects.filter(opener=member).count() >= MOST_WAITING:
        raise TooMany(_("Twenty of your requests wait for an answer. You can ask again once one of them is accepted."))
    try:
        with transaction.atomic():
            conversation = Conversation.objects.create(opener=member)
            Side.objects.create(conversation=conversation, member=other, other=member)
            return Side.objects.create(conversation=conversation, member=member, other=other)
    except IntegrityError as error:
        raise Conflict(_("The two of you have just begun to write to each other. Reload the page.")) from error


def send_message(*, side: Side, letter: Letter) -> Message:
    """Add a message. Answering a request accepts it; who asked may add nothing before that."""
    member, other = side.member, side.other
    require_writer(member)
    MESSAGE_LIMIT.count(str(member.pk))
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update().get(pk=side.conversation_id)
        _insist_keys(member=member, other=other, letter=letter)
        _insist_may_send(conversation=conversation, member=member, other=other, letter=letter)
        text_id = seal_text(document={"age": as_text(letter.file)})
        message = Message.objects.create(conversation=conversation, author=member, text_id=text_id)
        _note_change(conversation, opens=conversation.opener_id == other.pk)
        Side.objects.filter(conversation=conversation).update(latest_at=message.posted_at)
        Side.objects.filter(pk=side.pk).update(pin=letter.pin)
    return message


def _insist_keys(*, member: Member, other: Member, letter: Letter) -> None:
    """A file for a key that was replaced meanwhile could be read by nobody."""
    keys = dict(MessageKey.objects.filter(member__in=[member, other]).values_list("member_id", "recipient"))
    if (keys.get(member.pk), keys.get(other.pk)) != (letter.sender, letter.receiver):
        raise Conflict(_("A key changed meanwhile. Copy your words, reload the page and send them again."))


def _insist_may_send(*, conversation: Conversation, member: Member, other: Member, letter: Letter) -> None:
    if has_blocked(member=member, other=other):
        raise Conflict(_("You have blocked this member. Unblock them to write to them."))
    if conversation.opener_id != member.pk:
        return
    if conversation.messages.filter(author=member).exists():
        raise Conflict(_WAITS)
    if content_class(letter.file) > REQUEST_CLASS:
        raise Conflict(_("A request is one short message. Shorten it."))


def _note_change(conversation: Conversation, *, opens: bool = False) -> None:
    """Let open pages know; and open the conversation where that is what happened."""
    opened = {"state": Conversation.State.OPEN, "opener": None} if opens else {}
    Conversation.objects.filter(pk=conversation.pk).update(changes=F("changes") + 1, **opened)


@transaction.atomic
def accept(*, side: Side) -> None:
    """Accept the other's request."""
    conversation = Conversation.objects.select_for_update().get(pk=side.conversation_id)
    if conversation.opener_id == side.other_id:
        _note_change(conversation, opens=True)


def decline(*, side: Side) -> None:
    """Turn the other's request away. For who asked, it goes on waiting."""
    asked = Conversation.objects.filter(pk=side.conversation_id, opener=side.other_id)
    asked.update(state=Conversation.State.DECLINED)


def block(*, member: Member, other: Member) -> None:
    """Hear nothing of the other from now on. The other is told nothing."""
    put(member=member, kind=Kind.BLOCKED, value=public_id(other.pk))


def unblock(*, member: Member, other: Member) -> None:
    """Hear of the other again."""
    take(member=member, kind=Kind.BLOCKED, value=public_id(other.pk))


def keep_pin(*, side: Side, pin: Code) -> None:
    """Go on with the other's new key."""
    Side.objects.filter(pk=side.pk).update(pin=pin)


def keep_compared(*, side: Side, compared: Code) -> None:
    """Keep that the fingerprint was compared, with the keys it was compared for."""
    Side.objects.filter(pk=side.pk).update(compared=compared)


@transaction.atomic
def remove_message(*, message: Message) -> None:
    """Erase one's own message for both."""
    conversation = Conversation.objects.select_for_update().get(pk=message.conversation_id)
    erase_texts(text_ids=[TextId(message.text_id)])
    Message.objects.filter(pk=message.pk).delete()
    _note_change(conversation)


@transaction.atomic
def erase_messages_of(*, member: Member) -> None:
    """A leaving member's conversations, whole: what the other wrote in them could be answered by nobody, and tells that they were."""
    conversations = Side.objects.filter(member=member).values("conversation")
    text_ids = Message.objects.filter(conversation__in=conversations).values_list("text_id", flat=True)
    erase_texts(text_ids=[TextId(text_id) for text_id in text_ids])
    Conversation.objects.filter(pk__in=list(conversations.values_list("conversation", flat=True))).delete()
    MessageKey.objects.filter(member=member).delete()
