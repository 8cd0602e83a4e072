"""The clock, coarse on purpose: what is stored next to a person is a date, next to a text a minute."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """The exact time, for comparing only; never store it beside a person."""
    return datetime.now(UTC)


def this_minute() -> datetime:
    """Now, with seconds cut off: the finest time that a text may carry."""
    return now().replace(second=0, microsecond=0)


def today() -> date:
    """Today in UTC: the finest time that a person may carry."""
    return now().date()
