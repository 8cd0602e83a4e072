"""Cookies in production: bound to the host, out of scripts' reach, never sent in the clear; and sessions that end."""

import json
from http.cookies import Morsel

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from tests.doors.authenticator import LyingPasskey
from tests.doors.conftest import DOORS, SIDE, address_of, side
from tests.doors.places import Cast, browser, browser_of, new_passkey
from tests.doors.test_refuse_unsafe_settings import production_settings

pytestmark = pytest.mark.django_db(databases="__all__")
COOKIE_SETTINGS = (
    "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_HTTPONLY",
    "CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE", "SESSION_COOKIE_AGE", "MESSAGE_STORAGE",
    "SECURE_PROXY_SSL_HEADER", "SECURE_HSTS_SECONDS", "LANGUAGE_COOKIE_NAME",
)  # fmt: skip


@pytest.fixture
def in_production(settings: LazySettings, production: dict[str, object]) -> LazySettings:
    for name in COOKIE_SETTINGS:
        setattr(settings, name, production[name])
    return settings


@pytest.fixture
def production(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    return production_settings(tmp_path_factory.mktemp("production"))


def post_json(client: Client, path: str, body: object, **extra: object) -> object:
    return client.post(path, json.dumps(body), content_type="application/json", **extra)  # type: ignore[arg-type]


def sign_in(client: Client, passkey: LyingPasskey, **extra: object) -> dict[str, object]:
    options = post_json(client, "/sign-in/options/", {}, **extra).json()  # type: ignore[attr-defined]
    answer = post_json(client, "/sign-in/finish/", {"passkey": passkey.get(options)}, **extra)
    return {"status": answer.status_code, "cookies": answer.cookies}  # type: ignore[attr-defined]


def check(cookie: "Morsel[str]") -> None:
    assert cookie.key.startswith("__Host-"), cookie.key
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_every_cookie_is_bound_to_its_host_and_out_of_reach(cast: Cast, in_production: LazySettings) -> None:
    passkey, seen = new_passkey(), {}
    side.keep_passkey(cast.insider(), passkey)
    client = browser()
    seen.update(client.get(reverse(in_production.LOGIN_URL), secure=True).cookies)
    seen.update(sign_in(client, passkey, secure=True)["cookies"])  # type: ignore[call-overload]
    seen.update(client.post(reverse(side.END_SESSIONS), secure=True).cookies)  # which leaves a message
    words = {name.removeprefix(in_production.SESSION_COOKIE_NAME) for name in seen}
    assert {"", "-csrf", "-messages"} <= words
    assert words <= {"", "-csrf", "-messages", "-fresh"}  # which says that the passkey was shown just now
    for cookie in seen.values():
        check(cookie)


@pytest.mark.parametrize("name", DOORS)
def test_no_address_sets_a_cookie_without_them(name: str, cast: Cast, in_production: LazySettings) -> None:
    client = browser_of(cast.insider())
    for method in DOORS[name].methods.split():
        response = client.generic(method, address_of(name, cast.arguments(name)), secure=True)
        for cookie in response.cookies.values():
            if cookie.value:
                check(cookie)
            else:
                assert cookie["max-age"] == 0


def test_browsers_are_told_to_come_by_https_only(cast: Cast, in_production: LazySettings) -> None:
    assert browser().get("/", secure=True)["Strict-Transport-Security"] == f"max-age={60 * 60 * 24 * 365}"


def test_the_session_key_changes_at_sign_in_and_a_planted_one_is_worth_nothing(cast: Cast, settings: LazySettings) -> None:
    passkey, client, attacker = new_passkey(), browser(), browser()
    side.keep_passkey(cast.insider(), passkey)
    post_json(client, "/sign-in/options/", {})
    planted = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert sign_in(client, passkey)["status"] == 200
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted
    attacker.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert attacker.get(reverse(side.OWN_PAGE)).status_code == 302


def test_a_key_of_ones_own_making_is_never_adopted(cast: Cast, settings: LazySettings) -> None:
    client = browser()
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    post_json(client, "/sign-in/options/", {})
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "a" * 32


def test_signing_out_kills_the_session_on_the_server(cast: Cast, settings: LazySettings) -> None:
    client, copy = browser_of(cast.insider()), browser()
    copy.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert copy.get(reverse(side.OWN_PAGE)).status_code == 200
    client.post(reverse(side.SIGN_OUT))
    assert copy.get(reverse(side.OWN_PAGE)).status_code == 302


def test_ending_all_sessions_ends_every_other_one(cast: Cast) -> None:
    here, elsewhere = browser_of(cast.insider()), browser_of(cast.insider())
    here.post(reverse(side.END_SESSIONS))
    assert here.get(reverse(side.OWN_PAGE)).status_code == 200
    assert elsewhere.get(reverse(side.OWN_PAGE)).status_code == 302


def test_a_session_ends_after_two_weeks(settings: LazySettings) -> None:
    assert settings.SESSION_COOKIE_AGE == 14 * 24 * 60 * 60


def test_each_side_has_cookies_of_its_own() -> None:
    from django.conf import settings as now

    word = {"named": "directory", "anonymous": "community"}[SIDE]
    assert (word, f"{word}-csrf") == (now.SESSION_COOKIE_NAME, now.CSRF_COOKIE_NAME)
