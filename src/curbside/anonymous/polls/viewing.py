"""How often polls are opened by members who have not answered (discussion.viewing)."""

from curbside.anonymous.discussion.viewing import ViewCounter
from curbside.anonymous.polls.models import Poll

SEEN = ViewCounter(Poll.objects.all, "opened_count")
