"""What a member's page shows to other members. Rooms above add their parts when they start; of an alias or of nobody, nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from curbside.anonymous.membership.badges import badge_label
from curbside.anonymous.membership.models import Member, Vouch
from curbside.anonymous.membership.queries import accepted_hosts, badges_of, several_registrars


@dataclass(frozen=True, slots=True)
class Part:
    """A room's part of the page: its template, and what that finds as ``part``."""

    template: str
    facts: Mapping[str, object]


class FindPart(Protocol):
    """Gives a room's part of a member's page."""

    def __call__(self, *, member: Member, reader: Member, cursor: str) -> Part:
        """Read it, at the same cost however much there is."""
        ...


@dataclass(frozen=True, slots=True)
class Profile:
    """A member's page. Of joining it says the year: a finer date would narrow down who joined with which edition."""

    member: Member
    badges: Sequence[tuple[str, int]]
    """In words, each with how many could show the same; the largest crowd first."""
    registrars: Sequence[str]
    since: int
    parts: Sequence[Part]


_finders: list[FindPart] = []


def register_part(find: FindPart) -> None:
    """Have this asked for a part of every member's page."""
    if find not in _finders:
        _finders.append(find)


def profile_of(member: Member, *, reader: Member, cursor: str) -> Profile:
    """Everything. Two queries, and those of the parts."""
    hosts = accepted_hosts()
    shown = sorted((badge for badge in badges_of(member) if not hosts or badge.registrar in hosts), key=lambda badge: -badge.crowd)
    vouching = Vouch.objects.filter(member=member, registrar__in=hosts).order_by("registrar")
    return Profile(
        member=member,
        badges=[(badge_label(badge.roll), badge.crowd) for badge in shown],
        registrars=list(vouching.values_list("registrar", flat=True)) if several_registrars() else [],
        since=member.joined_on.year,
        parts=[find(member=member, reader=reader, cursor=cursor) for find in _finders],
    )
