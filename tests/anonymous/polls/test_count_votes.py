from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.anonymous.polls.tallies import LEAST, Cells, Tally, groups_of, wilson

SPECIALTY = "specialty"


def tally_of(*votes: str) -> Tally:
    """A poll of two options; each vote is for the first, by somebody with this badge, or with none for an empty word."""
    tally = Tally(Cells(0, (0, 0)))
    for group in votes:
        tally = tally.with_vote([0], badges={SPECIALTY: group} if group else {})
    return tally


def shown(*votes: str) -> dict[str, int]:
    return {group: cells.answered for group, cells in tally_of(*votes).split(SPECIALTY).items()}


@pytest.mark.parametrize(
    ("times", "answered", "low", "high"),
    # Newcombe, Stat Med 1998;17:857-872, table I, method 3 (score without continuity correction)
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_as_published(times: int, answered: int, low: float, high: float) -> None:
    assert wilson(times, answered) == pytest.approx((low, high), abs=0.00006)


def test_without_an_answer_the_interval_is_everything() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


@given(answered=st.integers(1, 10_000), share=st.floats(0, 1))
def test_the_interval_holds_the_share_and_stays_within_bounds(answered: int, share: float) -> None:
    times = round(answered * share)
    low, high = wilson(times, answered)
    assert 0 <= low <= times / answered + 1e-9
    assert times / answered - 1e-9 <= high <= 1


def test_a_group_of_four_is_not_split_off_and_one_of_five_is() -> None:
    assert shown(*["cardiology"] * 4, *[""] * 5) == {}
    assert shown(*["cardiology"] * 5, *[""] * 5) == {"cardiology": 5}


def test_a_rest_of_one_to_four_keeps_the_smallest_group_back() -> None:
    assert shown(*["cardiology"] * 5, *["neurology"] * 3) == {}
    assert shown(*["cardiology"] * 10, *["neurology"] * 5, *["urology"] * 2) == {"cardiology": 10}
    assert shown(*["cardiology"] * 10, *["neurology"] * 5) == {"cardiology": 10, "neurology": 5}


def test_a_group_is_shown_by_whole_fives_so_that_two_readings_never_differ_by_one_of_it() -> None:
    assert shown(*[""] * 5, *["cardiology"] * 9) == {"cardiology": 5}
    assert shown(*[""] * 5, *["cardiology"] * 10) == {"cardiology": 10}


@given(st.lists(st.sampled_from(["", "cardiology", "neurology", "urology", "nephrology"]), max_size=60))
def test_what_is_shown_never_leaves_a_few_to_subtract(votes: list[str]) -> None:
    tally, before = Tally(Cells(0, (0, 0))), dict[str, Cells]()
    for number, group in enumerate(votes):
        tally = tally.with_vote([number % 2], badges={SPECIALTY: group} if group else {})
        split = tally.split(SPECIALTY)
        rest = tally.everyone.answered - sum(cells.answered for cells in split.values())
        assert rest == 0 or rest >= LEAST or not split
        assert all(cells.answered >= LEAST and cells.answered % LEAST == 0 for cells in split.values())
        assert all(apart(before, group, cells) == 0 or apart(before, group, cells) >= LEAST for group, cells in split.items())
        before |= split


def apart(before: Mapping[str, Cells], group: str, now: Cells) -> int:
    return now.answered - before[group].answered if group in before else LEAST


def test_a_voter_counts_in_one_country_and_one_specialty() -> None:
    assert groups_of(["es", "es/cardiology"]) == {"country": "es", "specialty": "cardiology"}
    assert groups_of(["gb"]) == {"country": "gb"}
    assert groups_of([]) == {}
