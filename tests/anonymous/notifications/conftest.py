"""Two members who are told things."""

import pytest

from curbside.anonymous.membership.models import Member
from tests.anonymous.cases.cast import make_member


@pytest.fixture
def heron(db: None) -> Member:
    return make_member("quiet-heron-41")


@pytest.fixture
def otter(db: None) -> Member:
    return make_member("brave-otter-12")
