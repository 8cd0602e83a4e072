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


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows of one page, and the cursor of the next or an empty string."""

    rows: Sequence[Row]
    next_cursor: str


def page_newest_first(rows: QuerySet[Row], cursor: str, *, minute: str = "posted_at", size: int = PAGE_SIZE) -> Page[Row]:
    """A page ordered by (minute, random id), newest first; ``cursor`` is empty or a former ``next_cursor``.

    A cursor that cannot be read gives the first page.
    """
    return _page(rows, cursor, minute=minute, size=size, order=("lt", "-"))


def page_oldest_first(rows: QuerySet[Row], cursor: str, *, minute: str = "posted_at", size: int = PAGE_SIZE) -> Page[Row]:
    """The same, oldest first."""
    return _page(rows, cursor, minute=minute, size=size, order=("gt", ""))


def _page(rows: QuerySet[Row], cursor: str, *, minute: str, size: int, order: tuple[str, str]) -> Page[Row]:
    beyond, sign = order
    after = _read(cursor)
    if after is not None:
        moment, row_id = after
        rows = rows.filter(Q(**{f"{minute}__{beyond}": moment}) | Q(**{minute: moment, f"pk__{beyond}": row_id}))
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
