"""Public keys, conversations of two and their messages. No text stands here, and no reading is recorded.

Whom a member blocks lies on their shelf.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from curbside.kit.clock import this_minute, today
from curbside.kit.ids import RandomIdField


class MessageKey(models.Model):
    """The public half of a member's message key. The other half is made anew in the member's browser each time."""

    id = RandomIdField()
    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="message_key")
    recipient = models.CharField(max_length=62, unique=True)
    """As age writes X25519 recipients; unique, so that nobody takes another's for their own."""
    made_on = models.DateField(default=today)

    def __str__(self) -> str:
        return self.recipient


class Conversation(models.Model):
    """What two members write to each other. It begins as a request, with one short message."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        DECLINED = "declined", _("declined")
        OPEN = "open", _("open")

    id = RandomIdField()
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    opener = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    """Who asked; forgotten once the other accepted."""
    changes = models.PositiveIntegerField(default=0)
    """Raised by whatever both may see. A decline does not raise it: who asked must not learn of it."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state="open", opener__isnull=True) | (~models.Q(state="open") & models.Q(opener__isnull=False)),
                name="opener_until_accepted",
            ),
        ]

    def __str__(self) -> str:
        return f"conversation {self.pk}"


class Side(models.Model):
    """One member's side of a conversation."""

    id = RandomIdField()
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="sides", db_index=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    latest_at = models.DateTimeField(default=this_minute)
    """The minute of the last message."""
    pin = models.CharField(max_length=43, blank=True)
    """A code over the other's public key that only the member's own browser can make: how it notices another key."""
    compared = models.CharField(max_length=43, blank=True)
    """A code likewise over both public keys, made when the member had compared the fingerprint."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["member", "-latest_at", "-id"], name="side_of_member"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["member", "other"], name="one_conversation_of_two"),
            models.UniqueConstraint(fields=["conversation", "member"], name="one_side_of_a_conversation"),
            models.CheckConstraint(condition=~models.Q(member=models.F("other")), name="side_of_two_members"),
        ]

    def __str__(self) -> str:
        return f"side {self.pk}"

    @property
    def waits(self) -> bool:
        """Whether the member asked and has no answer; the same whether the other has not looked, declined, or blocked."""
        return self.conversation.opener_id == self.member_id

    @property
    def is_asked(self) -> bool:
        """Whether the other asked, and the member has not accepted."""
        return self.conversation.opener_id == self.other_id


class Message(models.Model):
    """One message: who wrote it, when, and the sealed document {"age": base64 of an age file}."""

    id = RandomIdField()
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text_id = models.BigIntegerField(unique=True)
    posted_at = models.DateTimeField(default=this_minute)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["conversation", "-posted_at", "-id"], name="message_in_conversation"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"
