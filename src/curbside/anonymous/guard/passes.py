"""The pass that shows that a request for marks comes from a page of this site: the same for every member, and for one day.

So the address of the guard works for members only, and cannot tell which of them asks.
"""

from datetime import date, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from curbside.kit.clock import today


def pass_of(day: date) -> str:
    """What pages of that day carry."""
    return salted_hmac("curbside.guard.pass", day.isoformat(), algorithm="sha256").hexdigest()[:32]


def is_pass(text: str) -> bool:
    """Whether a page of today or yesterday carried it."""
    return any(constant_time_compare(text, pass_of(today() - timedelta(days=days))) for days in (0, 1))
