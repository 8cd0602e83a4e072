"""Writes of polls: ask, put one into a case, edit before the first vote, vote, close, remove, and erase all when a member leaves."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curbside.anonymous.discussion.access import require_writer
from curbside.anonymous.discussion.actions import start_thread
from curbside.anonymous.discussion.models import Thread
from curbside.anonymous.discussion.noticing import notice_words
from curbside.anonymous.discussion.reasons import Reason
from curbside.anonymous.discussion.shared import page_changed
from curbside.anonymous.membership.models import Member
from curbside.anonymous.polls.documents import PollText
from curbside.anonymous.polls.marks import known_marks, new_mark
from curbside.anonymous.polls.models import THREAD_KIND, Poll, PollQuerySet, VoteMark
from curbside.anonymous.polls.queries import groups_shown_by, poll_text
from curbside.anonymous.polls.tallies import Tally
from curbside.anonymous.sealing.actions import erase_texts, mark_changed, reseal_text, seal_text
from curbside.anonymous.sealing.secrecy import TextId
from curbside.kit.clock import now, this_minute
from curbside.kit.errors import Conflict
from curbside.kit.limits import RateLimit

POLL_LIMIT = RateLimit(times=10, seconds=3600)
VOTE_LIMIT = RateLimit(times=60, seconds=600)
_GONE: Final = gettext_lazy("This poll was removed meanwhile.")


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """What a poll asks, and until when."""

    text: PollText
    multiple: bool
    last_day: date

    def closes_at(self) -> datetime:
        """The midnight after the last day."""
        return datetime.combine(self.last_day + timedelta(days=1), time(), UTC)


def post_poll(*, author: Member, specialty: str, language: str, asked: Asked) -> Poll:
    """Put a poll to the others, under one's pseudonym."""
    require_writer(author)
    POLL_LIMIT.count(str(author.pk))
    with transaction.atomic():
        return _open(Poll(author=author, thread=start_thread(kind=THREAD_KIND), specialty=specialty, language=language), asked)


@transaction.atomic
def open_poll(*, thread: Thread, asked: Asked) -> Poll:
    """Put a poll into the case that holds the thread. The row names no author: who may edit it is whoever opened the thread."""
    return _open(Poll(thread=thread, inside=True), asked)


def _open(poll: Poll, asked: Asked) -> Poll:
    poll.multiple, poll.closes_at = asked.multiple, asked.closes_at()
    poll.text_id = seal_text(document=asked.text.to_seal())
    poll.save(force_insert=True)
    notice_words(thread_id=poll.thread_id, words=asked.text.in_words())
    return poll


@transaction.atomic
def edit_poll(*, poll: Poll, author: Member, asked: Asked, specialty: str = "", language: str = "") -> None:
    """Put new words in place of the old, as long as nobody has voted."""
    require_writer(author)
    POLL_LIMIT.count(f"edit {author.pk}")
    locked = _locked(poll)
    if locked.answer_count:
        raise Conflict(_("Somebody has voted meanwhile, so the question stays as they read it. You can close the poll and ask anew."))
    reseal_text(text_id=_text_id(locked), document=replace(asked.text, salt=poll_text(locked).salt).to_seal())
    locked.multiple, locked.closes_at, locked.edited_at = asked.multiple, asked.closes_at(), this_minute()
    locked.specialty, locked.language = specialty, language
    locked.save(update_fields=["multiple", "closes_at", "edited_at", "specialty", "language"])
    notice_words(thread_id=poll.thread_id, words=asked.text.in_words())
    page_changed(thread_id=poll.thread_id)


def cast_vote(*, poll: Poll, voter: Member, options: Collection[int], wording: str) -> None:
    """Count a vote. What was chosen is in the counts alone; that somebody voted is in a mark that names nobody."""
    require_writer(voter)
    VOTE_LIMIT.count(str(voter.pk))
    with transaction.atomic():
        locked = _locked(poll)
        if locked.is_closed:
            raise Conflict(_("This poll has closed meanwhile."))
        text = poll_text(locked)
        if wording != text.wording():
            raise Conflict(_("The question was edited meanwhile. Go back, reload the page and read it again before you vote."))
        _leave_mark(locked, voter)
        tally = Tally.of(locked, text).with_vote(options, badges=groups_shown_by(voter))
        locked.tally, locked.answer_count = tally.closed_up(locked, text), tally.everyone.answered
        locked.save(update_fields=["tally", "answer_count"])


def _leave_mark(poll: Poll, voter: Member) -> None:
    """The poll's row is locked, so nobody slips in between."""
    if VoteMark.objects.filter(poll=poll, digest__in=known_marks(thread_id=poll.thread_id, voter=voter)).exists():
        raise Conflict(_("You have voted in this poll already. A vote cannot be changed."))
    VoteMark.objects.create(poll=poll, digest=new_mark(thread_id=poll.thread_id, voter=voter))


@transaction.atomic
def close_poll(*, poll: Poll) -> None:
    """End it before its day. The marks go: nobody can vote twice in what takes no votes."""
    locked = _locked(poll)
    if not locked.is_closed:
        locked.closes_at = this_minute()
        locked.save(update_fields=["closes_at"])
        mark_changed(text_id=_text_id(locked))  # searching narrows by it
    VoteMark.objects.filter(poll=locked).delete()
    page_changed(thread_id=poll.thread_id)


def forget_marks() -> int:
    """Erase the marks of polls that have closed; gives how many."""
    return VoteMark.objects.filter(poll__closes_at__lte=now()).delete()[0]


@transaction.atomic
def remove_poll(*, poll: Poll) -> None:
    """Erase words, counts and marks for good."""
    _erase(Poll.objects.filter(pk=poll.pk), state=Poll.State.REMOVED)
    page_changed(thread_id=poll.thread_id)


@transaction.atomic
def bar_poll(*, poll: Poll, reason: Reason) -> None:
    """A moderator's removal: erased likewise; the page stays, and says why."""
    _erase(Poll.objects.filter(pk=poll.pk), state=Poll.State.MODERATED)
    Poll.objects.filter(pk=poll.pk).update(reason=reason)


@transaction.atomic
def hide_poll(*, poll: Poll, reason: Reason | None) -> None:
    """Keep the words and show them to nobody; without a reason until a moderator has looked."""
    if not Poll.objects.shown().filter(pk=poll.pk).update(state=Poll.State.HIDDEN, reason=reason or ""):
        raise Conflict(_GONE)
    mark_changed(text_id=_text_id(poll))  # so that it leaves the search index


@transaction.atomic
def show_poll_again(*, poll: Poll) -> None:
    """Take back what hid it."""
    if Poll.objects.filter(pk=poll.pk, state=Poll.State.HIDDEN).update(state=Poll.State.OPEN, reason=""):
        mark_changed(text_id=_text_id(poll))


def erase_polls_inside(*, thread_ids: Collection[int], state: Poll.State = Poll.State.REMOVED) -> None:
    """The polls of cases that are erased. Call inside a transaction."""
    _erase(Poll.objects.filter(thread__in=thread_ids), state=state)


@transaction.atomic
def erase_polls_of(*, member: Member) -> None:
    """A leaving member's polls. Their votes in others' polls are in the counts alone; the marks go when those close."""
    _erase(Poll.objects.written_by(member.pk), state=Poll.State.LEFT)


def _erase(polls: PollQuerySet, *, state: Poll.State) -> None:
    held = [(pk, TextId(text_id)) for pk, text_id in polls.values_list("pk", "text_id") if text_id is not None]
    erase_texts(text_ids=[text_id for _pk, text_id in held])
    VoteMark.objects.filter(poll__in=[pk for pk, _text_id in held]).delete()
    polls.update(state=state, text_id=None, author=None, tally=b"", edited_at=None)


def _locked(poll: Poll) -> Poll:
    locked = Poll.objects.select_for_update().filter(pk=poll.pk, state=Poll.State.OPEN).first()
    if locked is None:
        raise Conflict(_GONE)
    return locked


def _text_id(poll: Poll) -> TextId:
    if poll.text_id is None:
        raise Conflict(_GONE)
    return TextId(poll.text_id)
