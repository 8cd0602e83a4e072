"""How threads are named and addressed: rooms above say so here when they start, for this one knows ids alone."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from curbside.anonymous.membership.models import Member
from curbside.anonymous.notifications.kinds import Kind


@dataclass(frozen=True, slots=True)
class TitledThread:
    """A thread as its reader knows it."""

    title: str
    address: str


class TitleThreads(Protocol):
    """Names those of the threads that are of a room's kind and that this reader may see."""

    def __call__(self, *, reader: Member, thread_ids: Collection[int]) -> Mapping[int, TitledThread]:
        """Look, at the same cost however many."""
        ...


_rooms: list[TitleThreads] = []
_elsewhere: dict[Kind, Callable[[], TitledThread]] = {}


def register_threads(title: TitleThreads) -> None:
    """Have this function asked for the names of threads."""
    if title not in _rooms:
        _rooms.append(title)


def title_threads(*, reader: Member, thread_ids: Collection[int]) -> dict[int, TitledThread]:
    """The threads that can still be read, by id."""
    named: dict[int, TitledThread] = {}
    for room in _rooms:
        named |= room(reader=reader, thread_ids=[thread_id for thread_id in thread_ids if thread_id not in named])
    return named


def register_elsewhere(kind: Kind, place: Callable[[], TitledThread]) -> None:
    """Where notifications of a kind lead when their thread cannot be read: a decision that hides a post is told all the same."""
    _elsewhere[kind] = place


def elsewhere(kind: Kind) -> TitledThread | None:
    """That place; None where a kind says nothing once its thread is gone."""
    place = _elsewhere.get(kind)
    return place() if place else None
