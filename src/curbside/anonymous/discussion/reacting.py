"""Writes of reactions: press once to react, again to take it back; and the asker's word that an answer helped.

Counts stand on what is reacted to. No time is kept, and no row leads to a member (discussion.voters).
"""

from collections.abc import Collection, Iterator
from typing import Final

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from curbside.anonymous.discussion.access import require_writer
from curbside.anonymous.discussion.models import HELPED, Comment, Reaction, Thread
from curbside.anonymous.discussion.voters import voter_codes
from curbside.anonymous.membership.models import Member
from curbside.anonymous.notifications.actions import notify
from curbside.anonymous.notifications.kinds import Kind
from curbside.kit.errors import Conflict, NotAllowed, TooMany
from curbside.kit.ids import random_id
from curbside.kit.limits import RateLimit

REACTION_LIMIT = RateLimit(times=120, seconds=600)
TELL_LIMIT = RateLimit(times=1, seconds=24 * 60 * 60)
"""For one answer and who says that it helped: pressing again and again tells its author once."""
BATCH: Final = 500
_OPPOSITES: Final = {Reaction.Kind.AGREE: Reaction.Kind.DISAGREE, Reaction.Kind.DISAGREE: Reaction.Kind.AGREE}


@transaction.atomic
def react(*, member: Member, thread: Thread, comment: Comment | None, kind: Reaction.Kind) -> None:
    """React, or take the reaction back where it is there."""
    require_writer(member)
    REACTION_LIMIT.count(str(member.pk))
    if comment is None and kind is Reaction.Kind.HELPED:
        raise NotAllowed(_("Only an answer can help."))
    _lock(thread, comment)
    codes = voter_codes(member_id=member.pk, thread_id=thread.pk)
    own = Reaction.objects.filter(voter__in=codes, thread=thread, comment=comment)
    if not _take_back(own, kind, on=comment or thread):
        if kind in _OPPOSITES:
            _take_back(own, _OPPOSITES[kind], on=comment or thread)
        Reaction.objects.create(voter=codes[0], thread=thread, comment=comment, kind=kind)
        _count(kind, on=comment or thread, by=1)
        if comment is not None and kind is Reaction.Kind.HELPED:
            _tell_author(comment, who=str(member.pk), by=member.pk)
    note_help(thread_id=thread.pk)


@transaction.atomic
def mark_as_asker(*, comment: Comment, helped: bool | None = None) -> None:
    """The word of whoever opened the thread, found to be that by the caller, that an answer helped; None for the other of what stands.

    It is kept without a member, so that it says nothing of who is behind an alias or a post as nobody.
    """
    _lock(comment.thread, comment)
    said = Comment.objects.values_list("helped_asker", flat=True).get(pk=comment.pk)
    now_helped = not said if helped is None else helped
    if now_helped == said:
        return
    Comment.objects.filter(pk=comment.pk).update(helped_asker=now_helped)
    if now_helped:
        _tell_author(comment, who="asker", by=None)
    note_help(thread_id=comment.thread_id)


def note_help(*, thread_id: int) -> None:
    """Whether an answer of the thread helped, anew, and its page with it. Call inside a transaction. Two queries."""
    helped = Comment.objects.filter(HELPED, thread=thread_id).exists()
    Thread.objects.filter(pk=thread_id).update(helped=helped, version=random_id())


def forget_reactions(*, comment_ids: Collection[int]) -> None:
    """What was said of comments whose words are erased. Call inside a transaction."""
    Reaction.objects.filter(comment__in=comment_ids).delete()
    Comment.objects.filter(pk__in=comment_ids).update(**{_column(kind): 0 for kind in Reaction.Kind}, helped_asker=False)


@transaction.atomic
def erase_reactions_of(*, member: Member) -> None:
    """A leaving member's rows, in whichever threads they lie. What they counted for stays counted (models.Counted)."""
    for codes in codes_everywhere(member):
        Reaction.objects.filter(voter__in=codes).delete()


def codes_everywhere(member: Member) -> Iterator[list[str]]:
    """The member's codes in every thread that has reactions, batch by batch: nothing else says where somebody reacted."""
    threads = Reaction.objects.order_by("thread").values_list("thread", flat=True).distinct()
    codes = [code for thread_id in threads for code in voter_codes(member_id=member.pk, thread_id=thread_id)]
    for start in range(0, len(codes), BATCH):
        yield codes[start : start + BATCH]


def _lock(thread: Thread, comment: Comment | None) -> None:
    """One press at a time in a thread, so that counts and rows agree."""
    Thread.objects.select_for_update().get(pk=thread.pk)
    if comment is not None and not Comment.objects.filter(pk=comment.pk, state=Comment.State.SHOWN).exists():
        raise Conflict(_("This comment was removed meanwhile."))


def _take_back(own: QuerySet[Reaction], kind: Reaction.Kind, *, on: Comment | Thread) -> bool:
    """Drop the reader's reaction of this kind; gives whether there was one."""
    gone, _by_table = own.filter(kind=kind).delete()
    if gone:
        _count(kind, on=on, by=-1)
    return bool(gone)


def _count(kind: Reaction.Kind, *, on: Comment | Thread, by: int) -> None:
    column = _column(kind)
    if isinstance(on, Comment):
        Comment.objects.filter(pk=on.pk).update(**{column: F(column) + by})
    else:
        Thread.objects.filter(pk=on.pk).update(**{column: F(column) + by})


def _column(kind: Reaction.Kind) -> str:
    return f"{kind.value}_count"


def _tell_author(comment: Comment, *, who: str, by: int | None) -> None:
    """Once a day for each who says so."""
    if comment.author_id is None:
        return
    try:
        TELL_LIMIT.count(f"{who} {comment.pk}")
    except TooMany:
        return
    notify(recipients=[comment.author_id], kind=Kind.HELPFUL, thread_id=comment.thread_id, comment_id=comment.pk, by=by)
