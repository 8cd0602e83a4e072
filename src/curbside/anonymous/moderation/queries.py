"""Reads who moderates, and the log."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from curbside.anonymous.discussion.models import Thread
from curbside.anonymous.discussion.own import Marks, Own, marks
from curbside.anonymous.membership.models import Member
from curbside.anonymous.moderation.models import LogEntry, MessageReport, Moderator, Report
from curbside.anonymous.notifications.threads import TitledThread

LOG_PAGE = 50
MODERATOR = "moderator"


@dataclass(frozen=True, slots=True)
class ModeratorsTools:
    """The addresses of a moderator's tools (discussion.tools)."""

    def log(self) -> str:
        """Where what moderators did stands."""
        return reverse("moderation:show_log")

    def remove_case(self, case_id: int) -> str:
        """Where a case is removed."""
        return reverse("moderation:remove_case", args=[case_id])

    def remove_comment(self, comment_id: int) -> str:
        """Where a comment is removed."""
        return reverse("moderation:remove_comment", args=[comment_id])

    def correct_tags(self, case_id: int) -> str:
        """Where a case's specialty, conditions and urgency are corrected."""
        return reverse("moderation:correct_tags", args=[case_id])

    def block_quota(self, case_id: int) -> str:
        """Where the quota behind a one-off post of today is blocked."""
        return reverse("moderation:block_quota", args=[case_id])


def own_moderation() -> TitledThread:
    """Where a decision is read whose post cannot be read any more (notifications.threads)."""
    return TitledThread(_("Moderation and you"), reverse("moderation:show_mine"))


@dataclass(frozen=True, slots=True)
class ReportAddresses:
    """Where any member reports (discussion.tools)."""

    def mine(self) -> str:
        """Where a member reads what became of their reports and posts."""
        return reverse("moderation:show_mine")

    def report_case(self, case_id: int) -> str:
        """Where a case is reported."""
        return reverse("moderation:report_case", args=[case_id])

    def report_comment(self, comment_id: int) -> str:
        """Where a comment is reported."""
        return reverse("moderation:report_comment", args=[comment_id])

    def report_message(self, message_id: int) -> str:
        """Where a private message is reported."""
        return reverse("moderation:report_message", args=[message_id])


def is_moderator(member: Member) -> bool:
    """Whether the operator appointed this member. One query."""
    return Moderator.objects.filter(member=member).exists()


def reports_to_judge(moderator: Moderator) -> QuerySet[MessageReport]:
    """Reports of private messages that wait for this moderator: never those in which they are one of the two, who knows the other."""
    waiting = MessageReport.objects.filter(outcome=Report.Outcome.OPEN)
    others = waiting.exclude(Q(accused=moderator.member) | Q(reporter=moderator.member))
    return others if moderator.judges_all else others.none()


def moderators_tools(*, reader: Member, own: Own | None = None) -> ModeratorsTools | None:
    """A moderator's tools. One query, or none where a page has read the reader's marks."""
    moderates = is_moderator(reader) if own is None else bool(own[MODERATOR])
    return ModeratorsTools() if moderates else None


def moderator_mark(*, reader: Member, thread: Thread) -> Marks:  # noqa: ARG001 - whoever moderates does so everywhere
    """Whether the reader moderates, to be read along with a page (discussion.own)."""
    return marks(Moderator.objects.filter(member=reader), what=MODERATOR)


def log_page(number: str) -> Page[LogEntry]:
    """A page of the log, newest day first; within a day in no order. Two queries."""
    return Paginator(LogEntry.objects.order_by("-done_on", "-pk"), LOG_PAGE).get_page(number)
