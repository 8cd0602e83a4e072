import pytest
from django.test import Client

from curbside.kit.ids import public_id
from curbside.named.doctors.models import Doctor, Passkey
from tests.named.doctors.conftest import create, new_authenticator


@pytest.fixture
def own_client(doctor: Doctor, host_client: Client) -> Client:
    host_client.force_login(doctor)
    return host_client


def first_passkey(doctor: Doctor) -> Passkey:
    return doctor.passkeys.order_by("pk")[0]


def test_passkey_takes_a_name(own_client: Client, doctor: Doctor) -> None:
    own_client.post(f"/account/passkeys/{public_id(first_passkey(doctor).pk)}/", {"label": "Ward computer"})
    assert first_passkey(doctor).label == "Ward computer"
    assert b"Ward computer" in own_client.get("/account/passkeys/").content


def test_last_passkey_is_never_deleted(own_client: Client, doctor: Doctor) -> None:
    path = f"/account/passkeys/{public_id(first_passkey(doctor).pk)}/"
    assert b"This is your last passkey" in own_client.get(path).content
    assert own_client.post(f"{path}delete/").status_code == 409
    assert doctor.passkeys.count() == 1


def test_deleting_a_passkey_ends_all_other_sessions(own_client: Client, doctor: Doctor) -> None:
    elsewhere = Client()
    elsewhere.force_login(doctor)
    create(own_client, new_authenticator(), "/account/passkeys/")
    answer = own_client.post(f"/account/passkeys/{public_id(first_passkey(doctor).pk)}/delete/", follow=True)
    assert answer.status_code == 200
    assert doctor.passkeys.count() == 1
    assert elsewhere.get("/account/passkeys/").status_code == 302


def test_sessions_elsewhere_end_on_request(own_client: Client, doctor: Doctor) -> None:
    elsewhere = Client()
    elsewhere.force_login(doctor)
    own_client.post("/account/sessions/end/")
    assert own_client.get("/account/passkeys/").status_code == 200
    assert elsewhere.get("/account/passkeys/").status_code == 302


def test_stranger_gets_404_for_a_passkey(doctor: Doctor, host_client: Client) -> None:
    host_client.force_login(Doctor.objects.create())
    path = f"/account/passkeys/{public_id(first_passkey(doctor).pk)}/"
    assert host_client.get(path).status_code == host_client.post(path, {"label": "mine"}).status_code == 404
    assert host_client.post(f"{path}delete/").status_code == 404
    assert first_passkey(doctor).label == ""


def test_signed_out_visitor_is_sent_to_sign_in(doctor: Doctor, host_client: Client) -> None:
    assert host_client.get("/account/passkeys/").headers["Location"] == "/sign-in/?next=/account/passkeys/"
    assert host_client.post("/account/passkeys/options/").status_code == 302


def test_second_passkey_excludes_the_first(own_client: Client) -> None:
    options = own_client.post("/account/passkeys/options/", "{}", content_type="application/json").json()
    assert len(options["excludeCredentials"]) == 1
