"""Looks for the languages of a browser beside persons of both sides: a list of languages is nearly a name."""

import re
from collections import Counter
from collections.abc import Sequence

from tests.drill.attackers import Baseline, Guess, Haul, Linker
from tests.drill.attackers.crowds import LANGUAGES
from tests.drill.loot import Loot, Person

LIST = re.compile(r"[a-z]{2}(-[A-Z]{2})?(,[a-z]{2}(-[A-Z]{2})?(;q=0\.\d)?)+\Z")
_ONE = re.compile(r"[a-z]{2}\Z")
SAID = ("cases_case.language", "polls_poll.language")
"""Said in public."""


def _found(person: Person) -> tuple[str, str]:
    """A list of languages and a single language that are stored beside a person and were not said in public."""
    lists = [value for _place, value in person.facts() if isinstance(value, str) and LIST.match(value)]
    single = [v for place, v in person.facts() if "language" in place and place not in SAID and isinstance(v, str) and _ONE.match(v)]
    return (lists[0] if lists else ""), (single[0] if single else (lists[0][:2] if lists else ""))


def guess(loot: Loot) -> Sequence[Guess]:
    """The same list on both sides, within the crowd; else one who speaks the language."""
    doctors = {number: _found(doctor)[0] for number, doctor in loot.doctors.items()}
    common = Counter(text for text in doctors.values() if text)
    guesses = []
    for key, member in loot.members.items():
        text, language = _found(member)
        crowd = sorted(loot.licence_of[c] for c in loot.disclosed[key].crowd if c in loot.licence_of)
        same = [number for number in crowd if text and doctors[number] == text]
        speakers = [n for n in crowd if LANGUAGES.get(loot.doctors[n].column("doctors_licence", "country")[0], {}).get(language, 0) > 0.1]
        if same:
            guesses.append(Guess(key, same[0], 1 / common[text]))
        elif language and speakers:
            guesses.append(Guess(key, speakers[int(key[:8], 16) % len(speakers)]))
    return guesses


ATTACKERS = [Linker("language of the interface", Haul.BOTH, Baseline.CROWD, guess)]
