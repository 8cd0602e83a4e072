"""Fetches pictures: one that hangs somewhere for whoever may read there, any for whoever sent it; absent and forbidden give the same 404.

No row says who sent a picture. Its sender's address of it ends in a tag that only the server can make, of the picture and the member.
"""

import hmac
import re
from typing import Final

from django.http import Http404
from django.utils.crypto import salted_hmac

from curbside.anonymous.discussion.places import thread_address
from curbside.anonymous.membership.models import Member
from curbside.anonymous.pictures.models import Picture
from curbside.kit.ids import PublicId, public_id

_HELD: Final = re.compile(rf"({PublicId.regex})-([0-9a-f]{{32}})")


def held_id(*, picture_id: int, sender: Member) -> str:
    """How the sender's own pages call a picture."""
    return f"{public_id(picture_id)}-{_tag(picture_id, sender)}"


def read_held(*, held: str, sender: Member) -> int | None:
    """The picture that is called so, if this member sent it. No query."""
    matched = _HELD.fullmatch(held)
    if not matched:
        return None
    try:
        picture_id = PublicId().to_python(matched[1])
    except ValueError:
        return None
    return picture_id if hmac.compare_digest(matched[2], _tag(picture_id, sender)) else None


def fetch_held(*, held: str, sender: Member) -> Picture:
    """A picture for its sender. One query."""
    picture_id = read_held(held=held, sender=sender)
    picture = Picture.objects.select_related("thread").filter(pk=picture_id).first() if picture_id else None
    if picture is None:
        raise Http404
    return picture


def fetch_under(*, thread_id: int, picture_id: int) -> Picture:
    """A picture of this thread, for whoever was found to be allowed to see what hangs there. One query."""
    picture = Picture.objects.under(thread_id).filter(pk=picture_id).first()
    if picture is None:
        raise Http404
    return picture


def fetch_shown(*, reader: Member, picture_id: int) -> Picture:
    """A picture that hangs where the reader may read. Two queries."""
    picture = Picture.objects.select_related("thread").filter(pk=picture_id, thread__isnull=False).first()
    address = thread_address(reader=reader, thread=picture.thread) if picture and picture.thread else None
    if picture is None or address is None:
        raise Http404
    return picture


def _tag(picture_id: int, sender: Member) -> str:
    return salted_hmac("curbside.pictures.held", f"{picture_id} {sender.pk}", algorithm="sha256").hexdigest()[:32]
