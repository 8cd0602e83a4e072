"""Whatever is sent to whichever address by whomever: an answer below 500, and no exception on the way."""

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Protocol

import pytest
from django.conf import LazySettings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connections, transaction
from django.test import Client

from curbside.kit.limits import RateLimit
from tests.doors import hostile
from tests.doors.conftest import DOORS, SIDE, address_of, side
from tests.doors.places import Cast, browser, fresh_browser_of, new_passkey, patterns, sign_in_page

pytestmark = pytest.mark.django_db(databases="__all__")


class Answer(Protocol):
    status_code: int
    content: bytes


@pytest.fixture(autouse=True)
def no_limits(monkeypatch: pytest.MonkeyPatch, own_place: None) -> None:
    """Limits would answer before the views; what they count must still be text."""
    monkeypatch.setattr(RateLimit, "count", lambda _limit, subject: subject.encode())


@contextmanager
def undone() -> Iterator[None]:
    """Whatever the request changed is taken back, so that the next one finds the same cast."""
    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        yield
        for alias in connections:
            transaction.set_rollback(True, using=alias)


class Sender:
    """Sends as one person, each time with the session of the start; exceptions come through."""

    def __init__(self, person: AbstractBaseUser | None, session: dict[str, object] | None = None) -> None:
        self._first = fresh_browser_of(person) if person else browser()
        if session:
            kept = self._first.session
            kept.update(session)
            kept.save()
        self.sent = 0

    def __call__(self, method: str, address: str, data: object = b"", *, kind: str = "", **headers: object) -> None:
        client = Client(headers={"host": browser().defaults["HTTP_HOST"]})
        client.cookies.update(self._first.cookies)
        with undone():
            if method == "GET":
                answer = client.get(address, data or None, **headers)  # type: ignore[arg-type] # what an attacker sends
            elif isinstance(data, bytes | str):
                answer = client.generic(method, address, data, content_type=kind, **headers)  # type: ignore[arg-type]
            else:
                answer = client.post(address, data, **headers)  # type: ignore[arg-type]
        self.sent += 1
        assert answer.status_code < 500, f"{method} {address} {str(data)[:200]} {headers}: {answer.status_code}"
        assert b"Traceback" not in getattr(answer, "content", b"")


KNOCK = {
    "kind": "join", "challenge": "A" * 43, "badges": [], "pseudonym": "calm-finch-31", "drop_old_passkeys": False,
    "credential_id": "AAAA", "public_key": "AAAA",
}  # fmt: skip
ENDS = 2**40
SESSION = {
    "passkey_challenge": {"ends": ENDS, "value": "A" * 43}, "roll_state": "AAECAwQFBgcICQoLDA0ODw", "knock": {"ends": ENDS, "value": KNOCK},
}  # fmt: skip
"""So that a request gets past the first check of each ceremony."""


def senders(name: str, cast: Cast) -> list[Sender]:
    """Everyone whom the address lets in. Who is signed out and led to sign in is tried by the bodies, which are read before."""
    people = [Sender(person, SESSION) for person in cast.people()]  # type: ignore[attr-defined] # both casts have it
    return [Sender(None, SESSION)] if DOORS[name].open else people[-2:] if name.startswith("verification:") else people[:1]


def doors(method: str, *, json_only: bool = False) -> Iterable[str]:
    return [name for name, door in DOORS.items() if method in door.methods and (door.json or not json_only)]


@pytest.mark.parametrize("name", doors("GET"))
def test_queries(name: str, cast: Cast) -> None:
    address = address_of(name, cast.arguments(name))
    for send in senders(name, cast):
        for text in hostile.TEXTS:
            send("GET", address, dict.fromkeys((*side.QUERIES, "page", "\x00"), text))
        for raw in ("after=%ff", "after=%00", "=", "&&&", "after[]=1", "after=1&after=2", "%", "after=%ud800"):
            send("GET", f"{address}?{raw}")


@pytest.mark.parametrize("name", doors("POST"))
def test_forms(name: str, cast: Cast) -> None:
    """All fields at once, and each by itself beside good ones, so that the check behind a check is reached."""
    address, good = address_of(name, cast.arguments(name)), DOORS[name].form
    for send in senders(name, cast):
        send("POST", address, good)
        for text in hostile.TEXTS:
            send("POST", address, dict.fromkeys((*good, "csrfmiddlewaretoken", "preview", "next"), text))
        for turn, wrong in enumerate(good):
            for text in hostile.TEXTS[turn % 2 :: 2]:  # each field half of them, so that this ends within its minute
                send("POST", address, {**good, wrong: text})


@pytest.mark.parametrize("name", doors("POST"))
def test_bodies_and_their_types(name: str, cast: Cast) -> None:
    address = address_of(name, cast.arguments(name))
    for send in (Sender(None, SESSION), Sender(cast.insider(), SESSION)):
        for body in hostile.BODIES:
            send("POST", address, body, kind="application/json")
        for kind in hostile.TYPES:
            send("POST", address, b'{"a": 1}', kind=kind)
        for part in hostile.PARTS:
            send("POST", address, part, kind="multipart/form-data; boundary=x")
        for raw in (b"label=%ff&body=%00", b"\xff=\xfe", b"&" * 1000, b"=" * 1000, b"a=b&" * 1001):
            send("POST", address, raw, kind="application/x-www-form-urlencoded")


def with_each_leaf(value: object, replacement: object) -> Iterator[object]:
    """The value, each time with another part of it replaced."""
    yield replacement
    if isinstance(value, dict):
        for key, inner in value.items():
            yield {other: each for other, each in value.items() if other != key}
            for changed in with_each_leaf(inner, replacement):
                yield {**value, key: changed}
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            for changed in with_each_leaf(inner, replacement):
                yield [*value[:at], changed, *value[at + 1 :]]


@pytest.mark.parametrize("name", [name for name in doors("POST", json_only=True) if name.endswith("_finish")])
def test_json_with_one_part_wrong(name: str, cast: Cast) -> None:
    """True answers of a passkey, and a true packet's shape, with one part after another exchanged."""
    address, passkey = address_of(name, cast.arguments(name)), new_passkey()
    side.keep_passkey(cast.insider(), passkey)
    challenge = {"challenge": "A" * 43}
    known = new_passkey()
    known._id = passkey.credential_id
    good = [
        {"passkey": passkey.create(challenge), "label": "Phone", "next": "/"},
        {"passkey": passkey.get(challenge), "label": "", "next": "/"},
    ]
    sender = Sender(cast.insider(), SESSION)
    for body in good:
        for replacement in hostile.VALUES:
            for changed in with_each_leaf(body, replacement):
                sender("POST", address, json.dumps(changed), kind="application/json")


@pytest.mark.skipif(SIDE != "anonymous", reason="packets go to the community")
def test_packets_with_one_part_wrong(cast: Cast) -> None:
    import base64

    field = "1" * 70
    proof = {"merkleTreeDepth": 20, "merkleTreeRoot": field, "nullifier": field, "message": field, "scope": field, "points": [field] * 8}
    entry = {"registrar": "directory.example.org", "edition": "ab" * 32, "roll": "everyone", "proof": proof}
    good = {"format": "curbside-proof-1", "purpose": "member", "object": "", "epoch": "", "proofs": [entry]}
    sender = Sender(None, SESSION)
    for replacement in hostile.VALUES:
        for changed in with_each_leaf(good, replacement):
            packet = base64.urlsafe_b64encode(json.dumps(changed).encode()).decode().rstrip("=")
            sender("POST", "/knock/finish/", json.dumps({"packet": packet}), kind="application/json")


def test_a_passkeys_bytes_bent_one_after_another(cast: Cast) -> None:
    """Attestation and signature with bytes exchanged, cut and added: what parses CBOR and keys must refuse, not break."""
    add = {"named": "/account/passkeys/finish/", "anonymous": "/membership/passkeys/finish/"}[SIDE]
    passkey, challenge = new_passkey(), {"challenge": "A" * 43}
    sender = Sender(cast.insider(), SESSION)
    made = passkey.create(challenge)
    for changed in bent(str(made["response"]["attestationObject"])):  # type: ignore[index] # nested
        sender(
            "POST",
            add,
            json.dumps({"passkey": {**made, "response": {**made["response"], "attestationObject": changed}}}),
            kind="application/json",
        )  # type: ignore[dict-item]
    side.keep_passkey(cast.insider(), passkey)
    used = passkey.get(challenge)
    for part in ("authenticatorData", "signature", "clientDataJSON"):
        for changed in bent(str(used["response"][part])):  # type: ignore[index]
            sender(
                "POST",
                "/sign-in/finish/",
                json.dumps({"passkey": {**used, "response": {**used["response"], part: changed}}}),
                kind="application/json",
            )  # type: ignore[dict-item]
    assert sender.sent > 200


def bent(text: str) -> Iterator[str]:
    """The base64url text with its bytes exchanged here and there, cut short, and made longer."""
    import base64

    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    step = max(1, len(data) // 30)
    for at in range(0, len(data), step):
        for byte in (0x00, 0xFF, data[at] ^ 0x80, 0x9F):
            yield base64.urlsafe_b64encode(data[:at] + bytes([byte]) + data[at + 1 :]).decode().rstrip("=")
        yield base64.urlsafe_b64encode(data[:at]).decode().rstrip("=")
    yield base64.urlsafe_b64encode(data + bytes(40)).decode().rstrip("=")


def test_paths_headers_and_cookies(cast: Cast, settings: LazySettings) -> None:
    settings.BEHIND_FRONT = True
    for send in (Sender(None), Sender(cast.insider())):
        for path in hostile.PATHS:
            send("GET", path)
            send("POST", path, b"{}", kind="application/json")
        for headers in hostile.HEADERS:
            as_sent = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
            for address in ("/", "/sign-in/", "/sign-in/options/"):
                send("GET", address, **as_sent)
                send("POST", address, b"{}", kind="application/json", **as_sent)


def test_cookies_of_ones_own_making(cast: Cast, settings: LazySettings) -> None:
    storage = f"{settings.SESSION_COOKIE_NAME}-messages"
    for value in hostile.COOKIES:
        for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, storage, settings.LANGUAGE_COOKIE_NAME):
            for method, address in (("GET", "/"), ("GET", "/sign-in/"), ("POST", "/sign-in/options/")):
                client = Client(headers={"host": browser().defaults["HTTP_HOST"]}, enforce_csrf_checks=True)
                with undone():
                    answer = client.generic(method, address, b"{}", content_type="application/json", HTTP_COOKIE=f"{name}={value}")
                assert answer.status_code < 500


@pytest.mark.parametrize("name", [name for name, pattern in patterns() if pattern.pattern.converters])
def test_ids_and_tokens_in_addresses(name: str, cast: Cast) -> None:
    good = address_of(name, cast.arguments(name))
    texts = (
        "0" * 13,
        "7zzzzzzzzzzzz",
        "zzzzzzzzzzzzz",
        "0" * 12,
        "1" * 14,
        "ÀÀÀ",
        "%00",
        "%ff",
        "..",
        "1" * 5000,
        "%20",
        "é" * 13,
        "abcdefghijklm",
        "ab%0acd",
    )
    parts = [part for part in good.split("/") if len(part) > 12 or part == "ab" * 32]
    sender = Sender(cast.insider(), SESSION)
    for part in parts:
        for text in texts:
            for method in DOORS[name].methods.replace("HEAD", "").split():
                sender(method, good.replace(part, text), kind="application/x-www-form-urlencoded" if method == "POST" else "")


@pytest.mark.parametrize("name", doors("POST"))
def test_what_is_too_long_is_refused(name: str, cast: Cast, settings: LazySettings) -> None:
    """As in earnest, where looking for a form's token reads the form."""
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE <= 1_000_000
    address, client = address_of(name, cast.arguments(name)), Client(enforce_csrf_checks=True)
    client.defaults.update(browser().defaults)
    token = str(client.get(sign_in_page()).context["csrf_token"])
    form = {"content_type": "application/x-www-form-urlencoded"}
    for body in (b"a=" + b"b" * 1_100_000, b"&".join(b"f%d=1" % number for number in range(2_000))):
        assert client.post(address, body, **form).status_code in {400, 403}
    for body in (b'{"a": "' + b"A" * 40_000 + b'"}', b'{"a": "' + b"A" * 1_100_000 + b'"}'):
        with undone():
            answer = client.post(address, body, content_type="application/json", headers={"x-csrftoken": token})
        assert answer.status_code == 400 or not (DOORS[name].open and name.endswith("_finish"))
        assert answer.status_code < 500
