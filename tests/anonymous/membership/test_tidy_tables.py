"""Once the tables were tidied, where a member's row lies tells no order of joining, and erased rows are gone."""

import secrets

import pytest
from django.core.management import call_command
from django.db import connection

from curbside.anonymous.membership.models import Member
from curbside.kit.clock import today


def places() -> list[int]:
    """The members' keys in the order of the file."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM membership_member ORDER BY {'ctid' if connection.vendor == 'postgresql' else 'rowid'}")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.django_db(transaction=True, databases=["default", "ring"])
def test_rows_lie_in_the_order_of_their_random_keys() -> None:
    joined = [
        Member.objects.create(pseudonym=f"heron-{n}", skeleton=f"heron-{n}", nullifier=secrets.token_bytes(32), term_ends_on=today()).pk
        for n in range(40)
    ]
    Member.objects.filter(pk__in=joined[:5]).delete()
    if connection.vendor == "postgresql":
        assert places() == joined[5:]  # as they came: the harm that tidying mends
    call_command("tidy")
    assert places() == sorted(joined[5:])
    assert sorted(joined[5:]) != joined[5:]  # 1 in 35! by chance


def change_numbers() -> list[int]:
    """PostgreSQL's number of the transaction that wrote each member's row, as its file keeps it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text::bigint FROM membership_member ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no number of a change beside a row")
@pytest.mark.django_db(transaction=True, databases=["default", "ring"])
def test_once_tidied_no_row_tells_after_which_other_it_was_written() -> None:
    for n in range(12):
        Member.objects.create(pseudonym=f"heron-{n}", skeleton=f"heron-{n}", nullifier=secrets.token_bytes(32), term_ends_on=today())
    assert len(set(change_numbers())) == 12  # the harm that tidying mends
    call_command("tidy")
    assert len(change_numbers()) == 12
    assert len(set(change_numbers())) == 1
