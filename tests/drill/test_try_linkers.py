"""Each attacker that guesses finds its signal, and finds nothing where there is none."""

import random  # noqa: TID251 - tests repeat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.drill.attackers import Linker
from tests.drill.attackers.catalogue import ATTACKERS
from tests.drill.made_up import START, MadeUp
from tests.drill.report import Report, run_attackers

LINKERS = {attacker.name: attacker for attacker in ATTACKERS if isinstance(attacker, Linker)}
Spoil = Callable[[MadeUp], None]


def trial(folder: Path, attacker: Linker, spoil: Spoil | None = None) -> Report:
    loot = MadeUp(folder, chance=random.Random(5))
    if spoil:
        spoil(loot)
    loot.build()
    loot.copies = lambda _name: [(START + timedelta(weeks=80), folder)]  # type: ignore[method-assign]
    return run_attackers(loot, loot.truth(), [attacker])


def commitment_kept(loot: MadeUp) -> None:
    for own in loot.own:
        own["extra"] = {"note": own["commitment"].hex()}  # type: ignore[attr-defined]


def editions_of_one(loot: MadeUp) -> None:
    """Each is held by an edition of its own and joins at once."""
    for place, own in enumerate(loot.own):
        own["held"] = own["joined"] = START + timedelta(days=3 * place)


def posts_at_once(loot: MadeUp) -> None:
    editions_of_one(loot)
    for own in loot.own:
        own["posted"] = own["joined"]


def edition_kept(loot: MadeUp) -> None:
    for place, own in enumerate(loot.own):
        own["extra"] = {"first_edition": place + 1000}


def ids_by_verification(loot: MadeUp) -> None:
    editions_of_one(loot)
    for place, own in enumerate(loot.own):
        own["case_id"] = (1 << 45) + place


def sessions_on_the_day(loot: MadeUp) -> None:
    for place, own in enumerate(loot.own):
        own["session_ends"] = str(START + timedelta(days=place))


def languages_kept(loot: MadeUp) -> None:
    for place, own in enumerate(loot.own):
        own["extra"] = own["named_extra"] = {"interface": f"en-GB,en;q=0.9,{chr(97 + place % 26)}{chr(97 + place // 26)};q=0.8"}


def sizes_alike(loot: MadeUp) -> None:
    for place, own in enumerate(loot.own):
        own["extra"] = own["named_extra"] = {"size": 1000 + place}


def moments_kept(loot: MadeUp) -> None:
    for place, own in enumerate(loot.own):
        own["named_extra"] = {"last_login": f"2026-06-{place % 28 + 1:02} {place % 24:02}:10:00.12"}
        own["extra"] = {"last_login": f"2026-06-{place % 28 + 1:02} {place % 24:02}:14:30.5"}


def ties(loot: MadeUp, *, other: bool) -> None:
    """Each doctor vouched for three, and each member writes to three: the same ones, or (``other``) anybody."""
    chance = random.Random(9)
    for place in range(len(loot.own)):
        for friend in chance.sample(range(len(loot.own)), 3):
            loot.vouch(place, friend)
            loot.own[place].setdefault("letters", []).append(  # type: ignore[attr-defined]
                (chance.randrange(len(loot.own)) if other else friend, START + timedelta(weeks=40))
            )


def writes_to_those_who_vouched(loot: MadeUp) -> None:
    ties(loot, other=False)


def writes_to_anybody(loot: MadeUp) -> None:
    ties(loot, other=True)


def letters_on_days(loot: MadeUp, *, noted: bool) -> None:
    """Everyone writes on a day of their own; ``noted``: the directory has that day beside the doctor, for instance of a last visit."""
    for place, own in enumerate(loot.own):
        day = START + timedelta(days=200 + place)
        own["letters"] = [((place + 1) % len(loot.own), day)]
        own["named_extra"] = {"seen_on": str(day if noted else START + timedelta(days=200 + (place * 77 + 5) % 120))}


def letters_on_days_of_visits(loot: MadeUp) -> None:
    letters_on_days(loot, noted=True)


def letters_on_any_day(loot: MadeUp) -> None:
    letters_on_days(loot, noted=False)


QUIET: dict[str, Spoil] = {
    "who writes to whom, against who knows whom": writes_to_anybody,
    "days of messages": letters_on_any_day,
}
"""What an attacker needs to see, without what it looks for."""
SIGNALS: dict[str, Spoil] = {
    "who writes to whom, against who knows whom": writes_to_those_who_vouched,
    "days of messages": letters_on_days_of_visits,
    "shared values": commitment_kept,
    "editions against joins": editions_of_one,
    "verification and hand-in against joins": editions_of_one,
    "first posts after an edition": posts_at_once,
    "equal rank on both sides": ids_by_verification,
    "days of sessions": sessions_on_the_day,
    "language of the interface": languages_kept,
    "sizes": sizes_alike,
    "exact moments beside persons": moments_kept,
}


@pytest.mark.parametrize("name", SIGNALS)
def test_attacker_finds_its_signal(name: str, tmp_path: Path) -> None:
    report = trial(tmp_path, LINKERS[name], SIGNALS[name])
    assert report.failed, report.results


@pytest.mark.parametrize("name", SIGNALS)
def test_attacker_is_no_better_than_chance_where_nothing_leaks(name: str, tmp_path: Path) -> None:
    report = trial(tmp_path, LINKERS[name], QUIET.get(name))
    assert report.results
    assert report.results[0].guesses or name not in QUIET
    assert not report.failed, report.results


def test_measure_is_right_for_who_guesses_at_random(tmp_path: Path) -> None:
    first = trial(tmp_path, LINKERS["specialty and country crowds"]).results[0]
    assert first.guesses == 120
    assert first.low <= first.chance <= first.high
