"""A case's specialty, conditions and urgency, corrected by a moderator: told to the author, who can edit them back, and counted."""

from django.db import transaction

from curbside.anonymous.cases.documents import Named
from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.retagging import retag_case
from curbside.anonymous.membership.models import Member
from curbside.anonymous.moderation.judging import log, tell
from curbside.anonymous.moderation.models import Decision, LogEntry
from curbside.anonymous.moderation.posts import Post
from curbside.anonymous.moderation.sentences import TagReason


@transaction.atomic
def correct_tags(
    *, moderator: Member, case: Case, specialty: str, conditions: tuple[Named, ...], urgency: str, reason: TagReason
) -> Decision:
    """Put the tags right. The decision is of the hub that the case was in: its moderators did it."""
    post = Post(case)
    hub, author = post.hub(), post.author
    retag_case(case=case, specialty=specialty, conditions=conditions, urgency=urgency)
    tell(post.author_ids(), post)
    log(LogEntry.Deed.TAGS, reason, case_id=case.pk)
    return Decision.objects.create(**post.place(), **hub, author=author, decided_by=moderator, action=Decision.Action.TAGS, reason=reason)
