"""Writes of reports and judgements: what members ask of moderators, and what comes of it. Appeals: moderation.appeals."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from curbside.anonymous.cases import actions as cases
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion import actions as discussion
from curbside.anonymous.discussion.access import require_writer
from curbside.anonymous.discussion.reasons import Reason
from curbside.anonymous.membership import actions as membership
from curbside.anonymous.membership.models import BanReason, Member
from curbside.anonymous.moderation.models import Decision, HeldSanction, LogEntry, Report
from curbside.anonymous.moderation.posts import OWN_POST, Post
from curbside.anonymous.moderation.words import holds_harsh_words
from curbside.anonymous.notifications.actions import notify
from curbside.anonymous.notifications.held import notify_later
from curbside.anonymous.notifications.kinds import Kind
from curbside.anonymous.polls import actions as polls
from curbside.anonymous.polls.models import Poll
from curbside.anonymous.sealing.actions import erase_texts, seal_text
from curbside.anonymous.sealing.secrecy import JSONValue, TextId
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
class Judgement:
    """What a moderator chose."""

    action: Decision.Action
    reason: Reason
    sanction: str = ""
    weeks: int = 0
    sentence: str = ""


@transaction.atomic
def report_post(*, reporter: Member, post: Post, reason: Reason, words: str) -> Report:
    """Bring a post to the moderators. One that may tell who a patient is can be hidden until they have looked."""
    require_writer(reporter)
    if reporter in {post.author, post.hidden_author()}:
        raise Conflict(_("This is your own. You can edit or remove it yourself."))
    REPORT_LIMIT.count(str(reporter.pk))
    hides = reason is Reason.PATIENT and post.state in {"open", "shown"} and _may_hide(reporter, post)
    try:
        with transaction.atomic():
            report = Report.objects.create(
                **post.place(), **post.hub(), reporter=reporter, reason=reason, hid=hides,
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
    case = (
        Case.objects.select_related("author").filter(thread=thread_id).first()
        or Poll.objects.select_related("author").filter(thread=thread_id).first()
    )
    if case is None:
        return
    waits = {
        "outcome": Report.Outcome.OPEN,
        "answered_on": None,
        "reported_on": today(),
        **Post(case).hub(),
    }
    Report.objects.update_or_create(reporter=None, reason=Reason.ABUSE, case_id=case.pk, comment_id=comment_id, defaults=waits)


def _may_hide(reporter: Member, post: Post) -> bool:
    """Not the newly joined, not more than two posts a day, not again what was judged, nor by whom was found wrong twice in a month."""
    if reporter.joined_on > today() - timedelta(days=HIDING_AFTER_DAYS):
        return False
    if Report.objects.filter(**post.place()).exclude(outcome=Report.Outcome.OPEN).exists():
        return False
    hidings = Report.objects.filter(reporter=reporter, hid=True)
    wrong = hidings.filter(outcome=Report.Outcome.KEPT).count()
    return hidings.filter(reported_on=today()).count() < HIDINGS_A_DAY and wrong < 2  # noqa: PLR2004 - see above


def _hide(post: Post, reason: Reason | None) -> None:
    if post.comment:
        discussion.hide_comment(comment=post.comment, reason=reason)
    elif isinstance(post.case, Poll):
        polls.hide_poll(poll=post.case, reason=reason)
    else:
        cases.hide_case(case=post.case, reason=reason)


def show(post: Post) -> None:
    """Take back what hid it."""
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
    author, hidden = post.author, post.hidden_author()
    if moderator in {author, hidden}:
        raise NotAllowed(OWN_POST)
    _leave_to_appeals(post, judgement)
    show(post)  # so that a post hidden at once is hidden anew with its reason
    if judgement.action is Decision.Action.HIDE:
        _hide(post, judgement.reason)
    elif judgement.action is Decision.Action.REMOVE:
        _remove(post, judgement.reason)
    reporters = _answer_reports(post, judgement.action)
    tell(post.author_ids() | reporters, post)
    if hidden is not None:
        _hold(hidden, post, judgement)
    sanction = punish(author, judgement)
    log(_deed(post, judgement.action), judgement.reason, case_id=post.case.pk)
    return Decision.objects.create(
        **post.place(), **post.hub(), author=author, decided_by=moderator,
        action=judgement.action, reason=judgement.reason, sanction=sanction, sentence=judgement.sentence,
    )  # fmt: skip


def _hold(hidden: Member, post: Post, judgement: Judgement) -> None:
    """For who is behind an alias: news and sanction later, so that nothing written here stands beside a row that names them."""
    notify_later(recipients=[hidden.pk], kind=Kind.MODERATION, thread_id=post.case.thread_id, comment_id=post.comment_id or None)
    if judgement.sanction:
        note: dict[str, JSONValue] = {
            "to": bytes(hidden.nullifier).hex(),
            "deed": judgement.sanction,
            "reason": judgement.reason.value,
            "weeks": judgement.weeks,
        }
        HeldSanction.objects.create(text_id=seal_text(document=note))


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


def tell(member_ids: set[int], post: Post) -> None:
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


def punish(author: Member | None, judgement: Judgement) -> int | None:
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


def log(deed: LogEntry.Deed, reason: str, *, case_id: int | None) -> None:
    """A line for everyone's counts and the moderators' log."""
    LogEntry.objects.create(deed=deed, reason=reason, case_id=case_id)
