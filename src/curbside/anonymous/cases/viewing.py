"""Counts how often cases are opened, and never by whom.

Counts wait in memory and are written together about once a minute, so that reading does not write, and so that what the database
shows over time says no more than "some of these were opened in some minute". Opening a page twice counts twice: to know better,
one would have to remember who opened what. A restart loses the counts of its last minute.
"""

import threading
import time
from collections import Counter

from django.db.models import Case as Choose
from django.db.models import F, IntegerField, Value, When

from curbside.anonymous.cases.models import Case

WRITE_EVERY = 60.0
"""Seconds."""


class ViewCounter:
    """The counts of this process that are not written yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: Counter[int] = Counter()
        self._written_at = time.monotonic()

    def count(self, case_id: int) -> None:
        """Count one opening; about once a minute this also writes, in one query."""
        with self._lock:
            self._waiting[case_id] += 1
            due = time.monotonic() - self._written_at >= WRITE_EVERY
        if due:
            self.write()

    def write(self) -> None:
        """Add what waits to the database. One query, or none where nothing waits."""
        with self._lock:
            waiting, self._waiting = self._waiting, Counter()
            self._written_at = time.monotonic()
        if waiting:
            added = Choose(*(When(pk=case_id, then=Value(times)) for case_id, times in waiting.items()), output_field=IntegerField())
            Case.objects.filter(pk__in=waiting.keys()).update(view_count=F("view_count") + added)

    def forget(self) -> None:
        """Drop what waits."""
        with self._lock:
            self._waiting.clear()
            self._written_at = time.monotonic()


VIEWS = ViewCounter()
