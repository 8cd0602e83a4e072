"""Brings to the moderators what others say could do harm."""

from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.reasons import Reason
from curbside.anonymous.moderation.models import Report
from curbside.anonymous.moderation.posts import Post
from curbside.anonymous.polls.models import Poll
from curbside.kit.clock import today


def note_warning(*, thread_id: int, comment_id: int) -> None:
    """Bring an answer that was said to be harmful to the queue (discussion.noticing). Nothing else happens to it."""
    case = (
        Case.objects.select_related("author").filter(thread=thread_id).first()
        or Poll.objects.select_related("author").filter(thread=thread_id).first()
    )
    if case is None:
        return
    waits = {"outcome": Report.Outcome.OPEN, "answered_on": None, "reported_on": today()}
    Report.objects.update_or_create(
        case_id=case.pk, comment_id=comment_id, reporter=None, reason=Reason.DANGER, defaults={**waits, **Post(case).hub()}
    )
