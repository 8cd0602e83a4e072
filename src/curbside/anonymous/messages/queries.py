"""Reads conversations and messages. Every list is one page, and costs the same at any length; nothing is noted when it is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from curbside.anonymous.membership.leaving import Piece
from curbside.anonymous.membership.models import Member
from curbside.anonymous.messages.access import recipient_of
from curbside.anonymous.messages.models import Conversation, Message, MessageKey, Side
from curbside.anonymous.sealing.queries import read_text, read_texts
from curbside.anonymous.sealing.secrecy import JSONValue, TextId
from curbside.anonymous.shelf.documents import Kind
from curbside.anonymous.shelf.queries import own_shelf
from curbside.kit.ids import public_id
from curbside.kit.paging import page_newest_first

REQUEST_PAGE = 10


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """A conversation as the list shows it."""

    side: Side
    own_turn: bool
    """Whether the other wrote last."""


@dataclass(frozen=True, slots=True)
class ConversationList:
    """A page of the list."""

    rows: Sequence[ConversationRow]
    next_cursor: str
    requests: int
    """How many requests of others wait for the member's word."""


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message as the member's browser gets it: still encrypted."""

    message: Message
    age: str
    own: bool

    def for_page(self) -> dict[str, JSONValue]:
        """As the page's script reads it."""
        at = self.message.posted_at.strftime("%Y-%m-%dT%H:%MZ")
        return {"id": public_id(self.message.pk), "own": self.own, "at": at, "age": self.age}


@dataclass(frozen=True, slots=True)
class MessageList:
    """A page of a conversation, oldest first."""

    messages: Sequence[ShownMessage]
    earlier: str
    """The cursor of the page before; empty at the beginning."""

    def for_page(self) -> dict[str, JSONValue]:
        """As the page's script reads it."""
        return {"messages": [message.for_page() for message in self.messages], "earlier": self.earlier}


@dataclass(frozen=True, slots=True)
class Request:
    """Another's request, and its message still encrypted."""

    side: Side
    shown: ShownMessage


def key_day(member: Member) -> date | None:
    """The day the member's key was made, if there is one. One query."""
    return MessageKey.objects.filter(member=member).values_list("made_on", flat=True).first()


def side_with(member: Member, *, other: Member) -> Side | None:
    """The member's side of the conversation with another, if there is one. One query."""
    return Side.objects.filter(member=member, other=other).first()


def conversation_list(member: Member, *, cursor: str) -> ConversationList:
    """One's conversations and one's own requests, the last written in first. Four queries."""
    latest = Message.objects.filter(conversation=OuterRef("conversation")).order_by("-posted_at", "-pk").values("author")[:1]
    heard = _heard(member)
    sides = heard.exclude(conversation__opener=F("other")).annotate(latest_author=Subquery(latest))
    page = page_newest_first(sides, cursor, minute="latest_at")
    rows = [ConversationRow(side, getattr(side, "latest_author") == side.other_id) for side in page.rows]  # noqa: B009 - an annotation
    return ConversationList(rows, page.next_cursor, _requests(heard).count())


def requests(member: Member, *, cursor: str) -> tuple[Sequence[Request], str]:
    """Others' requests that wait for the member's word, each with its message. Six queries."""
    page = page_newest_first(_requests(_heard(member)), cursor, minute="latest_at", size=REQUEST_PAGE)
    messages = list(Message.objects.filter(conversation__in=[side.conversation_id for side in page.rows]))
    shown = {item.message.conversation_id: item for item in _with_files(messages, reader=member)}
    return [Request(side, shown[side.conversation_id]) for side in page.rows if side.conversation_id in shown], page.next_cursor


def message_list(side: Side, *, cursor: str) -> MessageList:
    """A page of the conversation, the newest without a cursor. Three queries."""
    page = page_newest_first(Message.objects.filter(conversation=side.conversation_id), cursor)
    return MessageList(_with_files(list(reversed(page.rows)), reader=side.member), page.next_cursor)


def shown_message(message: Message, *, reader: Member) -> ShownMessage:
    """One message as the member's browser gets it. Two queries."""
    document = read_text(TextId(message.text_id))
    return ShownMessage(message, document.text("age"), message.author_id == reader.pk)


def version_of(side: Side) -> str:
    """What an open page compares to learn that it must ask for more; the same for both, and silent on blocks and declines."""
    parts = (side.conversation_id, side.conversation.changes, recipient_of(side.member), recipient_of(side.other))
    return salted_hmac("curbside.messages.version", ":".join(map(str, parts)), algorithm="sha256").hexdigest()[:32]


def blocked_by(member: Member) -> QuerySet[Member]:
    """Whom the member wants to hear nothing of."""
    return Member.objects.filter(pk__in=own_shelf(member).members(Kind.BLOCKED)).order_by("pseudonym")


def export_messages(*, member: Member) -> tuple[str, Sequence[Piece]]:
    """What the member wrote, as the server has it: it cannot open it. The conversation's page saves it readable."""
    messages = list(Message.objects.filter(author=member).order_by("posted_at", "pk"))
    others = dict(Side.objects.filter(member=member).values_list("conversation", "other__pseudonym"))
    note = _("Encrypted for the two of you (base64 of an age file). The conversation's own page saves it as readable text.")
    return _("Private messages"), [
        {
            "id": public_id(shown.message.pk),
            "with": others.get(shown.message.conversation_id, ""),
            "posted_at": shown.message.posted_at.isoformat(),
            "age": shown.age,
            "note": note,
        }
        for shown in _with_files(messages, reader=member)
    ]


def _heard(member: Member) -> QuerySet[Side]:
    """The member's sides, without those of whom they block. Two queries."""
    sides = Side.objects.filter(member=member).select_related("conversation", "other")
    return sides.exclude(other__in=own_shelf(member).members(Kind.BLOCKED))


def _requests(heard: QuerySet[Side]) -> QuerySet[Side]:
    written = Message.objects.filter(conversation=OuterRef("conversation"))
    asked = heard.filter(conversation__state=Conversation.State.ASKED, conversation__opener=F("other"))
    return asked.filter(Exists(written))


def _with_files(messages: Sequence[Message], *, reader: Member) -> list[ShownMessage]:
    documents = read_texts([TextId(message.text_id) for message in messages])
    shown = [ShownMessage(message, documents[TextId(message.text_id)].text("age"), message.author_id == reader.pk) for message in messages]
    return [item for item in shown if item.age]
