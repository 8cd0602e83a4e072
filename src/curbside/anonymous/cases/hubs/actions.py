"""Measures how soon a specialty's cases are answered, from the minutes of posts. It never asks who answered whom."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from django.db import transaction

from curbside.anonymous.cases.models import Case, HubPace
from curbside.kit.clock import now

MEASURED_DAYS: Final = 90


@transaction.atomic
def measure_hubs() -> int:
    """Write every hub's pace anew; gives how many have one. Safe to repeat. Three queries, whatever the number of cases."""
    waits: dict[str, list[int | None]] = {}
    asked = Case.objects.first_answers_since(now() - timedelta(days=MEASURED_DAYS))
    for specialty, posted_at, first_answer_at in asked.iterator():
        waits.setdefault(specialty, []).append(_minutes(posted_at, first_answer_at))
    paces = [_pace(specialty, measured) for specialty, measured in sorted(waits.items()) if any(wait is not None for wait in measured)]
    HubPace.objects.all().delete()
    HubPace.objects.bulk_create(paces)
    return len(paces)


def _minutes(posted_at: datetime, first_answer_at: datetime | None) -> int | None:
    return int((first_answer_at - posted_at).total_seconds()) // 60 if first_answer_at is not None else None


def _pace(specialty: str, measured: Sequence[int | None]) -> HubPace:
    waits = [wait for wait in measured if wait is not None]
    return HubPace(specialty=specialty, asked=len(measured), answered=len(waits), minutes=round(median(waits)))
