"""Passkeys that lie: about host, origin, and whether anybody was there. W3C WebAuthn level 3, sections 7.1 and 7.2."""

import json

import pytest
from django.conf import settings as site_settings
from django.test import Client
from django.urls import reverse

from tests.doors.authenticator import PRESENT, VERIFIED, LyingPasskey
from tests.doors.conftest import SIDE, side
from tests.doors.places import Cast, browser, fresh_browser_of, new_passkey

pytestmark = pytest.mark.django_db(databases="__all__")
ADD = {"named": "/account/passkeys/", "anonymous": "/membership/passkeys/"}[SIDE]


def post(client: Client, path: str, body: object) -> tuple[int, dict[str, str]]:
    response = client.post(path, json.dumps(body), content_type="application/json")
    return response.status_code, response.json()


def try_sign_in(passkey: LyingPasskey, client: Client | None = None) -> int:
    client = client or browser()
    _status, options = post(client, "/sign-in/options/", {})
    status, _answer = post(client, "/sign-in/finish/", {"passkey": passkey.get(options)})
    assert (client.get(reverse(side.OWN_PAGE)).status_code == 200) == (status == 200)
    return status


def try_add(passkey: LyingPasskey, client: Client) -> int:
    _status, options = post(client, f"{ADD}options/", {})
    return post(client, f"{ADD}finish/", {"passkey": passkey.create(options)})[0]


@pytest.fixture
def passkey(cast: Cast) -> LyingPasskey:
    made = new_passkey()
    side.keep_passkey(cast.insider(), made)
    return made


def test_an_honest_passkey_signs_in_again_and_again(passkey: LyingPasskey) -> None:
    assert [try_sign_in(passkey) for _time in range(3)] == [200, 200, 200]


def test_a_passkey_that_keeps_no_counter_signs_in_again_and_again(cast: Cast) -> None:
    passkey = new_passkey(counts=False)
    side.keep_passkey(cast.insider(), passkey)
    assert [try_sign_in(passkey) for _time in range(3)] == [200, 200, 200]


@pytest.mark.parametrize("next_use", [0, 3, 5])
def test_a_counter_says_nothing_to_us_even_where_it_falls_back(passkey: LyingPasskey, next_use: int) -> None:
    """A key that counts for all sites would show the same number on both sides (docs/decisions/0043-no-signature-counters.md)."""
    passkey.used = 5
    assert try_sign_in(passkey) == 200
    passkey.used = next_use
    assert try_sign_in(passkey) == 200


@pytest.mark.parametrize("flag", [VERIFIED, PRESENT], ids=["unverified", "absent"])
def test_nobody_comes_in_unseen(passkey: LyingPasskey, cast: Cast, flag: int) -> None:
    """The authenticator must have checked who holds it: a finger, a face, a PIN."""
    passkey.takes_away = flag
    assert try_sign_in(passkey) == 400
    stranger = new_passkey()
    stranger.takes_away = flag
    assert try_add(stranger, fresh_browser_of(cast.insider())) == 400


@pytest.mark.parametrize("origin", ["https://elsewhere.example.org", "http://wallet.localhost:8002", "null", ""])
def test_an_answer_made_on_another_page_is_refused(passkey: LyingPasskey, cast: Cast, origin: str) -> None:
    passkey.origin = origin
    assert try_sign_in(passkey) == 400
    stranger = new_passkey()
    stranger.origin = origin
    assert try_add(stranger, fresh_browser_of(cast.insider())) == 400


@pytest.mark.parametrize("host", ["localhost", "elsewhere.example.org", "wallet.localhost"])
def test_a_passkey_of_another_host_is_refused(passkey: LyingPasskey, cast: Cast, host: str) -> None:
    passkey.host = host
    assert try_sign_in(passkey) == 400
    stranger = new_passkey()
    stranger.host = host
    assert try_add(stranger, fresh_browser_of(cast.insider())) == 400


def test_a_challenge_serves_once_whether_the_answer_was_right_or_wrong(passkey: LyingPasskey) -> None:
    client = browser()
    _status, options = post(client, "/sign-in/options/", {})
    answer = passkey.get(options)
    wrong = {**answer, "response": {**answer["response"], "signature": "AAAA"}}  # type: ignore[dict-item] # a dict
    assert post(client, "/sign-in/finish/", {"passkey": wrong})[0] == 400
    assert post(client, "/sign-in/finish/", {"passkey": answer})[0] == 400
    assert try_sign_in(passkey) == 200


def test_an_answer_to_anothers_challenge_is_refused(passkey: LyingPasskey) -> None:
    one, other = browser(), browser()
    _status, options = post(one, "/sign-in/options/", {})
    post(other, "/sign-in/options/", {})
    assert post(other, "/sign-in/finish/", {"passkey": passkey.get(options)})[0] == 400


def test_a_signature_of_another_key_is_refused(passkey: LyingPasskey) -> None:
    other = new_passkey()
    other._id = passkey.credential_id
    other.used = 100
    assert try_sign_in(other) == 400


def test_what_creates_does_not_sign_in_and_the_other_way_round(passkey: LyingPasskey, cast: Cast) -> None:
    client = browser()
    _status, options = post(client, "/sign-in/options/", {})
    assert post(client, "/sign-in/finish/", {"passkey": passkey.create(options)})[0] == 400
    inside = fresh_browser_of(cast.insider())
    _status, options = post(inside, f"{ADD}options/", {})
    assert post(inside, f"{ADD}finish/", {"passkey": passkey.get(options)})[0] == 400


def test_an_answer_that_carries_a_secret_of_the_wallet_is_refused(passkey: LyingPasskey) -> None:
    client = browser()
    _status, options = post(client, "/sign-in/options/", {})
    answer = {**passkey.get(options), "clientExtensionResults": {"prf": {"results": {"first": "AAAA"}}}}
    assert post(client, "/sign-in/finish/", {"passkey": answer})[0] == 400


def test_options_ask_for_verification_and_for_no_attestation(cast: Cast) -> None:
    inside = fresh_browser_of(cast.insider())
    _status, made = post(inside, f"{ADD}options/", {})
    assert made["attestation"] == "none"
    assert made["authenticatorSelection"]["userVerification"] == "required"  # type: ignore[index] # nested
    assert made["rp"]["id"] == site_settings.ORIGIN.host  # type: ignore[index]
    _status, asked = post(browser(), "/sign-in/options/", {})
    assert asked["userVerification"] == "required"
    assert not asked.get("allowCredentials")  # which would tell whose passkeys there are


def test_options_differ_by_their_random_values_only(cast: Cast) -> None:
    """Whoever asks, the options are of one shape: they tell nothing of who has an account."""
    shapes = set()
    for client in (browser(), browser(), fresh_browser_of(cast.insider())):
        _status, options = post(client, "/sign-in/options/", {})
        shapes.add(json.dumps({**options, "challenge": len(options["challenge"])}))
    assert len(shapes) == 1
