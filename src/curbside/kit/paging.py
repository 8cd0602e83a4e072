"""Keyset pages: the next page begins after the last row shown, so that a list costs the same at any depth."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
PAGE_SIZE = 20
_DOWN, _UP = ("lt", "-"), ("gt", "")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows of one page, and the cursor of the next or an empty string."""

    rows: Sequence[Row]
    next_cursor: str


def page_newest_first(rows: QuerySet[Row], cursor: str, *, minute: str = "posted_at", size: int = PAGE_SIZE) -> Page[Row]:
    """A page ordered by (minute, random id), newest first; ``cursor`` is empty or a former ``next_cursor``.

    A cursor that cannot be read gives the first page.
    """
    return _page(rows, cursor, minute=minute, size=size, order=_DOWN)


def page_oldest_first(rows: QuerySet[Row], cursor: str, *, minute: str = "posted_at", size: int = PAGE_SIZE) -> Page[Row]:
    """The same, oldest first."""
    return _page(rows, cursor, minute=minute, size=size, order=_UP)


def page_of_several(branches: Sequence[QuerySet[Row]], found: QuerySet[Row], cursor: str, *, oldest_first: bool = False) -> Page[Row]:
    """A page of what is in any of these branches, each by its own index: no more rows of a branch are read than a page holds. One query.

    ``found`` says how the rows themselves are read, all that are in a branch among them.
    """
    order = _UP if oldest_first else _DOWN
    ids = [found.filter(pk__in=_head(rows, cursor, order).values("pk")).values("pk") for rows in branches]
    if not ids:
        return Page([], "")
    first, *rest = ids
    rows = found.filter(pk__in=first.union(*rest, all=True) if rest else first)
    return _page(rows, cursor, minute="posted_at", size=PAGE_SIZE, order=order)


def _head(rows: QuerySet[Row], cursor: str, order: tuple[str, str]) -> QuerySet[Row]:
    _beyond, sign = order
    return _beyond_cursor(rows, cursor, "posted_at", order).order_by(f"{sign}posted_at", f"{sign}pk")[: PAGE_SIZE + 1]


def cursor_after(row: Model, *, minute: str = "posted_at") -> str:
    """The cursor of a page that begins after this row."""
    return _write(getattr(row, minute), row.pk)


def _beyond_cursor(rows: QuerySet[Row], cursor: str, minute: str, order: tuple[str, str]) -> QuerySet[Row]:
    beyond, _sign = order
    after = _read(cursor)
    if after is None:
        return rows
    moment, row_id = after
    return rows.filter(Q(**{f"{minute}__{beyond}": moment}) | Q(**{minute: moment, f"pk__{beyond}": row_id}))


def _page(rows: QuerySet[Row], cursor: str, *, minute: str, size: int, order: tuple[str, str]) -> Page[Row]:
    _beyond, sign = order
    rows = _beyond_cursor(rows, cursor, minute, order)
    found = list(rows.order_by(f"{sign}{minute}", f"{sign}pk")[: size + 1])
    shown = found[:size]
    more = len(found) > size
    return Page(shown, _write(getattr(shown[-1], minute), shown[-1].pk) if more else "")


def _write(moment: datetime, row_id: int) -> str:
    return base64.urlsafe_b64encode(f"{int(moment.timestamp())}.{row_id}".encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[datetime, int] | None:
    try:
        seconds, row_id = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii").split(".")
        number = int(row_id)
        return (datetime.fromtimestamp(int(seconds), UTC), number) if 0 < number < 1 << 63 else None
    except (ValueError, binascii.Error, OverflowError, OSError):
        return None
