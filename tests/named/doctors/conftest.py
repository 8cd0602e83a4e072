"""The cast: a doctor with one passkey, and fresh rate limits for each test."""

import json

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from curbside.kit.limits import RateLimit
from curbside.named.doctors import ceremonies
from curbside.named.doctors.models import Doctor
from tests.drill.authenticator import Passkey


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SIGN_UP_LIMIT", "CEREMONY_LIMIT"):
        limit = getattr(ceremonies, name)
        monkeypatch.setattr(ceremonies, name, RateLimit(times=limit.times, seconds=limit.seconds))


def new_authenticator(origin: str | None = None) -> Passkey:
    return Passkey(settings.ORIGIN.host, origin or str(settings.ORIGIN))


def post_json(client: Client, path: str, body: object) -> HttpResponse:
    return client.post(path, json.dumps(body), content_type="application/json", headers={"host": settings.ORIGIN.host})  # type: ignore[return-value]


def create(client: Client, authenticator: Passkey, path: str, **fields: str) -> HttpResponse:
    options = post_json(client, f"{path}options/", {}).json()  # type: ignore[attr-defined]
    return post_json(client, f"{path}finish/", {**fields, "passkey": authenticator.create(options)})


def use(client: Client, authenticator: Passkey, **fields: str) -> HttpResponse:
    options = post_json(client, "/sign-in/options/", {}).json()  # type: ignore[attr-defined]
    return post_json(client, "/sign-in/finish/", {**fields, "passkey": authenticator.get(options)})


@pytest.fixture
def host_client() -> Client:
    return Client(headers={"host": settings.ORIGIN.host})


@pytest.fixture
def authenticator() -> Passkey:
    return new_authenticator()


@pytest.fixture
def doctor(db: None, authenticator: Passkey) -> Doctor:
    """Signed up, and signed in nowhere."""
    assert create(Client(), authenticator, "/sign-up/").status_code == 200
    return Doctor.objects.get()
