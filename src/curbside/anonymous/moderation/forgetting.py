"""What moderation forgets: by the clock, and when a member leaves."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.membership.models import Member
from curbside.anonymous.moderation.letters import forget_quotes
from curbside.anonymous.moderation.models import APPEAL_DAYS, Decision, MessageReport, Report
from curbside.anonymous.moderation.notes import erase_notes_of, forget_notes
from curbside.anonymous.polls.models import Poll
from curbside.anonymous.sealing.actions import erase_texts
from curbside.anonymous.sealing.secrecy import TextId
from curbside.kit.clock import today


@transaction.atomic
def forget_decisions() -> int:
    """Forget, after the month for appeals, who decided and of whom, and answered reports with who made them; gives how many decisions."""
    last_day = today() - timedelta(days=APPEAL_DAYS)
    _close_reports_of_erased_posts()
    forget_notes()
    Report.objects.filter(answered_on__lt=last_day).delete()
    appealed = Decision.objects.filter(message_id__gt=0, appeal=Decision.Appeal.WAITING).values("message_id")
    forget_quotes(MessageReport.objects.filter(answered_on__lt=last_day).exclude(message_id__in=appealed))
    old = Decision.objects.filter(decided_on__lt=last_day, decided_by__isnull=False).exclude(appeal=Decision.Appeal.WAITING)
    return old.update(decided_by=None, author=None, sanction=None, country="")


def _close_reports_of_erased_posts() -> None:
    """Nobody can judge what its author took away meanwhile."""
    cases = Case.objects.filter(pk=OuterRef("case_id"), text_id__isnull=False)
    asked = Poll.objects.filter(pk=OuterRef("case_id"), text_id__isnull=False)
    comments = Comment.objects.filter(pk=OuterRef("comment_id"), text_id__isnull=False)
    gone = Report.objects.filter((~Exists(cases) & ~Exists(asked)) | ~Q(comment_id=0) & ~Exists(comments), outcome=Report.Outcome.OPEN)
    erase_texts(text_ids=[TextId(text_id) for text_id in gone.values_list("text_id", flat=True) if text_id is not None])
    gone.update(outcome=Report.Outcome.GONE, answered_on=today(), text_id=None)


@transaction.atomic
def erase_words_of(*, member: Member) -> None:
    """A leaving member's reports, and their words in appeals."""
    reports = Report.objects.filter(reporter=member)
    appeals = Decision.objects.filter(author=member, text_id__isnull=False)
    held = [*reports.values_list("text_id", flat=True), *appeals.values_list("text_id", flat=True)]
    erase_texts(text_ids=[TextId(text_id) for text_id in held if text_id is not None])
    reports.delete()
    erase_notes_of(member=member)
    forget_quotes(MessageReport.objects.filter(Q(reporter=member) | Q(accused=member)))
    appeals.update(text_id=None, appeal=Decision.Appeal.UPHELD)
