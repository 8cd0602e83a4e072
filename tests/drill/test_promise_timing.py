"""What is promised of timing, on years whose seeds nobody looked at when the promise was made."""

import pytest

from tests.drill.quick_years import POLICIES, QuickYear, tally
from tests.drill.report import SURE_OF_K

SEEDS = [f"promise {number}" for number in range(4)]


@pytest.mark.parametrize("k", [10, 20])
def test_dates_link_one_in_k_and_the_surest_tenth_three_in_k(k: int) -> None:
    told = tally(SEEDS, k=k, sure_of_k=SURE_OF_K)
    assert told.everyone.guesses > 600
    assert told.surest.guesses > 60
    assert told.everyone.tail > 0.001
    assert told.surest.tail > 0.001


def test_years_repeat_and_no_roll_changes_for_fewer_than_k() -> None:
    year, again = QuickYear("one", k=7, policy=POLICIES[1]), QuickYear("one", k=7, policy=POLICIES[1])
    assert year.disclosed == again.disclosed
    assert min(len(shown.crowd) for shown in year.disclosed.values()) >= 7
    for before, after in zip(year.editions, year.editions[1:], strict=False):
        for roll, everyone in after.rolls.items():
            assert len(everyone - before.rolls.get(roll, frozenset())) in {0, *range(7, 241)}
