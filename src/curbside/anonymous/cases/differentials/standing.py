"""What the lists of a case say together: for all, and for each specialty in which enough gave one. Plain computing, without members."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from curbside.anonymous.cases.differentials.documents import GivenList, key_of
from curbside.anonymous.cases.differentials.pooling import LONGEST_LIST, pool
from curbside.anonymous.cases.documents import Named
from curbside.kit.specialties import specialty_label

LEAST: Final = 5
"""Lists of a specialty that is shown apart; and as many stay unshown, or none, so that subtraction gives no smaller group."""
BARS: Final = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """A diagnosis in a pool."""

    named: Named
    weight: float
    """The sum over all lists of 1 for the first place, 1/2 for the second, and so on."""
    lists: int
    """How many lists name it."""


@dataclass(frozen=True, slots=True)
class Pool:
    """What some lists say together, the heaviest first. ``more`` counts diagnoses that are not among the bars."""

    specialty: str
    lists: int
    bars: Sequence[Bar]
    more: int

    @property
    def label(self) -> str:
        """The specialty in the reader's words; empty for everyone's."""
        return specialty_label(self.specialty) if self.specialty else ""


@dataclass(frozen=True, slots=True)
class Standing:
    """The pools of a case, and how many lists came after a look and count in none."""

    everyone: Pool
    specialties: Sequence[Pool]
    looked: int


def standing(lists: Sequence[GivenList]) -> Standing:
    """Of all lists of a case."""
    counted = [one for one in lists if not one.looked]
    groups: dict[str, list[GivenList]] = {}
    for one in counted:
        if one.specialty:
            groups.setdefault(one.specialty, []).append(one)
    shown = shown_groups({slug: len(group) for slug, group in groups.items()}, total=len(counted))
    return Standing(_pool(counted), [_pool(groups[slug], slug) for slug in shown], len(lists) - len(counted))


def shown_groups(sizes: Mapping[str, int], *, total: int) -> list[str]:
    """The groups that may be shown beside the total, the largest first.

    Those below LEAST are not; and where what is left of the total would be some but fewer than LEAST, the smallest shown joins them
    (complementary suppression).
    """
    shown = sorted((slug for slug, size in sizes.items() if size >= LEAST), key=lambda slug: (-sizes[slug], slug))
    while shown and 0 < total - sum(sizes[slug] for slug in shown) < LEAST:
        shown.pop()
    return shown


def _pool(lists: Sequence[GivenList], specialty: str = "") -> Pool:
    named = _labels(lists)
    weights = pool([one.keys() for one in lists])
    mentions = Counter(key for one in lists for key in set(one.keys()[:LONGEST_LIST]))
    bars = [Bar(named[key], weight, mentions[key]) for key, weight in weights[:BARS]]
    return Pool(specialty, len(lists), bars, len(weights) - len(bars))


def _labels(lists: Sequence[GivenList]) -> dict[str, Named]:
    """The spelling that most lists have; among equals the first by the alphabet, so that no order of arrival shows."""
    spellings = Counter((key_of(named), named.label, named.code) for one in lists for named in one.diagnoses)
    ranked = sorted(spellings, key=lambda spelling: (spellings[spelling], [-ord(letter) for letter in spelling[1]]))
    return {key: Named(label, code) for key, label, code in ranked}
