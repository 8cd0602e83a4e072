"""What members say in public: badges, the specialty and language of their cases. Whoever reads the site can do this without any theft.

Here the reader also has the register's data of everyone on the roll. The chance that this attacker is given is its own
likelihood, so that it fails only where the reader would know more than what was said aloud.
"""

from collections.abc import Sequence

from tests.drill.attackers import Baseline, Finding, Guess, Haul, Linker, TellTale
from tests.drill.loot import Loot, Person

LANGUAGES = {"gb": {"en": 0.97}, "fr": {"fr": 0.69, "en": 0.30}, "us": {"en": 0.93, "es": 0.06}}
_RARE = 0.01
_OWN_SPECIALTY, _OTHER_SPECIALTY = 0.75, 0.1


def likelihoods(loot: Loot, key: str, member: Person) -> dict[str, float]:
    """Licence to probability, from badges and from what the member wrote in public."""
    languages = [said for table in ("cases_case", "polls_poll") for said in member.column(table, "language")]
    specialties = [said for table in ("cases_case", "polls_poll") for said in member.column(table, "specialty")]
    weights = {}
    for commitment in loot.disclosed[key].crowd:
        if (number := loot.licence_of.get(commitment)) is None:
            continue
        doctor = loot.doctors[number]
        country = doctor.column("doctors_licence", "country")[0]
        own = doctor.column("doctors_licence", "specialties")[0]
        weight = 1.0
        for language in languages:
            weight *= LANGUAGES.get(country, {}).get(language, _RARE)
        for specialty in specialties:
            weight *= _OWN_SPECIALTY if f'"{specialty}"' in own else _OTHER_SPECIALTY
        weights[number] = weight
    total = sum(weights.values()) or 1.0
    return {number: weight / total for number, weight in weights.items()}


def guess(loot: Loot) -> Sequence[Guess]:
    """The likeliest of the crowd."""
    guesses = []
    for key, member in loot.members.items():
        if likely := likelihoods(loot, key, member):
            best = max(likely, key=lambda number: (likely[number], number))
            guesses.append(Guess(key, best, likely[best]))
    return guesses


def guess_by_badges(loot: Loot) -> Sequence[Guess]:
    """Anyone of the crowd: what chance does, to show that the measure is right."""
    crowds = {key: sorted(loot.licence_of[c] for c in shown.crowd if c in loot.licence_of) for key, shown in loot.disclosed.items()}
    return [Guess(key, crowd[int(key[:8], 16) % len(crowd)]) for key, crowd in crowds.items() if crowd]


_LEAST = 10
"""The drill's k."""


def count_small(loot: Loot) -> Finding:
    """Members whose crowd is below k: who showed a roll again after others had left it is not one of those."""
    sizes = sorted(len(shown.crowd) for shown in loot.disclosed.values())
    small = [size for size in sizes if size < _LEAST]
    told = f"crowds of {', '.join(map(str, small))}" if small else f"the smallest is {min(sizes, default=0)}"
    return Finding(len(small), len(sizes), told)


ATTACKERS: list[Linker | TellTale] = [
    TellTale("crowds that fell below k by removals", Haul.BOTH, count_small, protected=False),
    Linker("specialty and country crowds", Haul.BOTH, Baseline.CROWD, guess_by_badges),
    Linker("specialty and language of cases", Haul.BOTH, Baseline.READER, guess),
]
