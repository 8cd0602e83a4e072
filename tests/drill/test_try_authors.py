"""The attackers that look for the author of a post without one: each finds its sign, and finds nobody where there is none."""

import random  # noqa: TID251 - tests repeat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.drill.attackers import Linker, Target, authors
from tests.drill.made_up import START, MadeUp
from tests.drill.report import Report, run_attackers

LINKERS = {attacker.name: attacker for attacker in authors.ATTACKERS if attacker.target is Target.NOBODY}
Spoil = Callable[[MadeUp], None]


def trial(folder: Path, attacker: Linker, spoil: Spoil) -> Report:
    loot = MadeUp(folder, chance=random.Random(5))
    for place, own in enumerate(loot.own):
        own["nobody"] = {"minute": f"{START + timedelta(weeks=26, days=place)} {place * 5 % 24:02}:15:00"}
        own["extra"] = {"term_ends_on": str(START + timedelta(weeks=100))}
    spoil(loot)
    loot.build()
    loot.copies = lambda _name: [(START + timedelta(weeks=80), folder)]  # type: ignore[method-assign]
    return run_attackers(loot, loot.truth(), [attacker])


def clean(loot: MadeUp) -> None:
    """Nothing but minutes of another hour than those of the member's own texts."""


def ids_in_order(loot: MadeUp) -> None:
    """Cases numbered as they come, each post as nobody right after one of its author's own."""
    for place, own in enumerate(loot.own):
        own["case_id"] = (1 << 45) + 10 * place
        own["nobody"]["id"] = (1 << 45) + 10 * place + 1  # type: ignore[index]


def ticket_noted(loot: MadeUp) -> None:
    """The running number of the ticket with which a post came, beside the member who asked for it."""
    for place, own in enumerate(loot.own):
        own["case_extra"] = {"ticket": 1000 + place}
        own["nobody"]["ticket"] = 1000 + place  # type: ignore[index]


def sizes_of_own(loot: MadeUp) -> None:
    """Each writes texts of one length, and nothing pads them."""
    for place, own in enumerate(loot.own):
        own["text_size"] = 600 + 10 * place
        own["nobody"]["size"] = 600 + 10 * place  # type: ignore[index]


def same_sitting(loot: MadeUp) -> None:
    """Posts as nobody in the minutes of one's own texts."""
    for place, own in enumerate(loot.own):
        own["nobody"]["minute"] = f"{START + timedelta(weeks=26, days=place)} {place % 24:02}:15:00"  # type: ignore[index]
        own["posted"] = START + timedelta(weeks=26, days=place)


def composers_dated(loot: MadeUp, *, own_day: bool) -> None:
    for place, own in enumerate(loot.own):
        day = START + timedelta(weeks=26, days=place if own_day else place * 77 % 120)
        own["extra"] = {**own["extra"], "composed_on": str(day)}  # type: ignore[dict-item]


def composer_dated(loot: MadeUp) -> None:
    """The day on which a member last opened the composer, beside the member."""
    composers_dated(loot, own_day=True)


def composer_of_any_day(loot: MadeUp) -> None:
    composers_dated(loot, own_day=False)


SIGNALS: dict[str, Spoil] = {
    "days beside members of posts as nobody": composer_dated,
    "places of rows beside posts as nobody": ids_in_order,
    "numbers beside posts as nobody": ticket_noted,
    "sizes of posts as nobody, by who writes so long": sizes_of_own,
    "minutes and hours of posts as nobody": same_sitting,
}


def sized_alike(loot: MadeUp) -> None:
    for own in loot.own:
        own["text_size"] = 541


def tickets_of_any(loot: MadeUp) -> None:
    for place, own in enumerate(loot.own):
        own["case_extra"] = {"ticket": 1000 + place * 77 % 120}
        own["nobody"]["ticket"] = 1000 + place  # type: ignore[index]


QUIET: dict[str, Spoil] = {
    "days beside members of posts as nobody": composer_of_any_day,
    "numbers beside posts as nobody": tickets_of_any,
    "sizes of posts as nobody, by who writes so long": sized_alike,
}


@pytest.mark.parametrize("name", SIGNALS)
def test_author_is_found_by_the_sign(name: str, tmp_path: Path) -> None:
    first = trial(tmp_path, LINKERS[name], SIGNALS[name]).results[0]
    assert first.guesses == 120
    assert first.tail < 1e-6
    assert first.failed is LINKERS[name].protected


@pytest.mark.parametrize("name", SIGNALS)
def test_author_is_found_no_better_than_by_chance_where_nothing_tells(name: str, tmp_path: Path) -> None:
    first = trial(tmp_path, LINKERS[name], QUIET.get(name, clean)).results[0]
    assert first.guesses > 110
    assert first.tail > 0.001
    assert first.chance == pytest.approx(1 / 120, abs=1e-4)


def test_a_post_is_guessed_among_those_who_could_write_on_its_day(tmp_path: Path) -> None:
    loot = MadeUp(tmp_path, chance=random.Random(5))
    loot.own[0]["nobody"] = {"minute": f"{START + timedelta(days=60)} 10:00:00"}
    loot.build()
    [post] = authors.posts_of(loot, Target.NOBODY)
    here = authors.present(loot, post.minute)
    assert 0 < len(here) < 60


@pytest.mark.parametrize(("told", "failed"), [(True, True), (False, False)])
def test_a_number_beside_an_alias_and_its_member_is_found(told: bool, failed: bool, tmp_path: Path) -> None:
    def spoil(loot: MadeUp) -> None:
        for place, own in enumerate(loot.own):
            own["case_extra"] = {"place": 9000 + 2 * place}
            number = 9001 + 2 * (place if told else place * 77 % 120)
            own["alias"] = {"place": number, "posted_at": own["nobody"]["minute"]}  # type: ignore[index]

    attacker = next(one for one in authors.ATTACKERS if one.target is Target.ALIAS and one.name.startswith("numbers"))
    first = trial(tmp_path, attacker, spoil).results[0]
    assert (first.guesses, first.failed) == (120, failed)
