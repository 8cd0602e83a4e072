"""Random ids: their range, their letters, and that the database keeps no order of arrival."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from curbside.kit.ids import PublicId, public_id, random_id

LARGEST = (1 << 63) - 1
ids = st.integers(1, LARGEST)


@given(ids)
def test_public_id_comes_back(number: int) -> None:
    assert len(public_id(number)) == 13
    assert PublicId().to_python(public_id(number)) == number


@pytest.mark.parametrize("text", ["0" * 13, "z" * 13])
def test_letters_beyond_the_range_are_no_id(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - a converter says no more
        PublicId().to_python(text)


def test_ids_are_random_and_in_range() -> None:
    made = {random_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(1 <= number <= LARGEST for number in made)
    assert max(made) > LARGEST // 2 > min(made)


@pytest.mark.django_db
def test_primary_key_is_the_place_in_the_file() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL: see docs/decisions on row order")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'doctors_doctor'")
        assert '"id" integer NOT NULL PRIMARY KEY' in cursor.fetchone()[0]
