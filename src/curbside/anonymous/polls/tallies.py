"""The counts of a poll, and what of them may be shown: intervals, and a split by badge that gives nobody away.

A group is split off only by whole fives of its members (so that two readings never differ by one voter of a group), and only where what
remains of all answers is nothing or at least five: otherwise subtraction would show the few (complementary suppression). The smallest
group is then kept back as well.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Final, Self

from curbside.anonymous.polls.documents import PollText
from curbside.anonymous.polls.models import Poll
from curbside.anonymous.sealing.cipher import decrypt_document, encrypt_document
from curbside.anonymous.sealing.secrecy import JSONValue, TextId

LEAST: Final = 5
"""Voters of a group that is shown, and of what remains."""
_Z: Final = 1.959964
"""The normal quantile of a two-sided 95 % interval."""


@dataclass(frozen=True, slots=True)
class Cells:
    """How many answered, and how often each option was chosen."""

    answered: int
    chosen: tuple[int, ...]

    def with_vote(self, options: Collection[int]) -> "Cells":
        """One answer more."""
        return Cells(self.answered + 1, tuple(times + (place in options) for place, times in enumerate(self.chosen)))

    def numbers(self) -> list[JSONValue]:
        """As they are kept."""
        return [self.answered, *self.chosen]


Groups = Mapping[str, Cells]


@dataclass(frozen=True, slots=True, repr=False)
class Tally:
    """All counts of a poll: of everyone; by specialty and by country as counted; and as last shown, by whole fives."""

    everyone: Cells
    counted: Mapping[str, Groups] = field(default_factory=dict)
    fives: Mapping[str, Groups] = field(default_factory=dict)

    @classmethod
    def of(cls, poll: Poll, text: PollText) -> Self:
        """The poll's counts so far."""
        if not poll.tally:
            return cls(Cells(0, (0,) * len(text.options)))
        document = decrypt_document(bytes(poll.tally), text_id=TextId(poll.pk), key=text.tally_key())
        everyone = _cells(document["everyone"])
        return cls(everyone, *(_dimensions(document[part]) for part in ("counted", "fives")))

    def closed_up(self, poll: Poll, text: PollText) -> bytes:
        """Encrypted, for the poll's row."""
        fields: dict[str, JSONValue] = {"everyone": self.everyone.numbers()}
        for part, dimensions in (("counted", self.counted), ("fives", self.fives)):
            fields[part] = {
                dimension: {group: cells.numbers() for group, cells in groups.items()} for dimension, groups in dimensions.items()
            }
        return encrypt_document(fields, text_id=TextId(poll.pk), key=text.tally_key())

    def with_vote(self, options: Collection[int], *, badges: Mapping[str, str]) -> "Tally":
        """One answer more; ``badges`` names the voter's group in each dimension where they show one."""
        counted, fives = dict(self.counted), dict(self.fives)
        for dimension, group in badges.items():
            before = counted.get(dimension, {}).get(group) or Cells(0, (0,) * len(self.everyone.chosen))
            after = before.with_vote(options)
            counted[dimension] = {**counted.get(dimension, {}), group: after}
            if after.answered % LEAST == 0:
                fives[dimension] = {**fives.get(dimension, {}), group: after}
        return Tally(self.everyone.with_vote(options), counted, fives)

    def split(self, dimension: str) -> dict[str, Cells]:
        """The groups that may be shown, the largest first."""
        shown = sorted(self.fives.get(dimension, {}).items(), key=lambda item: (-item[1].answered, item[0]))
        rest = self.everyone.answered - sum(cells.answered for _group, cells in shown)
        while shown and 0 < rest < LEAST:
            rest += shown.pop()[1].answered
        return dict(shown)


def wilson(times: int, answered: int) -> tuple[float, float]:
    """The 95 % score interval of a share.

    Wilson: Probable inference, the law of succession, and statistical inference. J Am Stat Assoc 1927;22(158):209-212.
    It speaks of chance alone, as if the voters had been drawn at random.
    """
    if not answered:
        return 0.0, 1.0
    share, spread = times / answered, _Z**2 / answered
    middle = share + spread / 2
    half = _Z * sqrt(share * (1 - share) / answered + _Z**2 / (4 * answered**2))
    return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))


def groups_of(rolls: Sequence[str]) -> dict[str, str]:
    """The groups of whoever shows badges of these rolls: a country, and a specialty in any country."""
    places = [roll.partition("/") for roll in sorted(rolls) if not roll.startswith("everyone")]
    countries = [country for country, _slash, _specialty in places]
    specialties = [specialty for _country, _slash, specialty in places if specialty]
    return {dimension: found[0] for dimension, found in (("country", countries), ("specialty", specialties)) if found}


def _dimensions(value: JSONValue) -> dict[str, Groups]:
    if not isinstance(value, dict):
        return {}
    return {
        dimension: {group: _cells(numbers) for group, numbers in groups.items()}
        for dimension, groups in value.items()
        if isinstance(groups, dict)
    }


def _cells(value: JSONValue) -> Cells:
    numbers = [number for number in value if isinstance(number, int)] if isinstance(value, list) else [0]
    return Cells(numbers[0], tuple(numbers[1:]))
