"""A member's answers that helped, and recent posts under their pseudonym. Posts under an alias or as nobody have no author to find."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from django.db.models import Count

from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.queries import rows_of
from curbside.anonymous.discussion.models import HELPED, Comment
from curbside.anonymous.membership.models import Member
from curbside.anonymous.membership.profiles import Part
from curbside.kit.clock import now
from curbside.kit.paging import page_newest_first
from curbside.kit.specialties import specialty_label

RECENT_DAYS: Final = 90
"""Further back nobody gets a list: with all posts side by side, people are recognised by how they write."""
LEAST_TOLD: Final = 5
"""Answers that helped in one specialty, before it is named."""
_CLINICAL: Final = (Case.Kind.CASE, Case.Kind.LESSON)
"""What is said in the lounge is no clinical matter."""


@dataclass(frozen=True, slots=True)
class Helped:
    """How many answers of a member helped: in all, and in each specialty where they are not few."""

    number: int
    specialties: Sequence[tuple[str, int]]


def helped_in(member: Member) -> Helped:
    """The answers under cases and lessons that helped somebody. One query."""
    helping = Comment.objects.filter(HELPED, author=member, thread__case__kind__in=_CLINICAL)
    counted = dict(helping.values_list("thread__case__specialty").annotate(number=Count("pk")).order_by())
    told = [(specialty_label(slug), number) for slug, number in counted.items() if number >= LEAST_TOLD]
    return Helped(sum(counted.values()), sorted(told, key=lambda line: (-line[1], line[0])))


def helped_part(*, member: Member, reader: Member, cursor: str) -> Part:  # noqa: ARG001 - the same for every reader
    """The part of the page that says so."""
    return Part("cases/members/_helped.html", {"helped": helped_in(member)})


def posts_part(*, member: Member, reader: Member, cursor: str) -> Part:  # noqa: ARG001 - likewise
    """Recent cases and lessons, newest first. Three queries."""
    recent = Case.objects.open().written_by(member.pk).filter(kind__in=_CLINICAL, posted_at__gte=now() - timedelta(days=RECENT_DAYS))
    page = page_newest_first(recent.with_thread(), cursor)
    rows = [replace(row, waits=False) for row in rows_of(page)]  # it is their author alone who is reminded
    facts = {"rows": rows, "next_cursor": page.next_cursor, "paged": bool(cursor), "days": RECENT_DAYS}
    return Part("cases/members/_posts.html", facts)
