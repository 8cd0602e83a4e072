"""Members with keys, and files as their browsers make them. What is inside is proved in frontend/pages/tests/seal_messages.test.ts."""

import base64
import json
import secrets

from django.test import Client
from django.urls import reverse

from curbside.anonymous.membership.models import Member
from curbside.anonymous.messages.ciphertexts import CLASSES
from curbside.anonymous.messages.models import Conversation, Message, MessageKey
from tests.anonymous.cases.cast import browser_of, make_member

_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
PIN = "A" * 43


def a_recipient() -> str:
    return "age1" + "".join(secrets.choice(_BECH32) for _ in range(58))


def _letters() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")


def an_age_file(size: int = CLASSES[0], *, recipients: int = 2) -> str:
    stanzas = "".join(f"-> X25519 {_letters()}\n{_letters()}\n" for _ in range(recipients))
    header = f"age-encryption.org/v1\n{stanzas}--- {_letters()}\n".encode()
    return base64.b64encode(header + secrets.token_bytes(16 + size + 16)).decode()


class Correspondent:
    """A member with a key and a browser."""

    def __init__(self, pseudonym: str, *, days_left: int = 30, with_key: bool = True) -> None:
        self.member: Member = make_member(pseudonym, days_left=days_left)
        self.browser: Client = browser_of(self.member)
        self.recipient = a_recipient()
        if with_key:
            MessageKey.objects.create(member=self.member, recipient=self.recipient)

    def post(self, address: str, body: object) -> tuple[int, dict[str, str]]:
        response = self.browser.post(address, json.dumps(body), content_type="application/json")
        return response.status_code, response.json()

    def letter(self, other: "Correspondent", **changes: str) -> dict[str, str]:
        return {"message": an_age_file(), "from": self.recipient, "to": other.recipient, "pin": PIN} | changes

    def ask(self, other: "Correspondent", **changes: str) -> tuple[int, dict[str, str]]:
        return self.post(reverse("messages:ask", args=[other.member.pseudonym]), self.letter(other, **changes))

    def send(self, other: "Correspondent", conversation: Conversation, **changes: str) -> tuple[int, dict[str, str]]:
        return self.post(reverse("messages:send", args=[conversation.pk]), self.letter(other, **changes))

    def page(self, route: str, *arguments: object) -> str:
        response = self.browser.get(reverse(f"messages:{route}", args=arguments))
        assert response.status_code == 200
        return response.content.decode()

    def press(self, route: str, *arguments: object) -> int:
        return self.browser.post(reverse(f"messages:{route}", args=arguments)).status_code


def an_open_conversation(one: Correspondent, other: Correspondent) -> Conversation:
    assert one.ask(other)[0] == 200
    conversation = Conversation.objects.get()
    assert other.press("accept", conversation.pk) == 302
    conversation.refresh_from_db()
    return conversation


def a_message(conversation: Conversation) -> Message:
    return Message.objects.filter(conversation=conversation).order_by("-posted_at", "-pk")[0]
