from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from curbside.kit.clock import now
from curbside.named.doctors.models import Doctor, RegistrarInvitation
from tests.named.doctors.conftest import create, new_authenticator


@pytest.fixture
def path(db: None) -> str:
    out = StringIO()
    call_command("invite_registrar", name="Jo Smith", stdout=out)
    link = out.getvalue().strip()
    assert link.startswith(f"{settings.ORIGIN}/registrar/")
    return link.removeprefix(str(settings.ORIGIN))


def test_link_makes_a_registrar(path: str, host_client: Client) -> None:
    assert b"Jo Smith" in host_client.get(path).content
    assert create(host_client, new_authenticator(), path).status_code == 200
    assert str(Doctor.objects.get(is_registrar=True)) == "Jo Smith"
    assert host_client.get("/verification/queue/").status_code == 200


def test_link_serves_once(path: str, host_client: Client) -> None:
    create(host_client, new_authenticator(), path)
    assert Client().get(path).status_code == 404
    assert Client().post(f"{path}options/").status_code == 404


def test_link_ends_after_24_hours(path: str, host_client: Client) -> None:
    lasts = RegistrarInvitation.objects.get().ends_at - now()
    assert timedelta(hours=23, minutes=58) < lasts <= timedelta(hours=24)
    RegistrarInvitation.objects.update(ends_at=now())
    assert host_client.get(path).status_code == 404


def test_two_who_open_one_link_make_one_registrar(path: str, host_client: Client) -> None:
    slow, quick = Client(), Client()
    options = slow.post(f"{path}options/", "{}", content_type="application/json").json()
    create(quick, new_authenticator(), path)
    answer = slow.post(f"{path}finish/", {"passkey": new_authenticator().create(options)}, content_type="application/json")
    assert answer.status_code == 409
    assert Doctor.objects.count() == 1


def test_token_is_stored_as_its_hash(path: str) -> None:
    token = path.split("/")[2]
    assert token.encode() not in bytes(RegistrarInvitation.objects.get().token_hash)


def test_guessed_link_is_not_there(path: str, host_client: Client) -> None:
    assert host_client.get("/registrar/guess/").status_code == 404
