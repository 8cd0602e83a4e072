"""What moderators do, each deed with its line in the log, and whom the operator appoints."""

from django.db import transaction

from curbside.anonymous.cases import actions as cases
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion import actions as discussion
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.discussion.reasons import Reason
from curbside.anonymous.membership.models import Member
from curbside.anonymous.moderation.models import LogEntry, Moderator


@transaction.atomic
def remove_case(*, case: Case, reason: Reason) -> None:
    """Erase the words; the page stays and says why."""
    cases.bar_case(case=case, reason=reason)
    LogEntry.objects.create(deed=LogEntry.Deed.REMOVE_CASE, reason=reason, case_id=case.pk)


@transaction.atomic
def remove_comment(*, comment: Comment, case: Case, reason: Reason) -> None:
    """Erase the words; the place stays and says why."""
    discussion.bar_comment(comment=comment, reason=reason)
    LogEntry.objects.create(deed=LogEntry.Deed.REMOVE_COMMENT, reason=reason, case_id=case.pk)


@transaction.atomic
def block_quota(*, case: Case, reason: Reason) -> None:
    """End the one-off posts of whoever wrote this one, until the day is over. Who that is stays unknown."""
    cases.block_quota(case=case)
    LogEntry.objects.create(deed=LogEntry.Deed.BLOCK_QUOTA, reason=reason, case_id=case.pk)


def appoint(*, member: Member, specialty: str = "") -> bool:
    """Make a member a moderator of one specialty, or of all; false where they were one already, whose specialty then changes."""
    return Moderator.objects.update_or_create(member=member, defaults={"specialty": specialty})[1]


def dismiss(*, member: Member) -> bool:
    """Take the tools away; false where there were none."""
    return Moderator.objects.filter(member=member).delete()[0] > 0
