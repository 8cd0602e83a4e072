"""What is a reader's own on a thread's page, in one query: rooms say here which rows, and pages lay them over the shared layer.

Nothing here is kept from one request to the next.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeAlias, cast

from django.db.models import BigIntegerField, CharField, F, QuerySet, Value
from django.db.models.functions import Cast

from curbside.anonymous.discussion.models import Comment, Thread
from curbside.anonymous.membership.models import Member
from curbside.anonymous.sealing.queries import KeysAlong
from curbside.anonymous.sealing.secrecy import KeyId
from curbside.anonymous.shelf.documents import OwnShelf
from curbside.anonymous.shelf.queries import SealedShelf, sealed_shelf

SHELF: Final = "shelf"
Marks: TypeAlias = "QuerySet[Any, tuple[str, int, str]]"


class FindOwn(Protocol):
    """Gives the reader's own rows about a thread and its comments, as ``marks`` makes them."""

    def __call__(self, *, reader: Member, thread: Thread) -> Marks:
        """Say which."""
        ...


@dataclass(frozen=True, slots=True)
class Own:
    """A reader's own marks: ``own["written"]`` holds the ids of comments, each with its values."""

    found: Mapping[str, Mapping[int, tuple[str, ...]]]

    def __getitem__(self, what: str) -> Mapping[int, tuple[str, ...]]:
        """The marks of one kind; none where there is nothing, so that templates can always ask."""
        return self.found.get(what, {})

    def also(self, **ids: Collection[int]) -> "Own":
        """With marks that a page knows without a query."""
        more = {what: {**self[what], **dict.fromkeys(about, ("",))} for what, about in ids.items()}
        return Own({**self.found, **more})


_finders: list[FindOwn] = []


def register_own(find: FindOwn) -> None:
    """Have these rows read with every thread's page."""
    if find not in _finders:
        _finders.append(find)


def marks(rows: "QuerySet[Any, Any]", *, what: str, about: str = "pk", value: str = "") -> Marks:
    """Rows as marks: a word for what they are, the id they are about, and a value."""
    worth = Cast(F(value), CharField()) if value else Value("", CharField())
    named = rows.order_by().annotate(mark=Value(what, CharField()), mark_about=Cast(F(about), BigIntegerField()), mark_value=worth)
    return cast("Marks", named.values_list("mark", "mark_about", "mark_value"))  # the types of annotations are not known


def own_marks(*, reader: Member, thread: Thread) -> Own:
    """All that is the reader's own on this page. One query."""
    first, *rest = [find(reader=reader, thread=thread) for find in _finders]
    found: dict[str, dict[int, tuple[str, ...]]] = {}
    for what, about, value in first.union(*rest, all=True) if rest else first:
        kind = found.setdefault(what, {})
        kind[about] = (*kind.get(about, ()), value)
    return Own(found)


def own_shelf_here(*, reader: Member, thread: Thread) -> Marks:  # noqa: ARG001 - a shelf is the same on every page
    """The reader's shelf, still sealed."""
    return marks(sealed_shelf(reader), what=SHELF, about="key_id", value="written")


@contextmanager
def shelf_along(own: Own) -> Iterator[Callable[[], OwnShelf]]:
    """The reader's shelf from their marks; its key is read with those of the texts that are read within. One query where none is."""
    key_id, (written,) = next(iter(own[SHELF].items()), (0, ("",)))
    with KeysAlong([KeyId(key_id)] if key_id else []) as along:
        yield lambda: SealedShelf(KeyId(key_id), written).opened(along[KeyId(key_id)]) if key_id else OwnShelf()


def own_comments_here(*, reader: Member, thread: Thread) -> Marks:
    """The reader's comments of this thread."""
    return marks(Comment.objects.written_by(reader.pk).filter(thread=thread), what="written")
