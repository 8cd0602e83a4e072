"""Who wrote: the pseudonym, and the badges it chose to show with the size of each crowd. All that anyone here can say of anyone."""

from collections.abc import Collection
from dataclasses import dataclass

from curbside.anonymous.membership.badges import badge_label
from curbside.anonymous.membership.models import Badge
from curbside.anonymous.membership.queries import accepted_hosts, several_registrars


@dataclass(frozen=True, slots=True)
class BadgeLine:
    """A badge in words, and how many could have shown the same."""

    label: str
    crowd: int
    registrar: str = ""
    """Who vouches; empty where there is only one."""


@dataclass(frozen=True, slots=True)
class Byline:
    """What stands beside a text of a member."""

    pseudonym: str
    badges: tuple[BadgeLine, ...] = ()


def badge_lines(member_ids: Collection[int]) -> dict[int, tuple[BadgeLine, ...]]:
    """Every member's badges, the smallest crowd last; not those of a registrar that is no longer accepted. One query."""
    hosts, lines = accepted_hosts(), dict[int, tuple[BadgeLine, ...]]()
    badges = Badge.objects.filter(member_id__in=set(member_ids)).order_by("-crowd", "roll")
    for badge in badges.filter(registrar__in=hosts) if hosts else badges:
        line = BadgeLine(badge_label(badge.roll), badge.crowd, badge.registrar if several_registrars() else "")
        lines[badge.member_id] = (*lines.get(badge.member_id, ()), line)
    return lines
