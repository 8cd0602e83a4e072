"""Members by role, limits that begin anew, and counters that hold nothing."""

import pytest
from django.test import Client

from curbside.anonymous.cases.actions import CASE_LIMIT
from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.viewing import VIEWS
from curbside.anonymous.discussion.actions import COMMENT_LIMIT
from curbside.anonymous.discussion.views import PREVIEW_LIMIT
from curbside.anonymous.membership.models import Member
from tests.anonymous.cases.cast import a_case, browser_of, make_member


@pytest.fixture(autouse=True)
def fresh_memory() -> None:
    for limit in (CASE_LIMIT, COMMENT_LIMIT, PREVIEW_LIMIT):
        limit._uses.clear()
    VIEWS.forget()


@pytest.fixture
def author(db: None) -> Member:
    return make_member("quiet-heron-41")


@pytest.fixture
def other(db: None) -> Member:
    return make_member("brave-otter-12")


@pytest.fixture
def read_only(db: None) -> Member:
    return make_member("late-owl-77", days_left=-1)


@pytest.fixture
def as_author(author: Member) -> Client:
    return browser_of(author)


@pytest.fixture
def as_other(other: Member) -> Client:
    return browser_of(other)


@pytest.fixture
def as_read_only(read_only: Member) -> Client:
    return browser_of(read_only)


@pytest.fixture
def case(author: Member) -> Case:
    return a_case(author)
