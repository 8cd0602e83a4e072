"""A small drill from end to end: both sites, a few weeks, a theft; then leaks are planted, and each is noticed."""

from pathlib import Path

import pytest

from tests.drill.attackers import TellTale
from tests.drill.attackers.catalogue import ATTACKERS
from tests.drill.attackers.memory import NAME
from tests.drill.hauling import build_haul
from tests.drill.loot import Loot
from tests.drill.plants import planted
from tests.drill.report import Report, run_attackers
from tests.drill.world import Plan

SMALL = Plan(doctors=45, weeks=6, k=5, real_proofs=1, seed="small")


@pytest.fixture(scope="module")
def haul(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_haul(tmp_path_factory.mktemp("drill"), SMALL, lambda _line: None)


QUICK = [attacker for attacker in ATTACKERS if attacker.name != NAME]
"""Memory is large and slow to search; the full drill does."""


def report_on(folder: Path) -> Report:
    return run_attackers(Loot(folder), folder / "truth.json", QUICK)


@pytest.fixture(scope="module")
def before(haul: Path) -> set[str]:
    """Who fails without a plant: in so short a time some batches are small."""
    return noticed_by(report_on(haul))


def noticed_by(report: Report) -> set[str]:
    return {result.attacker for result in report.results if result.failed}


def test_clean_haul_holds_nothing_that_a_search_could_find(haul: Path) -> None:
    loot = Loot(haul)
    assert len(loot.members) >= 10
    tell_tales = [attacker for attacker in QUICK if isinstance(attacker, TellTale)]
    assert noticed_by(run_attackers(loot, haul / "truth.json", tell_tales)) == set()


def test_standing_texts_open_with_the_keys_so_the_theft_is_a_real_one(haul: Path) -> None:
    found = next(result for result in report_on(haul).results if result.attacker == "counter-check: standing texts")
    assert found.guesses > 0
    assert found.hits == 0


@pytest.mark.parametrize(
    ("plant", "attacker"),
    [
        ("commitment-beside-member", "shared values"),
        ("address-in-log", "addresses and agents"),
        ("excerpt-in-cache", "readable words"),
        ("key-beside-text", "keys beside texts"),
        ("words-in-tasks", "tasks that wait"),
        ("picture-in-clear", "pictures and documents in clear"),
        ("index-on-disk", "files of a search index"),
        ("quota-of-every-day", "posts as nobody beside each other"),
    ],
)
def test_planted_leak_is_noticed(plant: str, attacker: str, haul: Path, before: set[str], tmp_path: Path) -> None:
    assert attacker not in before
    assert attacker in noticed_by(report_on(planted(haul, tmp_path / "planted", plant)))
