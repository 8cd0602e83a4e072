from django.http import HttpResponse
from django.test import Client

from curbside.kit.clock import today
from curbside.named.doctors.models import Doctor, Licence, Passkey
from curbside.named.roll.models import Commitment
from tests.drill import authenticator as soft
from tests.named.doctors.conftest import create, new_authenticator, post_json


def delete(client: Client, passkey: soft.Passkey, **fields: str) -> HttpResponse:
    options = post_json(client, "/sign-in/options/", {}).json()  # type: ignore[attr-defined]
    return post_json(client, "/account/delete/finish/", {**fields, "passkey": passkey.get(options)})


def test_account_goes_wholly_before_verification(doctor: Doctor, authenticator: soft.Passkey, host_client: Client) -> None:
    host_client.force_login(doctor)
    assert b"cannot be undone" in host_client.get("/account/delete/").content
    assert delete(host_client, authenticator, sure="on").status_code == 200
    assert not Doctor.objects.exists()
    assert not Passkey.objects.exists()
    assert host_client.get("/account/passkeys/").status_code == 302


def test_without_the_tick_nothing_goes(doctor: Doctor, authenticator: soft.Passkey, host_client: Client) -> None:
    host_client.force_login(doctor)
    assert b"Tick the box" in delete(host_client, authenticator).content
    assert Doctor.objects.exists()


def test_a_session_alone_deletes_nothing(doctor: Doctor, host_client: Client) -> None:
    """Whoever finds an open session on a ward's computer has no passkey."""
    host_client.force_login(doctor)
    assert host_client.post("/account/delete/", {"sure": "on"}).status_code == 405
    assert post_json(host_client, "/account/delete/finish/", {"sure": "on"}).status_code == 400
    assert Doctor.objects.exists()


def test_an_answer_given_before_deletes_nothing(doctor: Doctor, authenticator: soft.Passkey, host_client: Client) -> None:
    """Only a passkey used for this deletion counts: the answer of the sign-in was to a challenge that is used up."""
    options = post_json(host_client, "/sign-in/options/", {}).json()  # type: ignore[attr-defined]
    answer = authenticator.get(options)
    assert post_json(host_client, "/sign-in/finish/", {"passkey": answer}).status_code == 200
    assert post_json(host_client, "/account/delete/finish/", {"passkey": answer, "sure": "on"}).status_code == 400
    assert Doctor.objects.exists()


def test_another_doctors_passkey_deletes_nothing(doctor: Doctor, host_client: Client) -> None:
    stranger = new_authenticator()
    create(Client(), stranger, "/sign-up/")
    host_client.force_login(doctor)
    answer = delete(host_client, stranger, sure="on")
    assert answer.status_code == 400
    assert b"belongs to another account" in answer.content
    assert Doctor.objects.count() == 2


def test_licence_without_commitment_goes_with_the_account(doctor: Doctor, authenticator: soft.Passkey, host_client: Client) -> None:
    Licence.objects.create(doctor=doctor, register="gb-gmc", number="7000001", country="gb")
    host_client.force_login(doctor)
    assert delete(host_client, authenticator, sure="on").status_code == 200
    assert not Licence.objects.exists()


def test_licence_that_committed_stays_ended_without_its_doctor(doctor: Doctor, authenticator: soft.Passkey, host_client: Client) -> None:
    licence = Licence.objects.create(doctor=doctor, register="gb-gmc", number="7000001", country="gb")
    Commitment.objects.create(licence=licence, value=(7).to_bytes(32))
    host_client.force_login(doctor)
    assert b"The next edition of the roll leaves you out" in host_client.get("/account/delete/").content
    assert delete(host_client, authenticator, sure="on").status_code == 200
    licence.refresh_from_db()
    assert (licence.doctor, licence.ended_on) == (None, today())
    assert not Doctor.objects.exists()
