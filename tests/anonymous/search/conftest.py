"""An index of the test's own, a member who searches, and conditions with their terms."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from curbside.anonymous.cases.actions import CASE_LIMIT
from curbside.anonymous.conditions.actions import load_conditions
from curbside.anonymous.discussion.actions import COMMENT_LIMIT
from curbside.anonymous.membership.models import Member
from curbside.anonymous.search.following import IndexKeeper
from curbside.anonymous.search.place import IndexFolder
from curbside.anonymous.search.views import SEARCH_LIMIT
from tests.anonymous.cases.cast import browser_of, make_member
from tests.anonymous.conditions.conftest import CONDITIONS


class Hours:
    """A clock that tests set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    for limit in (CASE_LIMIT, COMMENT_LIMIT, SEARCH_LIMIT):
        limit._uses.clear()


@pytest.fixture(autouse=True)
def search_dir(settings: LazySettings, tmp_path: Path) -> Path:
    settings.SEARCH_DIR = tmp_path / "index"
    return tmp_path / "index"


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def keeper(db: None, search_dir: Path, hours: Hours) -> Iterator[IndexKeeper]:
    place = IndexFolder(search_dir)
    place.prepare()
    made = IndexKeeper(place, clock=hours)
    made.build()
    yield made
    made.clear()


@pytest.fixture
def conditions(db: None) -> None:
    load_conditions(conditions=CONDITIONS)


@pytest.fixture
def author(db: None) -> Member:
    return make_member("quiet-heron-41")


@pytest.fixture
def other(db: None) -> Member:
    return make_member("brave-otter-12")


@pytest.fixture
def as_other(other: Member) -> Client:
    return browser_of(other)
