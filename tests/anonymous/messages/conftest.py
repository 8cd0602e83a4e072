"""Two members who write, a stranger, and limits that begin anew."""

import pytest

from curbside.anonymous.messages import access, actions
from tests.anonymous.messages.cast import Correspondent


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    for limit in (actions.MESSAGE_LIMIT, actions.REQUEST_LIMIT, actions.KEY_LIMIT, access.COMPOSE_LIMIT):
        limit._uses.clear()


@pytest.fixture
def heron(db: None) -> Correspondent:
    return Correspondent("quiet-heron-41")


@pytest.fixture
def otter(db: None) -> Correspondent:
    return Correspondent("brave-otter-12")


@pytest.fixture
def owl(db: None) -> Correspondent:
    return Correspondent("late-owl-77")
