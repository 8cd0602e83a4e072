import pytest
from django.test import Client

from curbside.named.doctors import models
from curbside.named.doctors.models import Doctor
from tests.drill.authenticator import Passkey
from tests.named.doctors.conftest import create, new_authenticator, post_json, use


def test_passkey_signs_in(doctor: Doctor, authenticator: Passkey, host_client: Client) -> None:
    assert use(host_client, authenticator).json() == {"next": "/"}  # type: ignore[attr-defined]
    assert host_client.session["_auth_user_id"] == str(doctor.pk)


def test_sign_in_changes_the_session_key(doctor: Doctor, authenticator: Passkey, host_client: Client) -> None:
    options = post_json(host_client, "/sign-in/options/", {}).json()  # type: ignore[attr-defined]
    planted = host_client.session.session_key
    post_json(host_client, "/sign-in/finish/", {"passkey": authenticator.get(options)})
    assert host_client.session.session_key != planted


def test_counter_is_stored_and_a_falling_one_refused(doctor: Doctor, authenticator: Passkey, host_client: Client) -> None:
    assert use(host_client, authenticator).status_code == 200
    stored = models.Passkey.objects.get().counter
    authenticator._uses = 0
    assert use(Client(), authenticator).status_code == 400
    assert models.Passkey.objects.get().counter == stored > 1


def test_unknown_passkey_is_refused(doctor: Doctor, host_client: Client) -> None:
    assert use(host_client, new_authenticator()).status_code == 400
    assert "_auth_user_id" not in host_client.session


def test_signature_of_another_passkey_is_refused(doctor: Doctor, authenticator: Passkey, host_client: Client) -> None:
    thief = new_authenticator()
    thief._id = authenticator._id
    assert use(host_client, thief).status_code == 400


@pytest.mark.parametrize(
    ("wanted", "path"), [("/verification/", "/verification/"), ("https://evil.example/", "/"), ("//evil.example", "/"), ("", "/")]
)
def test_next_step_is_a_path_of_this_site(doctor: Doctor, authenticator: Passkey, host_client: Client, wanted: str, path: str) -> None:
    assert use(host_client, authenticator, next=wanted).json() == {"next": path}  # type: ignore[attr-defined]


def test_sign_out_ends_the_session(doctor: Doctor, host_client: Client) -> None:
    host_client.force_login(doctor)
    host_client.post("/sign-out/")
    assert host_client.get("/account/passkeys/").status_code == 302


def test_sign_out_by_link_does_nothing(doctor: Doctor, host_client: Client) -> None:
    host_client.force_login(doctor)
    assert host_client.get("/sign-out/").status_code == 405


def test_second_passkey_signs_in_as_well(doctor: Doctor, host_client: Client) -> None:
    host_client.force_login(doctor)
    second = new_authenticator()
    assert create(host_client, second, "/account/passkeys/", label="Phone").status_code == 200
    assert use(Client(), second).status_code == 200
    assert models.Passkey.objects.filter(doctor=doctor, label="Phone").exists()
