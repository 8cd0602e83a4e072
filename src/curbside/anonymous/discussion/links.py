"""When links in a text can be followed: not at once for new members, so that nobody joins to advertise.

It hangs on dates alone and on who wrote, never on who reads, so that a page's text is the same for every reader.
"""

from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings

from curbside.anonymous.membership.models import Member
from curbside.kit.clock import today

_MONDAYS: Final = 7


def links_open_on(began_on: date) -> date:
    """The first Monday after the days of waiting: a Monday, so that the opening tells readers the week of joining and not the day."""
    free_on = began_on + timedelta(days=settings.LINKS_WAIT_DAYS)
    return free_on + timedelta(days=-free_on.weekday() % _MONDAYS)


def links_are_open(author: Member | None, posted_at: datetime) -> bool:
    """Whether links in a text are links. Where nobody's name stands over it, the text's own age counts: it tells nothing of its author."""
    return links_open_on(author.joined_on if author else posted_at.date()) <= today()
