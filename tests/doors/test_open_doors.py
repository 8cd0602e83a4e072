"""Which addresses there are, who may come in signed out, and by which methods."""

import pytest
from django.test import Client

from tests.doors.conftest import DOORS, address_of
from tests.doors.places import Cast, browser, browser_of, patterns, sign_in_page

pytestmark = pytest.mark.django_db(databases="__all__")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


@pytest.fixture
def visitor() -> Client:
    return browser()


def test_every_address_is_accounted_for() -> None:
    assert {name for name, _pattern in patterns()} == set(DOORS)


def test_no_two_addresses_share_a_path() -> None:
    routes = [f"{name.partition(':')[0]} {pattern.pattern}" for name, pattern in patterns()]
    assert len(set(routes)) == len(routes)


@pytest.mark.parametrize("name", DOORS)
def test_only_open_views_open_without_signing_in(name: str, cast: Cast, visitor: Client) -> None:
    address = address_of(name, cast.arguments(name))
    for method in DOORS[name].methods.split():
        response = visitor.generic(method, address)
        led_to_sign_in = response.status_code == 302 and response["Location"].startswith(sign_in_page())
        assert led_to_sign_in == (not DOORS[name].open), f"{method} {address}: {response.status_code}"


@pytest.mark.parametrize("name", DOORS)
def test_other_methods_are_refused(name: str, cast: Cast) -> None:
    address = address_of(name, cast.arguments(name))
    client = browser() if DOORS[name].open else browser_of(cast.insider())
    for method in set(METHODS) - set(DOORS[name].methods.split()):
        response = client.generic(method, address)
        assert response.status_code == 405, f"{method} {address}"
        assert set(response["Allow"].split(", ")) == set(DOORS[name].methods.split())


@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if "POST" in door.methods])
def test_every_post_needs_its_token(name: str, cast: Cast) -> None:
    address = address_of(name, cast.arguments(name))
    strict = Client(enforce_csrf_checks=True, headers={"host": browser().defaults["HTTP_HOST"]}, raise_request_exception=False)
    strict.force_login(cast.insider())
    assert strict.post(address, DOORS[name].form).status_code == 403
    assert strict.post(address, "{}", content_type="application/json").status_code == 403


@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if "POST" in door.methods])
def test_a_token_from_another_origin_is_refused(name: str, cast: Cast) -> None:
    """Even with the right token: the browser says where the form came from."""
    strict = Client(enforce_csrf_checks=True, headers={"host": browser().defaults["HTTP_HOST"]}, raise_request_exception=False)
    token = strict.get(sign_in_page()).context["csrf_token"]
    form = {**DOORS[name].form, "csrfmiddlewaretoken": str(token)}
    response = strict.post(address_of(name, cast.arguments(name)), form, headers={"origin": "https://elsewhere.example.org"})
    assert response.status_code == 403
