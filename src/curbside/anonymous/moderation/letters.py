"""Reports of private messages: a member brings the words as their own browser opened them, and a moderator of all hubs judges.

The server cannot open the message, nor tell whether these were its words: the page that is judged on says so.
"""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from curbside.anonymous.discussion.access import require_writer
from curbside.anonymous.discussion.reasons import Reason
from curbside.anonymous.membership.models import Member
from curbside.anonymous.messages import actions as messages
from curbside.anonymous.messages.models import Message
from curbside.anonymous.moderation.judging import REPORT_LIMIT, Judgement, log, punish
from curbside.anonymous.moderation.models import Decision, LogEntry, MessageReport, Report
from curbside.anonymous.sealing.actions import erase_texts, seal_text
from curbside.anonymous.sealing.secrecy import TextId
from curbside.kit.clock import today
from curbside.kit.errors import Conflict, NotAllowed


@transaction.atomic
def report_message(*, reporter: Member, message: Message, reason: Reason, quoted: str, words: str) -> MessageReport:
    """Bring a message to the moderators."""
    require_writer(reporter)
    REPORT_LIMIT.count(str(reporter.pk))
    try:
        with transaction.atomic():
            return MessageReport.objects.create(
                message_id=message.pk, reporter=reporter, accused_id=message.author_id, reason=reason,
                text_id=seal_text(document={"quoted": quoted, "words": words}),
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(_("You reported this already.")) from error


@transaction.atomic
def judge_message(*, moderator: Member, report: MessageReport, judgement: Judgement) -> Decision:
    """Do what the moderator chose. What the report quotes is erased, or kept for the month in which it can be appealed."""
    if moderator.pk in {report.accused_id, report.reporter_id}:
        raise NotAllowed(_("You are one of the two: another moderator judges it."))
    removes = judgement.action is Decision.Action.REMOVE
    outcome = Report.Outcome.REMOVED if removes else Report.Outcome.KEPT
    waiting = MessageReport.objects.filter(pk=report.pk, outcome=Report.Outcome.OPEN)
    if not waiting.update(outcome=outcome, answered_on=today()):
        raise Conflict(_("Another moderator judged this meanwhile."))
    if removes:
        _remove(report.message_id)
    elif not judgement.sanction:
        _erase_quote(report)
    log(LogEntry.Deed.REMOVE_MESSAGE if removes else LogEntry.Deed.KEEP, judgement.reason, case_id=None)
    return Decision.objects.create(
        case_id=0, message_id=report.message_id, author=report.accused, decided_by=moderator, action=judgement.action,
        reason=judgement.reason, sanction=punish(report.accused, judgement), sentence=judgement.sentence,
    )  # fmt: skip


def _remove(message_id: int) -> None:
    """For both; nothing where its author erased it meanwhile."""
    if message := Message.objects.filter(pk=message_id).first():
        messages.remove_message(message=message)


def _erase_quote(report: MessageReport) -> None:
    if report.text_id is not None:
        erase_texts(text_ids=[TextId(report.text_id)])
    MessageReport.objects.filter(pk=report.pk).update(text_id=None)


def forget_quotes(reports: QuerySet[MessageReport]) -> None:
    """Erase these reports with what they quote."""
    erase_texts(text_ids=[TextId(text_id) for text_id in reports.values_list("text_id", flat=True) if text_id is not None])
    reports.delete()
