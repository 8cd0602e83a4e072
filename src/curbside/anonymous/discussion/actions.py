"""Writes of comments: start a thread, post, answer as nobody, edit, remove, and erase all when a member leaves."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curbside.anonymous.discussion.access import require_writer
from curbside.anonymous.discussion.documents import CommentText
from curbside.anonymous.discussion.mentions import mentioned_in
from curbside.anonymous.discussion.models import Comment, Thread
from curbside.anonymous.discussion.noticing import notice_warning, notice_words
from curbside.anonymous.discussion.places import alias_opener_of, opener_of
from curbside.anonymous.discussion.reacting import forget_reactions, note_help
from curbside.anonymous.discussion.reasons import Reason
from curbside.anonymous.discussion.shared import page_changed
from curbside.anonymous.membership.models import Member
from curbside.anonymous.notifications.actions import notify
from curbside.anonymous.notifications.held import notify_later
from curbside.anonymous.notifications.kinds import Kind
from curbside.anonymous.sealing.actions import NoSuchText, erase_texts, mark_changed, reseal_text, seal_text
from curbside.anonymous.sealing.queries import read_text
from curbside.anonymous.sealing.secrecy import TextId
from curbside.kit.clock import this_minute
from curbside.kit.errors import Conflict, NotAllowed
from curbside.kit.ids import random_id
from curbside.kit.limits import RateLimit

_GONE = gettext_lazy("This comment was removed meanwhile.")
COMMENT_LIMIT = RateLimit(times=30, seconds=600)


def start_thread(*, kind: str) -> Thread:
    """An empty thread for the room above to hold."""
    return Thread.objects.create(kind=kind)


def post_comment(*, thread: Thread, author: Member, text: CommentText, parent_id: int | None = None) -> Comment:
    """Add a comment, or a reply to a top-level comment of the same thread; under the alias under which its author opened the thread."""
    require_writer(author)
    COMMENT_LIMIT.count(str(author.pk))
    signed = _signature(thread, author)
    text, named = _with_mentions(text)
    with transaction.atomic():
        parent = _answerable(thread=thread, comment_id=parent_id) if parent_id is not None else None
        text_id = seal_text(document=text.to_seal())
        comment = Comment.objects.create(thread=thread, parent=parent, text_id=text_id, **signed)
        Thread.objects.filter(pk=thread.pk).update(comment_count=F("comment_count") + 1, version=random_id())
        _tell_who_is_answered(comment, parent=parent, named=named)
        notice_words(thread_id=thread.pk, comment_id=comment.pk, words=text.body)
    return comment


def warn_of(*, comment: Comment, author: Member, text: CommentText) -> Comment:
    """Say that an answer could do harm, and why. It is a reply that stands beside the answer: its author withdraws it as any comment."""
    require_writer(author)
    COMMENT_LIMIT.count(str(author.pk))
    signed = _signature(comment.thread, author)
    own = comment.by_opener if "by_opener" in signed else comment.author_id == author.pk
    if own or comment.is_warning:
        raise NotAllowed(_("Only an answer of somebody else can be marked so. Reply instead."))
    text, named = _with_mentions(text)
    with transaction.atomic():
        parent = _answerable(thread=comment.thread, comment_id=comment.parent_id or comment.pk)
        if not _still_shown(comment):
            raise Conflict(_GONE)
        if Comment.objects.filter(warns_of=comment, **signed).exists():
            raise Conflict(_("You have said so already. Edit what you wrote there."))
        text_id = seal_text(document=text.to_seal())
        warning = Comment.objects.create(thread=comment.thread, parent=parent, warns_of=comment, text_id=text_id, **signed)
        _count(comment.thread_id, by=1)
        _tell_who_is_answered(warning, parent=parent, named=named, also=comment.author_id)
        notice_words(thread_id=comment.thread_id, comment_id=warning.pk, words=text.body)
        notice_warning(thread_id=comment.thread_id, comment_id=comment.pk)
    return warning


def _signature(thread: Thread, author: Member) -> dict[str, Any]:
    """What stands in a comment's row for its author: nobody, where they opened the thread under an alias and so answer under it."""
    return {"by_opener": True} if alias_opener_of(thread) == author.pk else {"author": author}


def answer_as_opener(*, thread: Thread, comment_id: int, text: CommentText, parent_id: int | None = None) -> Comment:
    """A comment of whoever opened the thread as nobody; the id was chosen beforehand, so that one proof gives one comment."""
    COMMENT_LIMIT.count(f"thread {thread.pk}")
    text, named = _with_mentions(text)
    with transaction.atomic():
        parent = _answerable(thread=thread, comment_id=parent_id) if parent_id is not None else None
        text_id = seal_text(document=text.to_seal())
        row = {"thread": thread, "parent": parent, "by_opener": True, "text_id": text_id}
        comment, is_new = Comment.objects.get_or_create(pk=comment_id, defaults=row)
        if not is_new:
            raise Conflict(_("This answer was posted already."))
        Thread.objects.filter(pk=thread.pk).update(comment_count=F("comment_count") + 1, version=random_id())
        _tell_who_is_answered(comment, parent=parent, named=named)
        notice_words(thread_id=thread.pk, comment_id=comment.pk, words=text.body)
    return comment


def _with_mentions(text: CommentText) -> tuple[CommentText, Mapping[str, int]]:
    """The text with the members that it names, and their ids. One query at most."""
    named = mentioned_in(text.body)
    return replace(text, mentions=tuple(named)), named


def _tell_who_is_answered(comment: Comment, *, parent: Comment | None, named: Mapping[str, int], also: int | None = None) -> None:
    """Tell the opener of the thread, and whoever wrote the comment replied to, as far as they wrote under a pseudonym; and who is named."""
    answered = {opener_of(comment.thread), parent.author_id if parent else None, also}
    recipients = {member_id for member_id in answered if member_id is not None}
    notify(recipients=recipients, kind=Kind.ANSWER, thread_id=comment.thread_id, comment_id=comment.pk, by=comment.author_id)
    _tell_who_is_named(comment, set(named.values()) - recipients)
    hidden = None if comment.by_opener else alias_opener_of(comment.thread)
    if hidden is not None:
        notify_later(recipients=[hidden], kind=Kind.ANSWER, thread_id=comment.thread_id, comment_id=comment.pk)


def _tell_who_is_named(comment: Comment, member_ids: Collection[int]) -> None:
    """Each once, and not whoever blocks or mutes the author (notifications)."""
    if member_ids:
        notify(recipients=member_ids, kind=Kind.MENTION, thread_id=comment.thread_id, comment_id=comment.pk, by=comment.author_id)


def _answerable(*, thread: Thread, comment_id: int) -> Comment:
    parent = Comment.objects.select_for_update().filter(pk=comment_id, thread=thread, parent=None, state=Comment.State.SHOWN).first()
    if parent is None:
        raise Conflict(_("The comment you reply to was removed meanwhile. Copy your words and post them as a comment of their own."))
    return parent


@transaction.atomic
def edit_comment(*, comment: Comment, author: Member, text: CommentText) -> None:
    """Put new words in place of the old, which are erased; the minute of the edit is shown."""
    require_writer(author)
    COMMENT_LIMIT.count(str(author.pk))
    text, named = _with_mentions(text)
    before = CommentText.opened(read_text(_text_id(comment))).mentions
    try:
        reseal_text(text_id=_text_id(comment), document=text.to_seal())
    except NoSuchText as error:
        raise Conflict(_GONE) from error
    comment.edited_at = this_minute()
    comment.save(update_fields=["edited_at"])
    notice_words(thread_id=comment.thread_id, comment_id=comment.pk, words=text.body)
    _tell_who_is_named(comment, {member_id for word, member_id in named.items() if word not in before})
    page_changed(thread_id=comment.thread_id)


@transaction.atomic
def remove_comment(*, comment: Comment) -> None:
    """Erase the words for good. The place stays, marked, only while replies hang on it."""
    if not _still_shown(comment):
        return  # a second click
    erase_texts(text_ids=[_text_id(comment)])
    if comment.replies.exists():
        _mark_erased([comment.pk], state=Comment.State.REMOVED)
    else:
        parent_id = comment.parent_id
        Comment.objects.filter(pk=comment.pk).delete()
        Comment.objects.filter(pk=parent_id, replies=None, state__in=[Comment.State.REMOVED, Comment.State.LEFT]).delete()
    _count(comment.thread_id, by=-1)


@transaction.atomic
def bar_comment(*, comment: Comment, reason: Reason) -> None:
    """A moderator's removal: the words are erased likewise; the place stays, and says why."""
    shown = _still_shown(comment)
    if not shown and not Comment.objects.filter(pk=comment.pk, state=Comment.State.HIDDEN).exists():
        raise Conflict(_GONE)
    erase_texts(text_ids=[_text_id(comment)])
    _mark_erased([comment.pk], state=Comment.State.MODERATED)
    Comment.objects.filter(pk=comment.pk).update(reason=reason)
    if shown:
        _count(comment.thread_id, by=-1)


@transaction.atomic
def hide_comment(*, comment: Comment, reason: Reason | None) -> None:
    """Keep the words and show them to nobody; without a reason until a moderator has looked."""
    shown = Comment.objects.filter(pk=comment.pk, state=Comment.State.SHOWN)
    if not shown.update(state=Comment.State.HIDDEN, reason=reason or ""):
        raise Conflict(_GONE)
    mark_changed(text_id=_text_id(comment))  # so that it leaves the search index
    _count(comment.thread_id, by=-1)


@transaction.atomic
def show_comment_again(*, comment: Comment) -> None:
    """Take back what hid it."""
    hidden = Comment.objects.filter(pk=comment.pk, state=Comment.State.HIDDEN)
    if hidden.update(state=Comment.State.SHOWN, reason=""):
        mark_changed(text_id=_text_id(comment))
        _count(comment.thread_id, by=1)


def _count(thread_id: int, *, by: int) -> None:
    """One comment more or less that can be read; with it, an answer that helped may have come or gone."""
    Thread.objects.filter(pk=thread_id).update(comment_count=F("comment_count") + by)
    note_help(thread_id=thread_id)


def _still_shown(comment: Comment) -> bool:
    return Comment.objects.select_for_update().filter(pk=comment.pk, state=Comment.State.SHOWN).exists()


def erase_openers_comments(*, thread_id: int) -> None:
    """What the opener answered as nobody: words erased. Call inside a transaction."""
    comments = list(Comment.objects.filter(thread=thread_id, by_opener=True, text_id__isnull=False).values_list("pk", "text_id"))
    if not comments:
        return
    erase_texts(text_ids=[TextId(text_id) for _pk, text_id in comments if text_id is not None])
    _mark_erased([pk for pk, _text_id in comments], state=Comment.State.REMOVED)
    _drop_empty_places({thread_id})


@transaction.atomic
def erase_comments_of(*, member: Member) -> None:
    """A leaving member's comments: words erased, author forgotten, the place kept while replies hang on it."""
    comments = list(Comment.objects.held_of(member.pk).values_list("pk", "text_id", "thread_id"))
    erase_texts(text_ids=[TextId(text_id) for _pk, text_id, _thread in comments if text_id is not None])
    _mark_erased([pk for pk, _text_id, _thread in comments], state=Comment.State.LEFT)
    Comment.objects.filter(author=member).update(author=None)
    _drop_empty_places({thread_id for _pk, _text_id, thread_id in comments})


def _mark_erased(comment_ids: list[int], *, state: Comment.State) -> None:
    Comment.objects.filter(pk__in=comment_ids).update(text_id=None, author=None, by_opener=False, edited_at=None, state=state)
    forget_reactions(comment_ids=comment_ids)


def _drop_empty_places(thread_ids: set[int]) -> None:
    kept = [Comment.State.SHOWN, Comment.State.HIDDEN, Comment.State.MODERATED]
    erased = Comment.objects.filter(thread__in=thread_ids).exclude(state__in=kept)
    erased.filter(parent__isnull=False).delete()
    erased.filter(replies=None).delete()
    shown = Count("comments", filter=Q(comments__state=Comment.State.SHOWN))
    for thread in Thread.objects.filter(pk__in=thread_ids).annotate(shown=shown):
        Thread.objects.filter(pk=thread.pk).update(comment_count=thread.shown)
        note_help(thread_id=thread.pk)


def _text_id(comment: Comment) -> TextId:
    if comment.text_id is None:
        raise Conflict(_GONE)
    return TextId(comment.text_id)
