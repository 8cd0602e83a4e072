"""Tails, intervals and the rule for many attackers are what they say."""

import math
import random  # noqa: TID251 - tests repeat

import pytest

from tests.drill.chance import Score, alarm_at, holm, interval, tail


def binomial_tail(total: int, rate: float, hits: int) -> float:
    return sum(math.comb(total, count) * rate**count * (1 - rate) ** (total - count) for count in range(hits, total + 1))


@pytest.mark.parametrize(("total", "rate", "hits"), [(10, 0.5, 5), (200, 0.01, 7), (50, 0.1, 0), (30, 0.9, 30)])
def test_tail_of_equal_chances_is_the_binomial_one(total: int, rate: float, hits: int) -> None:
    assert tail([rate] * total, hits) == pytest.approx(binomial_tail(total, rate, hits), abs=1e-12)


def test_tail_of_unequal_chances_counts_each() -> None:
    assert tail([0.5, 0.1], 2) == pytest.approx(0.05)
    assert tail([0.5, 0.1], 1) == pytest.approx(1 - 0.5 * 0.9)


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"), [(0, 10, 0.0, 0.3085), (5, 10, 0.1871, 0.8129), (10, 10, 0.6915, 1.0), (1, 200, 0.0001, 0.0275)]
)
def test_interval_is_that_of_clopper_and_pearson(hits: int, total: int, low: float, high: float) -> None:
    assert interval(hits, total) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_interval_of_nothing_says_nothing() -> None:
    assert interval(0, 0) == (0.0, 1.0)


def test_alarm_is_the_first_count_that_chance_does_not_explain() -> None:
    chances = [1 / 60] * 200
    count = alarm_at(chances, 1e-5)
    assert tail(chances, count) <= 1e-5 < tail(chances, count - 1)


def test_rule_finds_one_leak_among_many_attackers_and_stops_there() -> None:
    assert holm([0.3, 1e-6, 0.9, 0.04], 0.001) == [False, True, False, False]
    assert holm([0.0004, 0.0004, 0.0004], 0.001) == [False, False, False]


def test_drills_without_a_leak_fail_as_rarely_as_stated() -> None:
    chance = random.Random(3)
    chances = [1 / 20] * 60
    failed = 0
    for _ in range(400):
        tails = [tail(chances, sum(chance.random() < rate for rate in chances)) for _attacker in range(5)]
        failed += any(holm(tails, 0.05))
    assert failed / 400 <= 0.08


def test_score_sums_up() -> None:
    score = Score.of([0.1, 0.3], 1)
    assert (score.rate, score.chance) == (0.5, pytest.approx(0.2))
