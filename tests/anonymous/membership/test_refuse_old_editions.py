"""An edition that nothing replaced still grows old: whoever withholds newer ones cannot keep lapsed licences on the roll for ever."""

import logging
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.management import call_command

from curbside.anonymous.membership.checks import editions_are_recent
from curbside.anonymous.membership.models import Edition, Member
from curbside.credential.edition import Manifest
from curbside.kit.clock import today
from tests.anonymous.membership.cast import Visitor

pytestmark = pytest.mark.django_db(databases=["default", "ring"])


@pytest.fixture
def aged(edition: Manifest, settings: LazySettings) -> Edition:
    settings.EDITION_LONGEST_AGE_DAYS = 60
    return Edition.objects.get()


def of_days_ago(edition: Edition, days: int) -> None:
    edition.date = today() - timedelta(days=days)
    edition.save()


def test_an_edition_of_the_longest_age_still_admits(visitor: Visitor, aged: Edition) -> None:
    of_days_ago(aged, 60)
    assert visitor.knock("first")[0] == 200


def test_an_older_one_admits_nobody_and_says_why(visitor: Visitor, aged: Edition) -> None:
    of_days_ago(aged, 61)
    status, answer = visitor.knock("first")
    assert status == 409
    assert "published no roll for too long" in answer["error"]
    assert not Member.objects.exists()


@pytest.mark.parametrize(("days", "warned"), [(30, False), (31, True)])
def test_fetching_warns_from_half_of_that_age_on(aged: Edition, caplog: pytest.LogCaptureFixture, days: int, warned: bool) -> None:
    of_days_ago(aged, days)
    logger = logging.getLogger("curbside")
    logger.addHandler(caplog.handler)
    try:
        call_command("fetch_editions")
    finally:
        logger.removeHandler(caplog.handler)
    assert ("growing old: directory.example.org 1" in caplog.text) is warned


@pytest.mark.parametrize(("days", "ids"), [(30, []), (31, ["membership.W001"]), (61, ["membership.E001"])])
def test_the_check_says_so_too(aged: Edition, days: int, ids: list[str]) -> None:
    of_days_ago(aged, days)
    assert [message.id for message in editions_are_recent(None)] == ids
