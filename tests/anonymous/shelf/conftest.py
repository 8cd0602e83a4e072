"""Two members, and a limit that begins anew."""

import pytest

from curbside.anonymous.membership.models import Member
from curbside.anonymous.shelf.actions import SHELF_LIMIT
from tests.anonymous.cases.cast import make_member


@pytest.fixture(autouse=True)
def fresh_limit() -> None:
    SHELF_LIMIT._uses.clear()


@pytest.fixture
def heron(db: None) -> Member:
    return make_member("quiet-heron-41")


@pytest.fixture
def otter(db: None) -> Member:
    return make_member("brave-otter-12")
