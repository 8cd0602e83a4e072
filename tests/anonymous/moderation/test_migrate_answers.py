"""Migration 0003 dates the answers that were given before the day of an answer was kept."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from curbside.kit.ids import random_id

pytestmark = pytest.mark.django_db(databases=["default", "ring"], transaction=True)


def migrate_to(name: str) -> Apps:
    executor = MigrationExecutor(connection)
    executor.migrate([("moderation", name)])
    return executor.loader.project_state([("moderation", name)]).apps


@pytest.fixture
def before() -> Iterator[Apps]:
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes("moderation")[0][1]
    yield migrate_to("0002_reports")
    migrate_to(newest)


def test_answered_reports_take_the_day_of_the_report_and_open_ones_none(before: Apps) -> None:
    member = before.get_model("membership", "Member").objects.create(
        pseudonym="calm-finch-31", skeleton="calm-finch-31", nullifier=b"n" * 32, term_ends_on=date(2027, 1, 1)
    )
    reports = before.get_model("moderation", "Report").objects
    for outcome in ("open", "kept"):
        reports.create(
            pk=random_id(), case_id=random_id(), specialty="urology", reporter=member, reason="abuse", outcome=outcome,
            reported_on=date(2026, 10, 2),
        )  # fmt: skip
    after = migrate_to("0003_answers")
    found = dict(after.get_model("moderation", "Report").objects.values_list("outcome", "answered_on"))
    assert found == {"open": None, "kept": date(2026, 10, 2)}
