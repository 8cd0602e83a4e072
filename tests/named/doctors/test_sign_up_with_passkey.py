from django.test import Client

from curbside.named.doctors import ceremonies
from curbside.named.doctors.models import Doctor, Passkey, Session
from tests.drill import authenticator as software
from tests.named.doctors.conftest import create, new_authenticator, post_json


def test_passkey_alone_makes_an_account_and_signs_in(db: None, host_client: Client) -> None:
    answer = create(host_client, new_authenticator(), "/sign-up/")
    assert answer.json() == {"next": "/"}  # type: ignore[attr-defined]
    doctor = Doctor.objects.get()
    assert (doctor.given_names, doctor.family_name, doctor.is_registrar) == ("", "", False)
    assert host_client.session["_auth_user_id"] == str(doctor.pk)


def test_options_name_nobody_and_ask_for_no_attestation(db: None, host_client: Client) -> None:
    options = post_json(host_client, "/sign-up/options/", {}).json()  # type: ignore[attr-defined]
    assert options["user"]["name"] == options["user"]["displayName"] == "Curbside directory"
    assert options["attestation"] == "none"
    assert options["authenticatorSelection"]["userVerification"] == "required"


def test_challenge_serves_once(db: None, host_client: Client) -> None:
    authenticator = new_authenticator()
    options = post_json(host_client, "/sign-up/options/", {}).json()  # type: ignore[attr-defined]
    body = {"passkey": authenticator.create(options)}
    assert post_json(host_client, "/sign-up/finish/", body).status_code == 200
    assert post_json(Client(), "/sign-up/finish/", body).status_code == 400
    assert Doctor.objects.count() == 1


def test_answer_made_for_another_origin_is_refused(db: None, host_client: Client) -> None:
    answer = create(host_client, new_authenticator("https://directory.evil.example"), "/sign-up/")
    assert answer.status_code == 400
    assert not Doctor.objects.exists()


def test_body_with_prf_output_is_refused(db: None, host_client: Client) -> None:
    options = post_json(host_client, "/sign-up/options/", {}).json()  # type: ignore[attr-defined]
    passkey = new_authenticator().create(options) | {"clientExtensionResults": {"prf": {"results": {"first": "AA"}}}}
    assert post_json(host_client, "/sign-up/finish/", {"passkey": passkey}).status_code == 400
    assert not Doctor.objects.exists()


def test_passkey_in_use_makes_no_second_account(doctor: Doctor, authenticator: software.Passkey) -> None:
    answer = create(Client(), authenticator, "/sign-up/")
    assert answer.status_code == 400
    assert Doctor.objects.count() == Passkey.objects.count() == 1


def test_bodies_that_are_no_answer_get_a_sentence(db: None, host_client: Client) -> None:
    for body in ("[]", "{", '{"passkey": null}', '{"passkey": {}}', '{"passkey": "' + "a" * 40_000 + '"}'):
        answer = host_client.post("/sign-up/finish/", body, content_type="application/json")
        assert answer.status_code == 400
        assert answer.json()["error"]


def test_sign_ups_from_one_place_are_limited(db: None, host_client: Client) -> None:
    for _ in range(ceremonies.SIGN_UP_LIMIT.times):
        assert post_json(host_client, "/sign-up/options/", {}).status_code == 200
    assert post_json(host_client, "/sign-up/options/", {}).status_code == 429


def test_posts_without_the_token_are_refused(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    assert post_json(client, "/sign-up/options/", {}).status_code == 403
    assert not Session.objects.exists()
