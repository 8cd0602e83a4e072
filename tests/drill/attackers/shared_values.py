"""Looks for a value that one member and one doctor share and nobody else has: in rows, sessions and lines of logs.

Values are compared as the wall's test does (tests/wall/shared_values.py): in windows of 8 bytes, whatever way they are written.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from tests.drill.attackers import Baseline, Guess, Haul, Linker
from tests.drill.loot import Loot, Person
from tests.wall.shared_values import Haul as Values

_TOKEN = re.compile(r"[\w.:@+/-]{6,}")
_PUBLIC = ("membership_badge.", "membership_vouch.", "roll_place.roll", ".operator_key")
"""What many share by design: rolls, registrars, names of keys."""
_COMMON = 3
"""A value that so many persons of one side have tells nobody apart."""


def _values(person: Person, lines: Iterable[str]) -> set[bytes]:
    values = Values()
    for place, value in person.facts():
        if not place.startswith(_PUBLIC):
            values.add(value, place)
    for line in lines:
        values.add_text(line, "log")
    tokens = {token.encode() for line in lines for token in _TOKEN.findall(line)}
    words = {word.encode() for word in values.words}
    small = {str(value).encode() + b"#" for _place, value in person.facts() if isinstance(value, int) and 100_000 <= value < 1 << 40}
    return set(values.windows) | words | tokens | small


def _lines(loot: Loot, people: dict[str, Person], names: dict[str, str]) -> dict[str, list[str]]:
    """Lines of any text file beside the databases that name a person by a value of theirs."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in loot.files(keys=False):
        if file.suffix not in {".log", ".txt", ".json"}:
            continue
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
            for person in {names[token.lower()] for token in _TOKEN.findall(line) if token.lower() in names}:
                found[person].append(line)
    return found


def _names(people: dict[str, Person], columns: tuple[str, ...]) -> dict[str, str]:
    """What a log may call a person: names, numbers, ids."""
    return {str(value).lower(): key for key, person in people.items() for place, value in person.facts() if place in columns}


def guess(loot: Loot) -> Sequence[Guess]:
    """For every member the doctor with whom they share most."""
    member_names = _names(loot.members, ("membership_member.pseudonym", "membership_member.id"))
    doctor_names = _names(loot.doctors, ("doctors_licence.number", "doctors_doctor.family_name", "doctors_doctor.id"))
    member_lines, doctor_lines = _lines(loot, loot.members, member_names), _lines(loot, loot.doctors, doctor_names)
    doctors = {key: _values(person, doctor_lines[key]) for key, person in loot.doctors.items()}
    members = {key: _values(person, member_lines[key]) for key, person in loot.members.items()}
    counts = [Counter(value for values in side.values() for value in values) for side in (members, doctors)]
    owner = {value: key for key, values in doctors.items() for value in values if counts[1][value] == 1 and counts[0][value] < _COMMON}
    guesses = []
    for key, values in members.items():
        shared = Counter(owner[value] for value in values if value in owner and counts[0][value] == 1)
        if shared:
            licence, times = shared.most_common(1)[0]
            guesses.append(Guess(key, licence, times))
    return guesses


ATTACKERS = [Linker("shared values", Haul.BOTH, Baseline.CROWD, guess)]
