"""What moderators do, each deed with its line in the log, and whom the operator appoints."""

from django.db import transaction

from curbside.anonymous.cases import actions as cases
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.reasons import Reason
from curbside.anonymous.membership.models import Member
from curbside.anonymous.moderation.models import LogEntry, Moderator


@transaction.atomic
def block_quota(*, case: Case, reason: Reason) -> None:
    """End the one-off posts of whoever wrote this one, until the day is over. Who that is stays unknown."""
    cases.block_quota(case=case)
    LogEntry.objects.create(deed=LogEntry.Deed.BLOCK_QUOTA, reason=reason, case_id=case.pk)


def appoint(*, member: Member, specialty: str = "", country: str = "") -> bool:
    """Make a member a moderator of one hub, or of all; false where they were one already, whose hub then changes."""
    return Moderator.objects.update_or_create(member=member, defaults={"specialty": specialty, "country": country})[1]


def dismiss(*, member: Member) -> bool:
    """Take the tools away; false where there were none."""
    return Moderator.objects.filter(member=member).delete()[0] > 0
