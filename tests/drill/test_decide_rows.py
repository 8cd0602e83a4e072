"""What a row decides: one that the design does not promise is measured and printed, and fails nothing."""

import random  # noqa: TID251 - tests repeat
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from tests.drill.attackers import Baseline, Finding, Guess, Haul, Linker, TellTale
from tests.drill.loot import Edition, Loot, Row, _shown_in
from tests.drill.made_up import MadeUp
from tests.drill.report import Report, run_attackers, table


def who_knows(loot: Loot, *, among: int = 0) -> Sequence[Guess]:
    """An attacker that is always right, because the commitment and the nullifier have the same place."""
    links = loot.links if isinstance(loot, MadeUp) else {}
    return [Guess(member, licence, 1.0, among) for member, licence in links.items()]


def trial(folder: Path, attacker: Linker | TellTale) -> Report:
    loot = MadeUp(folder, chance=random.Random(5)).build()
    return run_attackers(loot, loot.truth(), [attacker])


@pytest.mark.parametrize(("protected", "mark"), [(True, "FAILS"), (False, "not protected, see docs/threat-model.md")])
def test_a_row_that_is_not_promised_is_measured_and_decides_nothing(tmp_path: Path, protected: bool, mark: str) -> None:
    report = trial(tmp_path, Linker("who knows", Haul.WATCHED, Baseline.K, who_knows, protected=protected))
    assert report.failed is protected
    assert [result.rate for result in report.results] == [1.0, 1.0]
    assert mark in table(report)


@pytest.mark.parametrize("protected", [True, False])
def test_a_count_that_is_not_promised_decides_nothing(tmp_path: Path, protected: bool) -> None:
    report = trial(tmp_path, TellTale("a count", Haul.BOTH, lambda _loot: Finding(3, 9, "told"), protected=protected))
    assert report.failed is protected
    assert "3 found in 9 looked at  told" in table(report)


@pytest.mark.parametrize(("among", "fails"), [(1, False), (100, True)])
def test_a_row_may_be_measured_against_the_crowd_it_guessed_among_and_prints_it(tmp_path: Path, among: int, fails: bool) -> None:
    report = trial(tmp_path, Linker("lapsed", Haul.TIMING, Baseline.GUESSED, lambda loot: who_knows(loot, among=among)))
    assert report.failed is fails
    assert f"crowds of {among} to {among}" in table(report)


def test_a_badge_belongs_to_the_edition_in_which_its_roll_was_as_large_as_its_crowd() -> None:
    editions = [Edition(number, date(2026, 1, number), {"gb": frozenset(map(str, range(size)))}) for number, size in ((1, 12), (2, 15))]
    assert _shown_in(Row("membership_badge", (("roll", "gb"), ("crowd", 15))), editions) == [(2, "gb")]
    assert _shown_in(Row("membership_badge", (("roll", "gb"), ("crowd", 99))), editions) == [(1, "gb")]
    assert _shown_in(Row("membership_badge", (("roll", "fr"), ("crowd", 15))), editions) == []
