"""Writes of reports, judgements and appeals: what members ask of moderators, and what comes of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from curbside.anonymous.cases import actions as cases
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion import actions as discussion
from curbside.anonymous.discussion.access import require_writer
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.discussion.reasons import Reason
from curbside.anonymous.membership import actions as membership
from curbside.anonymous.membership.models import BanReason, Member
from curbside.anonymous.moderation.models import APPEAL_DAYS, Decision, LogEntry, Report
from curbside.anonymous.moderation.words import holds_harsh_words
from curbside.anonymous.notifications.actions import notify
from curbside.anonymous.notifications.kinds import Kind
from curbside.anonymous.polls import actions as polls
from curbside.anonymous.polls.models import Poll
from curbside.anonymous.sealing.actions import erase_texts, seal_text
from curbside.anonymous.sealing.secrecy import TextId
from curbside.kit.clock import today
from curbside.kit.errors import Conflict, NotAllowed
from curbside.kit.limits import RateLimit

REPORT_LIMIT = RateLimit(times=20, seconds=24 * 60 * 60)
HIDING_AFTER_DAYS: Final = 30
"""How long one must be a member for a report to hide a post at once."""
HIDINGS_A_DAY: Final = 2

_BAN_REASONS: Final = {
    Reason.PATIENT: BanReason.PATIENTS,
    Reason.PERSON: BanReason.PEOPLE,
    Reason.ABUSE: BanReason.ABUSE,
    Reason.DANGER: BanReason.DANGER,
    Reason.SELLING: BanReason.SELLING,
    Reason.OFF_TOPIC: BanReason.OFF_TOPIC,
}


@dataclass(frozen=True, slots=True)
class Post:
    """A case or a poll, or a comment under it. Ids are random, so that of a poll is no case's."""

    case: Case | Poll
    comment: Comment | None = None

    @property
    def author(self) -> Member | None:
        """Who wrote it; none of a one-off post."""
        return self.comment.author if self.comment else self.case.author

    @property
    def comment_id(self) -> int:
        """As rows keep it."""
        return self.comment.pk if self.comment else 0

    @property
    def state(self) -> str:
        """Shown, hidden or erased, in its room's word."""
        return self.comment.state if self.comment else self.case.state

    @property
    def edited_at(self) -> datetime | None:
        """When its words were changed last."""
        return self.comment.edited_at if self.comment else self.case.edited_at

    @property
    def address(self) -> str:
        """The page it stands on."""
        return reverse("polls:show_poll" if isinstance(self.case, Poll) else "cases:show_case", args=[self.case.pk])

    def author_ids(self) -> set[int]:
        """Whom to tell of what becomes of it."""
        return {self.author.pk} if self.author else set()

    def place(self) -> dict[str, int]:
        """By which reports and decisions find it."""
        return {"case_id": self.case.pk, "comment_id": self.comment_id}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a moderator chose."""

    action: Decision.Action
    reason: Reason
    sanction: str = ""
    weeks: int = 0


@transaction.atomic
def report_post(*, reporter: Member, post: Post, reason: Reason, words: str) -> Report:
    """Bring a post to the moderators. One that may tell who a patient is can be hidden until they have looked."""
    require_writer(reporter)
    if post.author == reporter:
        raise Conflict(_("This is your own. You can edit or remove it yourself."))
    REPORT_LIMIT.count(str(reporter.pk))
    hides = reason is Reason.PATIENT and post.state in {"open", "shown"} and _may_hide(reporter, post)
    try:
        with transaction.atomic():
            report = Report.objects.create(
                **post.place(), specialty=post.case.specialty, reporter=reporter, reason=reason, hid=hides,
                text_id=seal_text(document={"words": words}) if words else None,
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(_("You reported this already.")) from error
    if hides:
        _hide(post, None)
    return report


def note_harsh_words(*, thread_id: int, comment_id: int, words: str) -> None:
    """Bring a post with a harsh word to the moderators (discussion.noticing); anew where its words changed. Nothing else happens to it."""
    if not holds_harsh_words(words):
        return
    case = Case.objects.filter(thread=thread_id).first() or Poll.objects.filter(thread=thread_id).first()
    if case is None:
        return
    waits = {
        "outcome": Report.Outcome.OPEN,
        "answered_on": None,
        "reported_on": today(),
        "reason": Reason.ABUSE,
        "specialty": case.specialty,
    }
    Report.objects.update_or_create(reporter=None, case_id=case.pk, comment_id=comment_id, defaults=waits)


def _may_hide(reporter: Member, post: Post) -> bool:
    """Not the newly joined, not more than two posts a day, not again what was judged, nor by whom moderators found wrong twice."""
    if reporter.joined_on > today() - timedelta(days=HIDING_AFTER_DAYS):
        return False
    if Report.objects.filter(**post.place()).exclude(outcome=Report.Outcome.OPEN).exists():
        return False
    hidings = Report.objects.filter(reporter=reporter, hid=True)
    wrong = hidings.filter(outcome=Report.Outcome.KEPT, reported_on__gt=today() - timedelta(days=90)).count()
    return hidings.filter(reported_on=today()).count() < HIDINGS_A_DAY and wrong < 2  # noqa: PLR2004 - see above


def _hide(post: Post, reason: Reason | None) -> None:
    if post.comment:
        discussion.hide_comment(comment=post.comment, reason=reason)
    elif isinstance(post.case, Poll):
        polls.hide_poll(poll=post.case, reason=reason)
    else:
        cases.hide_case(case=post.case, reason=reason)


def _show(post: Post) -> None:
    if post.comment:
        discussion.show_comment_again(comment=post.comment)
    elif isinstance(post.case, Poll):
        polls.show_poll_again(poll=post.case)
    else:
        cases.show_case_again(case=post.case)


def _remove(post: Post, reason: Reason) -> None:
    if post.comment:
        discussion.bar_comment(comment=post.comment, reason=reason)
    elif isinstance(post.case, Poll):
        polls.bar_poll(poll=post.case, reason=reason)
    else:
        cases.bar_case(case=post.case, reason=reason)


@transaction.atomic
def judge_post(*, moderator: Member, post: Post, judgement: Judgement) -> Decision:
    """Do what the moderator chose, answer the reports, and keep what an appeal needs."""
    author = post.author
    if author == moderator:
        raise NotAllowed(_("This is your own post: another moderator judges it."))
    _leave_to_appeals(post, judgement)
    _show(post)  # so that a post hidden at once is hidden anew with its reason
    if judgement.action is Decision.Action.HIDE:
        _hide(post, judgement.reason)
    elif judgement.action is Decision.Action.REMOVE:
        _remove(post, judgement.reason)
    reporters = _answer_reports(post, judgement.action)
    _tell(post.author_ids() | reporters, post)
    sanction = _sanction(author, judgement)
    _log(_deed(post, judgement.action), judgement.reason, case_id=post.case.pk)
    return Decision.objects.create(
        **post.place(), specialty=post.case.specialty, author=author, decided_by=moderator,
        action=judgement.action, reason=judgement.reason, sanction=sanction,
    )  # fmt: skip


def _leave_to_appeals(post: Post, judgement: Judgement) -> None:
    """Let nobody go round an appeal: none that waits, and none that was won, unless the words are others since."""
    decisions = list(Decision.objects.select_for_update().filter(**post.place()))
    if any(decision.appeal == Decision.Appeal.WAITING for decision in decisions):
        raise Conflict(_("An appeal about this post waits. Another moderator decides it first."))
    won_on = max((decision.decided_on for decision in decisions if decision.appeal == Decision.Appeal.REVERSED), default=None)
    keeps = judgement.action is Decision.Action.KEEP and not judgement.sanction
    edited = post.edited_at
    if won_on and not keeps and not (edited and edited.date() > won_on):
        raise Conflict(_("A decision about these words was taken back after an appeal. You can only leave them as they are."))


def _deed(post: Post, action: Decision.Action) -> LogEntry.Deed:
    removal = LogEntry.Deed.REMOVE_COMMENT if post.comment else LogEntry.Deed.REMOVE_CASE
    return {Decision.Action.KEEP: LogEntry.Deed.KEEP, Decision.Action.HIDE: LogEntry.Deed.HIDE, Decision.Action.REMOVE: removal}[action]


def _tell(member_ids: set[int], post: Post) -> None:
    """Tell them that there is news under “Moderation and you”."""
    notify(recipients=member_ids, kind=Kind.MODERATION, thread_id=post.case.thread_id, comment_id=post.comment_id or None)


def _answer_reports(post: Post, action: Decision.Action) -> set[int]:
    """Erase the reports' words and keep the outcome; gives who reported."""
    outcomes = {"keep": Report.Outcome.KEPT, "hide": Report.Outcome.HIDDEN, "remove": Report.Outcome.REMOVED}
    waiting = Report.objects.filter(**post.place(), outcome=Report.Outcome.OPEN)
    erase_texts(text_ids=[TextId(text_id) for text_id in waiting.values_list("text_id", flat=True) if text_id is not None])
    reporters = set(waiting.filter(reporter__isnull=False).values_list("reporter_id", flat=True))
    waiting.update(outcome=outcomes[action], answered_on=today(), text_id=None)
    return reporters


def _sanction(author: Member | None, judgement: Judgement) -> int | None:
    """What the member gets; nothing where nobody is the author. Its line in the log has the month alone, and no page."""
    if author is None or not judgement.sanction:
        return None
    reason, month = _BAN_REASONS[judgement.reason], today().replace(day=1)
    LogEntry.objects.create(deed=judgement.sanction, reason=judgement.reason, case_id=None, done_on=month)
    if judgement.sanction == LogEntry.Deed.WARN:
        return membership.warn_member(member=author, reason=reason).pk
    if judgement.sanction == LogEntry.Deed.SUSPEND:
        return membership.suspend_member(member=author, reason=reason, weeks=judgement.weeks).pk
    return membership.ban_member(member=author, reason=reason).pk


def _log(deed: LogEntry.Deed, reason: str, *, case_id: int) -> None:
    LogEntry.objects.create(deed=deed, reason=reason, case_id=case_id)


@transaction.atomic
def appeal(*, decision: Decision, words: str) -> None:
    """Ask for another moderator, once and within a month."""
    locked = Decision.objects.select_for_update().get(pk=decision.pk)
    if not locked.may_be_appealed:
        raise Conflict(_("You appealed already, or the month for it is over."))
    locked.text_id = seal_text(document={"words": words})
    locked.appeal = Decision.Appeal.WAITING
    locked.save(update_fields=["text_id", "appeal"])


@transaction.atomic
def judge_appeal(*, moderator: Member, decision: Decision, post: Post | None, reverse: bool) -> None:
    """Let a decision stand or take it back; never by who decided it, nor by who appeals."""
    if moderator.pk in {decision.decided_by_id, decision.author_id}:
        raise NotAllowed(_("Another moderator judges this appeal."))
    appeal_now = Decision.Appeal.REVERSED if reverse else Decision.Appeal.UPHELD
    waiting = Decision.objects.filter(pk=decision.pk, appeal=Decision.Appeal.WAITING)
    if not waiting.update(appeal=appeal_now, text_id=None, decided_by=None):
        raise Conflict(_("Another moderator judged this appeal meanwhile."))
    if decision.text_id is not None:
        erase_texts(text_ids=[TextId(decision.text_id)])
    _log(LogEntry.Deed.SHOW_AGAIN if reverse else LogEntry.Deed.UPHOLD, decision.reason, case_id=decision.case_id)
    if post is not None:
        _tell(post.author_ids(), post)
    if reverse:
        if post is not None and decision.action == Decision.Action.HIDE:
            _show(post)
        if decision.sanction is not None:
            membership.take_back(number=decision.sanction)


@transaction.atomic
def forget_decisions() -> int:
    """Forget, after the month for appeals, who decided and of whom, and answered reports with who made them; gives how many decisions."""
    last_day = today() - timedelta(days=APPEAL_DAYS)
    _close_reports_of_erased_posts()
    Report.objects.filter(answered_on__lt=last_day).delete()
    old = Decision.objects.filter(decided_on__lt=last_day, decided_by__isnull=False).exclude(appeal=Decision.Appeal.WAITING)
    return old.update(decided_by=None, author=None, sanction=None)


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
    appeals.update(text_id=None, appeal=Decision.Appeal.UPHELD)
