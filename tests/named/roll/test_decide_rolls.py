from datetime import date, timedelta

from curbside.credential.names import RollName
from curbside.named.roll.schedule import Policy, RollPlan, RollState, due_rolls

DAY = date(2026, 11, 2)
POLICY = Policy(least=5, longest_wait=None, interval=timedelta(days=7))
BOUNDED = Policy(least=5, longest_wait=timedelta(days=28), interval=timedelta(days=7))
HASTY = Policy(least=5, longest_wait=None, interval=timedelta(days=7), at_once=True)


def plan(state: RollState, policy: Policy = POLICY, day: date = DAY) -> RollPlan:
    return due_rolls([state], policy=policy, day=day, last_edition_on=None).rolls[0]


def roll(staying: int = 0, leaving: int = 0, waiting: int = 0, since: date | None = DAY) -> RollState:
    return RollState(RollName("gb"), staying, leaving, waiting, since if waiting else None)


def test_the_first_edition_is_due_at_once() -> None:
    assert due_rolls([], policy=POLICY, day=DAY, last_edition_on=None).due_on == DAY


def test_the_next_edition_is_due_an_interval_after_the_last() -> None:
    assert due_rolls([], policy=POLICY, day=DAY, last_edition_on=DAY).due_on == DAY + timedelta(days=7)


def test_an_overdue_edition_is_due_today() -> None:
    assert due_rolls([], policy=POLICY, day=DAY, last_edition_on=DAY - timedelta(days=30)).due_on == DAY


def test_a_demo_does_not_wait_for_the_interval() -> None:
    assert due_rolls([], policy=HASTY, day=DAY, last_edition_on=DAY).due_on == DAY


def test_a_roll_takes_up_a_crowd_of_k() -> None:
    assert plan(roll(staying=9, waiting=5)) == RollPlan(RollName("gb"), admits=5, drops=0, size=14, published=True)


def test_a_roll_keeps_fewer_than_k_waiting() -> None:
    assert plan(roll(staying=9, waiting=4)) == RollPlan(RollName("gb"), admits=0, drops=0, size=9, published=True)


def test_a_roll_keeps_fewer_than_k_waiting_however_long_that_takes() -> None:
    assert plan(roll(staying=900, waiting=4), day=DAY + timedelta(days=9999)).admits == 0


def test_where_an_operator_set_a_longest_wait_a_roll_takes_up_a_single_one_once_it_is_over() -> None:
    state = roll(staying=9, waiting=1)
    assert plan(state, BOUNDED, DAY + timedelta(days=27)).admits == 0
    assert plan(state, BOUNDED, DAY + timedelta(days=28)).admits == 1


def test_a_roll_below_k_takes_nobody_up_however_long_they_wait() -> None:
    assert plan(roll(waiting=4), BOUNDED, DAY + timedelta(days=999)) == RollPlan(RollName("gb"), 0, 0, 0, published=False)


def test_a_demo_takes_up_a_single_one_but_publishes_no_roll_below_k() -> None:
    assert plan(roll(staying=4, waiting=1), HASTY).admits == 1
    assert not plan(roll(staying=3, waiting=1), HASTY).published


def test_a_removal_is_not_held_back() -> None:
    assert plan(roll(staying=8, leaving=1)) == RollPlan(RollName("gb"), admits=0, drops=1, size=8, published=True)


def test_a_removal_takes_no_waiting_ones_along() -> None:
    assert plan(roll(staying=8, leaving=1, waiting=4)).admits == 0


def test_a_roll_that_falls_below_k_is_not_published() -> None:
    assert plan(roll(staying=4, leaving=1)) == RollPlan(RollName("gb"), admits=0, drops=1, size=4, published=False)


def test_a_roll_that_fell_below_k_does_not_come_back_with_a_single_new_one() -> None:
    state = roll(staying=4, waiting=1)
    assert not plan(state, BOUNDED).published
    assert plan(state, BOUNDED, DAY + timedelta(days=28)).published
    assert not plan(state, day=DAY + timedelta(days=9999)).published


def test_rolls_are_planned_by_name_and_only_large_ones_published() -> None:
    states = [RollState(RollName("gb/urology"), 1), RollState(RollName("everyone"), 9), RollState(RollName("gb"), 9)]
    planned = due_rolls(states, policy=POLICY, day=DAY, last_edition_on=DAY)
    assert [roll.name for roll in planned.rolls] == ["everyone", "gb", "gb/urology"]
    assert [roll.name for roll in planned.published] == ["everyone", "gb"]
    assert not planned.changes


def test_an_edition_changes_when_one_of_its_rolls_does() -> None:
    assert due_rolls([roll(staying=8, leaving=1)], policy=POLICY, day=DAY, last_edition_on=DAY).changes


def within(country: RollState, specialty: RollState) -> tuple[RollPlan, RollPlan]:
    planned = due_rolls([specialty, country], policy=POLICY, day=DAY, last_edition_on=DAY)
    return planned.rolls[0], planned.rolls[1]


def urology(waiting: int, waiting_within: int) -> RollState:
    return RollState(RollName("gb/urology"), staying=9, waiting=waiting, waits_since=DAY, waiting_within=waiting_within)


def test_a_specialty_takes_up_only_whom_its_country_holds() -> None:
    _country, specialty = within(roll(staying=90, waiting=2), urology(7, 5))
    assert (specialty.admits, specialty.within) == (5, RollName("gb"))


def test_a_specialty_waits_while_fewer_than_k_of_those_who_wait_stand_on_its_country() -> None:
    _country, specialty = within(roll(staying=90, waiting=3), urology(7, 4))
    assert (specialty.admits, specialty.size) == (0, 9)


def test_a_specialty_takes_up_everyone_along_with_its_country() -> None:
    country, specialty = within(roll(staying=90, waiting=5), urology(7, 2))
    assert (country.admits, specialty.admits, specialty.within) == (5, 7, None)
