"""The cast of cases, and a moderator among them."""

import pytest
from django.core.management import call_command
from django.test import Client

from curbside.anonymous.membership.models import Member
from tests.anonymous.cases.cast import browser_of, make_member
from tests.anonymous.cases.conftest import (  # noqa: F401 - pytest finds fixtures by their place
    another_nobody,
    as_author,
    as_other,
    as_read_only,
    author,
    case,
    edition,
    fresh_memory,
    nobody,
    other,
    read_only,
    verifying_process,
)


@pytest.fixture
def moderator(db: None) -> Member:
    member = make_member("even-crane-08")
    call_command("appoint_moderator", member.pseudonym, verbosity=0)
    return member


@pytest.fixture
def as_moderator(moderator: Member) -> Client:
    return browser_of(moderator)
