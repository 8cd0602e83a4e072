"""Writes of appeals: an author asks another moderator, who lets a decision stand or takes it back."""

from django.db import transaction
from django.utils.translation import gettext as _

from curbside.anonymous.membership import actions as membership
from curbside.anonymous.membership.models import Member
from curbside.anonymous.moderation.judging import log, show, tell
from curbside.anonymous.moderation.models import Decision, LogEntry
from curbside.anonymous.moderation.posts import Post
from curbside.anonymous.sealing.actions import erase_texts, seal_text
from curbside.anonymous.sealing.secrecy import TextId
from curbside.kit.errors import Conflict, NotAllowed


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
    log(LogEntry.Deed.SHOW_AGAIN if reverse else LogEntry.Deed.UPHOLD, decision.reason, case_id=decision.case_id or None)
    if post is not None:
        tell(post.author_ids(), post)
    if reverse:
        if post is not None and decision.action == Decision.Action.HIDE:
            show(post)
        if decision.sanction is not None:
            membership.take_back(number=decision.sanction)
