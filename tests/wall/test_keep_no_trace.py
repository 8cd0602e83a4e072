"""What the tables of both sides may hold: no address, no agent, no exact time beside a person, no order of arrival."""

import json

import pytest

from tests.wall.sites import SITES, run_site

TABLES = """
import django, json
django.setup()
from django.apps import apps
from django.conf import settings
rows = []
for model in apps.get_models(include_auto_created=True):
    if model.__module__.startswith("curbside"):
        for field in model._meta.concrete_fields:
            related = getattr(field.remote_field, "model", None) is not None
            rows.append([model._meta.label, field.column, type(field).__name__, field.primary_key, related])
print(json.dumps(rows))
"""

TRACES = {"email", "phone", "address", "agent", "login", "seen", "ip", "password"}

TEXT_TIMES = {
    # Minutes beside a text, as docs/threat-model.md lists them.
    ("private_messages.Message", "posted_at"), ("private_messages.Side", "latest_at"),
    ("polls.Poll", "posted_at"), ("polls.Poll", "edited_at"), ("polls.Poll", "closes_at"),
    ("cases.Case", "posted_at"), ("cases.Case", "edited_at"), ("discussion.Comment", "posted_at"), ("discussion.Comment", "edited_at"),
}  # fmt: skip
SHORT_LIVED = {
    ("verification.AddressCode", "ends_at"),  # a code lives half an hour
    ("doctors.RegistrarInvitation", "ends_at"),  # an invitation names nobody and lives a day
}
SEALED = {("verification.AddressCode", "sealed_address")}  # encrypted, and erased with the decision
ORDERED = {
    ("registers.Entry", "id"), ("registers.Import", "id"), ("registers.BadRow", "id"),  # public lists
    ("sealing.Change", "id"),  # the order of texts, which carry minutes anyhow
}  # fmt: skip


def times_of(site: str) -> set[tuple[str, str]]:
    return {(table, column) for table, column, kind, _, _ in columns(site) if kind in {"DateTimeField", "TimeField"}}


def columns(site: str) -> list[tuple[str, str, str, bool, bool]]:
    done = run_site(site, TABLES)
    assert done.returncode == 0, done.stderr
    found = [tuple(row) for row in json.loads(done.stdout)]
    assert found
    return found


@pytest.mark.parametrize("site", SITES)
def test_no_column_is_for_a_trace_of_a_person(site: str) -> None:
    kinds = {"EmailField", "GenericIPAddressField", "IPAddressField"}
    found = {(table, column) for table, column, kind, _, _ in columns(site) if kind in kinds or set(column.split("_")) & TRACES}
    assert found <= SEALED


def test_anonymous_side_keeps_times_beside_texts_only() -> None:
    assert times_of("anonymous") <= TEXT_TIMES


def test_named_side_keeps_dates_only_beside_a_person() -> None:
    assert {(table, column) for table, column in times_of("named") if not table.startswith("registers.")} <= SHORT_LIVED


@pytest.mark.parametrize("site", SITES)
def test_primary_keys_are_random(site: str) -> None:
    found = {
        (table, column) for table, column, kind, primary, related in columns(site) if primary and kind != "RandomIdField" and not related
    }
    assert found <= ORDERED
