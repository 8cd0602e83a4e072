"""How often cases are opened (discussion.viewing)."""

from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.viewing import WRITE_EVERY, ViewCounter

__all__ = ["VIEWS", "WRITE_EVERY"]

VIEWS = ViewCounter(Case.objects.all, "view_count")
