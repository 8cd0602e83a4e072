"""Members by role, limits that begin anew, and counters that hold nothing."""

import pytest
from django.test import Client

from curbside.anonymous.cases.actions import CASE_LIMIT
from curbside.anonymous.cases.viewing import VIEWS
from curbside.anonymous.discussion.actions import COMMENT_LIMIT
from curbside.anonymous.membership.models import Member
from curbside.anonymous.polls.actions import POLL_LIMIT, VOTE_LIMIT
from curbside.anonymous.polls.models import Poll
from curbside.anonymous.polls.viewing import SEEN
from tests.anonymous.cases.cast import browser_of, make_member
from tests.anonymous.polls.cast import a_poll


@pytest.fixture(autouse=True)
def fresh_memory() -> None:
    for limit in (CASE_LIMIT, COMMENT_LIMIT, POLL_LIMIT, VOTE_LIMIT):
        limit._uses.clear()
    VIEWS.forget()
    SEEN.forget()


@pytest.fixture
def author(db: None) -> Member:
    return make_member("quiet-heron-41")


@pytest.fixture
def other(db: None) -> Member:
    return make_member("brave-otter-12")


@pytest.fixture
def as_author(author: Member) -> Client:
    return browser_of(author)


@pytest.fixture
def as_other(other: Member) -> Client:
    return browser_of(other)


@pytest.fixture
def as_read_only(db: None) -> Client:
    return browser_of(make_member("late-owl-77", days_left=-1))


@pytest.fixture
def poll(author: Member) -> Poll:
    return a_poll(author)
