"""Limits by where a request comes from: behind a front, without one, and by IPv6 network."""

import pytest
from django.conf import LazySettings
from django.test import RequestFactory

from curbside.kit.limits import RateLimit, request_origin
from tests.doors.conftest import SIDE
from tests.doors.places import Cast, browser

pytestmark = pytest.mark.django_db(databases="__all__")
TIMES = {"named": 60, "anonymous": 60}[SIDE]


def ask(address: str, forwarded: str | None = None) -> int:
    headers = {"x-forwarded-for": forwarded} if forwarded is not None else {}
    client = browser()
    response = client.post("/sign-in/options/", "{}", content_type="application/json", headers=headers, REMOTE_ADDR=address)
    return int(response.status_code)


def test_one_address_is_slowed_down_and_others_are_not(cast: Cast) -> None:
    assert [ask("203.0.113.1") for _time in range(TIMES + 1)] == [200] * TIMES + [429]
    assert ask("203.0.113.2") == 200


def test_behind_a_front_visitors_are_told_apart_by_what_it_wrote(cast: Cast, settings: LazySettings) -> None:
    settings.BEHIND_FRONT = True
    assert [ask("127.0.0.1", "203.0.113.1") for _time in range(TIMES + 1)][-1] == 429
    assert ask("127.0.0.1", "203.0.113.2") == 200


def test_inventing_forwarded_addresses_helps_nobody(cast: Cast, settings: LazySettings) -> None:
    """A front appends the address it saw; what stood before it is the visitor's own."""
    settings.BEHIND_FRONT = True
    assert [ask("127.0.0.1", f"198.51.100.{number}, 203.0.113.1") for number in range(TIMES + 1)][-1] == 429


def test_without_a_front_the_header_counts_for_nothing(cast: Cast, settings: LazySettings) -> None:
    settings.BEHIND_FRONT = False
    assert [ask("203.0.113.1", f"198.51.100.{number}") for number in range(TIMES + 1)][-1] == 429


def test_one_household_has_one_ipv6_network(cast: Cast) -> None:
    assert [ask(f"2001:db8:1:2::{number:x}") for number in range(TIMES + 1)][-1] == 429
    assert ask("2001:db8:1:3::1") == 200


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.1", "203.0.113.1"),
        ("::ffff:203.0.113.1", "203.0.113.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("unknown", "unknown"),
        ("", ""),
        ("2001:db8::1%eth0", "2001:db8::/64"),
    ],
)
def test_what_counts_of_an_address(address: str, counted: str, settings: LazySettings) -> None:
    settings.BEHIND_FRONT = False
    assert request_origin(RequestFactory().get("/", REMOTE_ADDR=address)) == counted


def test_a_limit_forgets_whom_it_counted() -> None:
    limit = RateLimit(times=1, seconds=60)
    limit.count("203.0.113.1")
    assert b"203.0.113.1" not in repr(vars(limit)).encode()
