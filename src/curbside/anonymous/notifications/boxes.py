"""The boxes' keys: made for many members at once, read for many at once."""

import base64
from collections.abc import Collection, Iterable, Mapping

from django.db import transaction

from curbside.anonymous.membership.models import Member
from curbside.anonymous.notifications.models import Mailbox, Notification
from curbside.anonymous.sealing.actions import seal_texts
from curbside.anonymous.sealing.cipher import fresh_key
from curbside.anonymous.sealing.queries import read_texts
from curbside.anonymous.sealing.secrecy import Document, TextId, TextKey


def boxes_of(member_ids: Collection[int]) -> dict[int, Mailbox]:
    """The boxes of these members, made where there are none. One query where all are there."""
    found = {box.member_id: box for box in Mailbox.objects.filter(member__in=member_ids)}
    if len(found) < len(set(member_ids)):
        make_missing_boxes()
        found = {box.member_id: box for box in Mailbox.objects.filter(member__in=member_ids)}
    return found


@transaction.atomic
def make_missing_boxes() -> int:
    """A box for everyone who has none; gives how many.

    All at once, and by a duty every minute: a box made for one member just when an answer to somebody's alias arrives would stand beside
    that answer in the order of changes.
    """
    without = list(Member.objects.filter(mailbox=None).order_by("pk").values_list("pk", flat=True))
    if not without:
        return 0
    text_ids = seal_texts(documents=[_key_document() for _ in without])
    Mailbox.objects.bulk_create(
        [Mailbox(member_id=member_id, text_id=text_id) for member_id, text_id in zip(without, text_ids, strict=True)],
        ignore_conflicts=True,
    )
    return len(without)


def keys_of(boxes: Iterable[Mailbox]) -> Mapping[int, TextKey]:
    """Each member's key; made anew where the ring lost it. Two queries where none is lost."""
    boxes = list(boxes)
    documents = read_texts([TextId(box.text_id) for box in boxes])
    for box in boxes:
        if documents[TextId(box.text_id)].erased:
            documents[TextId(box.text_id)] = _renew(box)
    return {box.member_id: _key_of(documents[TextId(box.text_id)]) for box in boxes}


@transaction.atomic
def _renew(box: Mailbox) -> Document:
    """A key in place of one that is lost; what lay in the box can be opened by nobody."""
    document = Document(_key_document())
    box.text_id = seal_texts(documents=[document])[0]
    box.save(update_fields=["text_id"])
    Notification.objects.filter(recipient=box.member_id).delete()
    return document


def _key_document() -> dict[str, str]:
    return {"key": base64.b64encode(fresh_key().secret).decode()}


def _key_of(document: Document) -> TextKey:
    return TextKey(base64.b64decode(document.text("key")))
