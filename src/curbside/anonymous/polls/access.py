"""Fetches polls for one member: absent, removed and forbidden give the same 404."""

from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from curbside.anonymous.discussion.models import Thread
from curbside.anonymous.discussion.places import address_of, reader_asks
from curbside.anonymous.membership.models import Member
from curbside.anonymous.polls.models import Poll


def fetch_poll(*, poll_id: int) -> Poll:
    """A poll by itself that every member may read, or one that a moderator hid or removed. One query."""
    readable = [Poll.State.OPEN, Poll.State.HIDDEN, Poll.State.MODERATED]
    polls = Poll.objects.filter(state__in=readable, inside=False).with_author().with_thread().with_epoch()
    poll = polls.filter(pk=poll_id).first()
    if poll is None:
        raise Http404
    return poll


def fetch_open_poll(*, reader: Member, poll_id: int) -> Poll:
    """A poll that the reader may read, by itself or in a case. Two queries."""
    poll = Poll.objects.filter(state=Poll.State.OPEN).with_thread().filter(pk=poll_id).first()
    if poll is None:
        raise Http404
    address_of(reader=reader, thread=poll.thread)
    return poll


def fetch_own_poll(*, author: Member, poll_id: int) -> Poll:
    """One's own open poll, or that of one's own case; anyone else's does not exist here."""
    may_be_own = Q(author=author) | Q(inside=True)
    poll = Poll.objects.filter(may_be_own, state=Poll.State.OPEN).with_thread().filter(pk=poll_id).first()
    if poll is None or (poll.inside and not reader_asks(reader=author, thread=poll.thread)):
        raise Http404
    address_of(reader=author, thread=poll.thread)
    return poll


def poll_address(*, reader: Member, poll: Poll) -> str:
    """The page on which the poll stands."""
    return address_of(reader=reader, thread=poll.thread)


def locate_poll(*, reader: Member, thread: Thread) -> str | None:  # noqa: ARG001 - every member may read every open poll
    """The page of the poll that holds the thread (discussion.places)."""
    poll_id = Poll.objects.shown().filter(thread=thread).values_list("pk", flat=True).first()
    return reverse("polls:show_poll", args=[poll_id]) if poll_id is not None else None
