"""Where threads hang. A room above registers its kind of thread here, so that comments need not know cases, polls or treatments."""

from typing import Protocol

from django.http import Http404

from curbside.anonymous.discussion.models import Comment, Thread
from curbside.anonymous.membership.models import Member


class Locate(Protocol):
    """Gives the address of the page a thread hangs under, or None where this reader may not see it."""

    def __call__(self, *, reader: Member, thread: Thread) -> str | None:
        """Look."""


class FindOpener(Protocol):
    """Gives the member who opened a thread under their own pseudonym, or None."""

    def __call__(self, *, thread: Thread) -> int | None:
        """Look."""


class Asks(Protocol):
    """Whether this reader opened the thread, under whatever name the server can know of."""

    def __call__(self, *, reader: Member, thread: Thread) -> bool:
        """Look."""


_OPENERS: dict[str, FindOpener] = {}
_ALIASES: dict[str, FindOpener] = {}
_ASKERS: dict[str, Asks] = {}
_PLACES: dict[str, Locate] = {}


def register_place(kind: str, locate: Locate) -> None:
    """Say which function locates threads of this kind."""
    _PLACES[kind] = locate


def thread_address(*, reader: Member, thread: Thread) -> str | None:
    """The address of the thread's page, or None where it is not for this reader."""
    locate = _PLACES.get(thread.kind)
    return locate(reader=reader, thread=thread) if locate else None


def address_of(*, reader: Member, thread: Thread) -> str:
    """The address of the thread's page; 404 where it is not for this reader."""
    address = thread_address(reader=reader, thread=thread)
    if address is None:
        raise Http404
    return address


def register_opener(kind: str, find: FindOpener) -> None:
    """Say which function knows who opened threads of this kind."""
    _OPENERS[kind] = find


def opener_of(thread: Thread) -> int | None:
    """Who opened the thread under their own pseudonym, to be told of answers."""
    find = _OPENERS.get(thread.kind)
    return find(thread=thread) if find else None


def register_alias(kind: str, find: FindOpener) -> None:
    """Say which function knows who opened threads of this kind under an alias: asked only to tell them and to know them again."""
    _ALIASES[kind] = find


def alias_opener_of(thread: Thread) -> int | None:
    """Who opened the thread under an alias. What follows from it must leave no row that names them (notifications.held)."""
    find = _ALIASES.get(thread.kind)
    return find(thread=thread) if find else None


def register_asker(kind: str, asks: Asks) -> None:
    """Say which function knows who opened threads of this kind, where that may be behind an alias too."""
    _ASKERS[kind] = asks


def reader_asks(*, reader: Member, thread: Thread) -> bool:
    """Whether this reader opened the thread."""
    asks = _ASKERS.get(thread.kind)
    return asks(reader=reader, thread=thread) if asks else opener_of(thread) == reader.pk


def is_askers(comment: Comment) -> bool:
    """Whether who opened the thread wrote the comment, under the same pseudonym or as nobody."""
    opener_id = opener_of(comment.thread)
    return comment.by_opener or (opener_id is not None and comment.author_id == opener_id)
