"""A passkey counts as just shown for five minutes, in one session, by a cookie that nobody can make and no table keeps."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from curbside.kit import fresh
from curbside.named.doctors.models import Session
from curbside.named.doctors.sessions import SessionStore

pytestmark = pytest.mark.django_db
MOMENT = 1_800_000_000.0


def browser(session: SessionStore | None = None, cookie: str = "") -> HttpRequest:
    request = RequestFactory().get("/")
    request.session = session or SessionStore()
    if session is None:
        request.session.create()
    if cookie:
        request.COOKIES["directory-fresh"] = cookie
    return request


def shown(request: HttpRequest) -> str:
    response = HttpResponse()
    fresh.mark_fresh(request, response)
    cookie = response.cookies["directory-fresh"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (300, True, "Lax", "/")
    return str(cookie.value)


@pytest.fixture
def session() -> SessionStore:
    store = SessionStore()
    store.create()
    return store


def test_a_passkey_shown_just_now_counts(session: SessionStore) -> None:
    assert fresh.is_fresh(browser(session, shown(browser(session))))


def test_without_it_nothing_counts(session: SessionStore) -> None:
    assert not fresh.is_fresh(browser(session))
    with pytest.raises(fresh.NotFresh):
        fresh.require_fresh(browser(session))


@pytest.mark.parametrize(("seconds", "counts"), [(0, True), (299, True), (302, False), (10**7, False)])
def test_it_counts_for_five_minutes(session: SessionStore, monkeypatch: pytest.MonkeyPatch, seconds: int, counts: bool) -> None:
    monkeypatch.setattr("django.core.signing.time.time", lambda: MOMENT)
    cookie = shown(browser(session))
    monkeypatch.setattr("django.core.signing.time.time", lambda: MOMENT + seconds)
    assert fresh.is_fresh(browser(session, cookie)) is counts


def test_it_is_worth_nothing_in_another_session_or_after_the_key_changed(session: SessionStore) -> None:
    cookie = shown(browser(session))
    assert not fresh.is_fresh(browser(None, cookie))
    session.cycle_key()
    assert not fresh.is_fresh(browser(session, cookie))


@pytest.mark.parametrize("forged", ["shown", "shown:1:2", "shown:1tZ:AAAA", ":", "x" * 5000])
def test_a_forged_cookie_is_worth_nothing(session: SessionStore, forged: str) -> None:
    assert not fresh.is_fresh(browser(session, forged))


def test_the_session_row_does_not_learn_of_it(session: SessionStore) -> None:
    before = Session.objects.get().data
    shown(browser(session))
    session.save()
    assert Session.objects.get().data == before


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example/", "javascript:alert(1)", "", "/\\evil.example"])
def test_the_way_back_never_leads_to_another_site(elsewhere: str) -> None:
    assert fresh.own_path(elsewhere) == "/"


def test_the_way_back_leads_to_where_one_was() -> None:
    assert fresh.own_path("/membership/leave/?a=b") == "/membership/leave/?a=b"
