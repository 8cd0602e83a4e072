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


@pytest.mark.parametrize("uses", [0, 1042, 7])
def test_counter_is_neither_compared_nor_stored(doctor: Doctor, authenticator: Passkey, host_client: Client, uses: int) -> None:
    """Many keys count for all sites together: equal numbers on both sides would pair a doctor with a member."""
    before = list(models.Passkey.objects.values())
    authenticator._uses = 1_000_000
    assert use(Client(), authenticator).status_code == 200
    authenticator._uses = uses
    assert use(host_client, authenticator).status_code == 200
    assert list(models.Passkey.objects.values()) == before
    assert set(before[0]) == {"id", "doctor_id", "credential_id", "public_key", "label", "made_on"}


@pytest.mark.django_db
def test_new_passkeys_are_asked_for_as_es256_first(host_client: Client) -> None:
    options = post_json(host_client, "/sign-up/options/", {}).json()  # type: ignore[attr-defined]
    assert [wanted["alg"] for wanted in options["pubKeyCredParams"]] == [-7, -257]


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
