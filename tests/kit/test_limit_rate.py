"""Rate limits: refuse past the limit, forget after the time, and keep no address."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from curbside.kit import limits
from curbside.kit.errors import TooMany
from curbside.kit.limits import RateLimit, request_origin


def test_uses_past_the_limit_are_refused_with_how_long_to_wait() -> None:
    limit = RateLimit(times=2, seconds=180)
    limit.count("a")
    limit.count("a")
    limit.count("b")
    with pytest.raises(TooMany, match="Wait 3 minutes"):
        limit.count("a")


def test_uses_are_forgotten_after_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [1000.0]
    monkeypatch.setattr(limits.time, "monotonic", lambda: moment[0])
    limit = RateLimit(times=1, seconds=60)
    limit.count("a")
    moment[0] += 61
    limit.count("a")
    with pytest.raises(TooMany):
        limit.count("a")


def test_subject_is_not_kept() -> None:
    limit = RateLimit(times=1, seconds=60)
    limit.count("192.0.2.7")
    assert "192.0.2.7" not in repr(vars(limit))


def test_table_cannot_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_LARGEST_TABLE", 10)
    limit = RateLimit(times=1, seconds=60)
    for number in range(100):
        limit.count(str(number))
    assert len(limit._uses) <= 11


def test_a_full_table_forgets_who_came_least_lately_and_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_LARGEST_TABLE", 10)
    limit = RateLimit(times=2, seconds=60)
    limit.count("early")
    limit.count("guesser")
    for number in range(8):
        limit.count(str(number))
    limit.count("guesser")
    limit.count("one too many")
    with pytest.raises(TooMany):
        limit.count("guesser")
    limit.count("early")
    limit.count("early")


def test_forwarded_address_counts_only_behind_a_front(settings: Settings) -> None:
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "203.0.113.9, 192.0.2.7"})
    settings.BEHIND_FRONT = False
    assert request_origin(request) == "127.0.0.1"
    settings.BEHIND_FRONT = True
    assert request_origin(request) == "192.0.2.7"
