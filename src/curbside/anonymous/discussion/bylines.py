"""Who wrote: the pseudonym, and the badges it chose to show with the size of each crowd. All that anyone here can say of anyone."""

from collections.abc import Collection
from dataclasses import dataclass

from curbside.anonymous.membership.badges import badge_label
from curbside.anonymous.membership.models import Badge


@dataclass(frozen=True, slots=True)
class BadgeLine:
    """A badge in words, and how many could have shown the same."""

    label: str
    crowd: int


@dataclass(frozen=True, slots=True)
class Byline:
    """What stands beside a text of a member."""

    pseudonym: str
    badges: tuple[BadgeLine, ...] = ()


def badge_lines(member_ids: Collection[int]) -> dict[int, tuple[BadgeLine, ...]]:
    """Every member's badges, the smallest crowd last. One query."""
    lines: dict[int, tuple[BadgeLine, ...]] = {}
    for badge in Badge.objects.filter(member_id__in=set(member_ids)).order_by("-crowd", "roll"):
        lines[badge.member_id] = (*lines.get(badge.member_id, ()), BadgeLine(badge_label(badge.roll), badge.crowd))
    return lines
