"""Keyset pages over days: a day holds many rows, so the random id decides within it."""

import base64
import binascii
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from curbside.kit.paging import PAGE_SIZE, Page

Row = TypeVar("Row", bound=Model)


def page_by_day(rows: QuerySet[Row], cursor: str, *, day: str, newest_first: bool, size: int = PAGE_SIZE) -> Page[Row]:
    """A page ordered by (day, random id); ``cursor`` is empty or a former ``next_cursor``; one that cannot be read gives the first page."""
    sign, step = ("-", "lt") if newest_first else ("", "gt")
    after = _read(cursor)
    if after is not None:
        rows = rows.filter(Q(**{f"{day}__{step}": after[0]}) | Q(**{day: after[0], f"pk__{step}": after[1]}))
    found = list(rows.order_by(f"{sign}{day}", f"{sign}pk")[: size + 1])
    shown = found[:size]
    return Page(shown, _write(getattr(shown[-1], day), shown[-1].pk) if len(found) > size else "")


def _write(day: date, row_id: int) -> str:
    return base64.urlsafe_b64encode(f"{day.toordinal()}.{row_id}".encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[date, int] | None:
    try:
        ordinal, row_id = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii").split(".")
        number = int(row_id)
        return (date.fromordinal(int(ordinal)), number) if 0 < number < 1 << 63 else None
    except (ValueError, binascii.Error, OverflowError):
        return None
