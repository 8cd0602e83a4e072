"""Counts how often something is opened, and never by whom.

Counts wait in memory and are written together about once a minute, so that reading does not write, and so that what the database
shows over time says no more than "some of these were opened in some minute". Opening a page twice counts twice: to know better,
one would have to remember who opened what. A restart loses the counts of its last minute.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db.models import Case as Choose
from django.db.models import F, IntegerField, QuerySet, Value, When

WRITE_EVERY = 60.0
"""Seconds."""


class ViewCounter:
    """The counts of this process that are not written yet, of rows that hold their number in one column."""

    def __init__(self, rows: "Callable[[], QuerySet[Any, Any]]", column: str) -> None:
        self._rows = rows
        self._column = column
        self._lock = threading.Lock()
        self._waiting: Counter[int] = Counter()
        self._written_at = time.monotonic()

    def count(self, row_id: int) -> None:
        """Count one opening; about once a minute this also writes, in one query."""
        with self._lock:
            self._waiting[row_id] += 1
            due = time.monotonic() - self._written_at >= WRITE_EVERY
        if due:
            self.write()

    def write(self) -> None:
        """Add what waits to the database. One query, or none where nothing waits."""
        with self._lock:
            waiting, self._waiting = self._waiting, Counter()
            self._written_at = time.monotonic()
        if waiting:
            added = Choose(*(When(pk=row_id, then=Value(times)) for row_id, times in waiting.items()), output_field=IntegerField())
            self._rows().filter(pk__in=waiting.keys()).update(**{self._column: F(self._column) + added})

    def forget(self) -> None:
        """Drop what waits."""
        with self._lock:
            self._waiting.clear()
            self._written_at = time.monotonic()
