"""The mark that somebody voted: a hash of poll and voter under the site's secret key, which lies in no database.

Not under a salt of the poll's sealed document: whether the reader voted is asked with every opening of a page, in the one query for what
is the reader's own, before any text is read. By the nullifier, so that leaving and joining again gives no second vote;
a reaction, which can be taken back, goes by the member (discussion.voters).
"""

from django.conf import settings
from django.utils.crypto import salted_hmac

from curbside.anonymous.discussion.models import Thread
from curbside.anonymous.discussion.own import Marks, Own, marks
from curbside.anonymous.membership.models import Member
from curbside.anonymous.polls.models import Poll, VoteMark

VOTED = "voted"


def new_mark(*, thread_id: int, voter: Member) -> bytes:
    """What a vote leaves."""
    return _mark(thread_id, voter, settings.SECRET_KEY)


def known_marks(*, thread_id: int, voter: Member) -> list[bytes]:
    """What a vote may have left, under the present secret key and those replaced lately."""
    return [_mark(thread_id, voter, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def own_vote(*, reader: Member, thread: Thread) -> Marks:
    """Whether the reader voted in the poll of this thread (discussion.own)."""
    left = VoteMark.objects.filter(poll__thread=thread, digest__in=known_marks(thread_id=thread.pk, voter=reader))
    return marks(left, what=VOTED, about="poll_id")


def has_voted(poll: Poll, own: Own) -> bool:
    """What those marks say."""
    return poll.pk in own[VOTED]


def _mark(thread_id: int, voter: Member, secret: str) -> bytes:
    return salted_hmac("curbside.polls.vote", thread_id.to_bytes(8) + bytes(voter.nullifier), secret=secret, algorithm="sha256").digest()
