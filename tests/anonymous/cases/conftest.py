"""Members by role, people who post as nobody, limits that begin anew, and counters that hold nothing."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from curbside.anonymous.cases.actions import CASE_LIMIT
from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.oneoffs.views import BEGIN_LIMIT, FINISH_LIMIT
from curbside.anonymous.cases.viewing import VIEWS
from curbside.anonymous.discussion.actions import COMMENT_LIMIT
from curbside.anonymous.discussion.reacting import REACTION_LIMIT, TELL_LIMIT
from curbside.anonymous.discussion.views import PREVIEW_LIMIT
from curbside.anonymous.membership.editions import learn_editions
from curbside.anonymous.membership.models import Member
from curbside.anonymous.membership.verifying import proof_worker
from tests.anonymous.cases.cast import a_case, browser_of, make_member
from tests.anonymous.cases.nobody import Nobody
from tests.anonymous.membership.cast import publish, registrar_at


@pytest.fixture(autouse=True)
def fresh_memory() -> None:
    for limit in (CASE_LIMIT, COMMENT_LIMIT, PREVIEW_LIMIT, BEGIN_LIMIT, FINISH_LIMIT, REACTION_LIMIT, TELL_LIMIT):
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


@pytest.fixture(scope="session")
def verifying_process() -> Iterator[None]:
    yield
    proof_worker().stop()


@pytest.fixture
def edition(db: None, noon: datetime, tmp_path: Path, settings: LazySettings, verifying_process: None) -> None:
    """A registrar's edition with a roll of everyone, known here, on the day of the fixtures' quotas."""
    known = registrar_at(tmp_path / "rolls")
    publish(tmp_path / "rolls")
    settings.REGISTRARS = [known]
    learn_editions(registrar=known)


@pytest.fixture
def nobody(edition: None) -> Iterator[Nobody]:
    with pytest.MonkeyPatch.context() as patch:
        yield Nobody(patch)


@pytest.fixture
def another_nobody(edition: None) -> Iterator[Nobody]:
    with pytest.MonkeyPatch.context() as patch:
        yield Nobody(patch, person="other")
