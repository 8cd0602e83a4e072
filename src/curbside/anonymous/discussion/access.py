"""Fetches threads and comments for one member: absent and forbidden give the same 404."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from curbside.anonymous.discussion.models import Comment, Thread
from curbside.anonymous.discussion.places import address_of, alias_opener_of
from curbside.anonymous.membership.models import Member
from curbside.kit.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class OpenThread:
    """A thread that the reader may see, and the address of its page."""

    thread: Thread
    address: str


def signed_in(request: HttpRequest) -> Member:
    """The member who asks."""
    if not isinstance(request.user, Member):
        raise Http404
    return request.user


def fetch_thread(*, reader: Member, thread_id: int) -> OpenThread:
    """The thread with its page's address."""
    thread = Thread.objects.filter(pk=thread_id).first()
    if thread is None:
        raise Http404
    return OpenThread(thread, address_of(reader=reader, thread=thread))


def fetch_comment(*, reader: Member, comment_id: int) -> tuple[Comment, OpenThread]:
    """A comment under a page that the reader may see."""
    comment = Comment.objects.select_related("thread", "parent").filter(pk=comment_id).first()
    if comment is None:
        raise Http404
    return comment, OpenThread(comment.thread, address_of(reader=reader, thread=comment.thread))


def fetch_own_comment(*, author: Member, comment_id: int) -> Comment:
    """One's own comment that can still be read; anyone else's does not exist here."""
    shown = Comment.objects.filter(pk=comment_id, state=Comment.State.SHOWN)
    own = shown.filter(Q(author=author) | Q(by_opener=True))
    comment = own.select_related("thread", "parent", "author").first()
    if comment is None or (comment.by_opener and alias_opener_of(comment.thread) != author.pk):
        raise Http404
    return comment


def fetch_openers_comment(*, thread: Thread, comment_id: int) -> Comment:
    """What the opener of this thread answered as nobody, for whoever proved to be that; the same refusal for any other comment."""
    written = Comment.objects.filter(thread=thread, by_opener=True, state=Comment.State.SHOWN)
    comment = written.select_related("thread", "parent").filter(pk=comment_id).first()
    if comment is None:
        raise NotAllowed(_("That comment is not of this post's author, or it is gone."))
    return comment


def fetch_answer(*, thread: Thread, comment_id: int) -> Comment:
    """An answer in this thread by somebody else than its opener as nobody, for whoever proved to be that opener."""
    answers = Comment.objects.filter(thread=thread, by_opener=False, state=Comment.State.SHOWN)
    comment = answers.select_related("thread").filter(pk=comment_id).first()
    if comment is None:
        raise NotAllowed(_("This comment was removed meanwhile."))
    return comment


def require_writer(member: Member) -> None:
    """Refuse a member whose term is over, saying what to do."""
    if not member.may_write:
        raise NotAllowed(member.read_only_reason)
