"""Compares sizes: of sealed texts, keys and blobs with anything of a length on the named side."""

from collections import Counter
from collections.abc import Sequence

from tests.drill.attackers import Baseline, Guess, Haul, Linker
from tests.drill.loot import Loot, Person

_LEAST = 100


def _sizes(person: Person) -> set[int]:
    """Lengths of blobs and texts, and numbers that may be a size."""
    found = {len(value) for _place, value in person.facts() if isinstance(value, bytes | str)}
    return {size for size in found if size >= _LEAST} | {
        value for _place, value in person.facts() if isinstance(value, int) and _LEAST <= value < 1 << 24
    }


def guess(loot: Loot) -> Sequence[Guess]:
    """A size that only one on each side has; else the nearest in rank among the crowd."""
    members = {key: _sizes(member) for key, member in loot.members.items()}
    doctors = {key: _sizes(doctor) for key, doctor in loot.doctors.items()}
    mine, theirs = (Counter(size for sizes in side.values() for size in sizes) for side in (members, doctors))
    owner = {size: key for key, sizes in doctors.items() for size in sizes if theirs[size] == 1}
    guesses = []
    for key, sizes in members.items():
        alone = sorted(size for size in sizes if mine[size] == 1 and size in owner)
        crowd = sorted(loot.licence_of[c] for c in loot.disclosed[key].crowd if c in loot.licence_of)
        if alone:
            guesses.append(Guess(key, owner[alone[0]], 1.0))
        elif sizes and crowd:
            mean = sum(sizes) / len(sizes)
            guesses.append(Guess(key, min(crowd, key=lambda number: abs(max(doctors[number], default=0) - mean)), 0.0))
    return guesses


ATTACKERS = [Linker("sizes", Haul.BOTH, Baseline.CROWD, guess)]
