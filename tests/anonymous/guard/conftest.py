"""A browser without cookies, and limits that begin anew."""

import pytest
from django.conf import LazySettings
from django.test import Client

from curbside.anonymous.guard.views import MARK_LIMIT


@pytest.fixture(autouse=True)
def fresh_limit() -> None:
    MARK_LIMIT._uses.clear()


@pytest.fixture
def nobody(settings: LazySettings) -> Client:
    return Client(headers={"host": settings.ORIGIN.host, "origin": str(settings.ORIGIN)})
