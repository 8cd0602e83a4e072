"""Notices that must not be tied to what caused them: for who is behind an alias, or gave a list of diagnoses.

A notification's row names its recipient in clear. Written in the transaction of an answer to an alias, it would carry the same change
number on PostgreSQL and name who is behind it. So the writer's transaction keeps a sealed note of whom to tell, and a duty tells them
later, all at once and among others: it writes anew, under new ids, up to CROWD notifications of other members that end on the same day.
"""

from collections.abc import Collection, Iterable
from typing import Final

from django.db import transaction

from curbside.anonymous.notifications.actions import prepared_rows, resealed
from curbside.anonymous.notifications.boxes import boxes_of, keys_of
from curbside.anonymous.notifications.envelopes import Notice, open_notice
from curbside.anonymous.notifications.kinds import Kind
from curbside.anonymous.notifications.models import HeldNotice, Notification
from curbside.anonymous.sealing.actions import erase_texts, seal_text
from curbside.anonymous.sealing.queries import read_texts
from curbside.anonymous.sealing.secrecy import Document, JSONValue, TextId
from curbside.kit.clock import today

BATCH: Final = 500
CROWD: Final = 200


@transaction.atomic
def notify_later(*, recipients: Collection[int], kind: Kind, thread_id: int, comment_id: int | None = None) -> None:
    """Have members told within minutes, so that no row ties them to what this transaction writes. Call inside it."""
    if not recipients:
        return
    note: dict[str, JSONValue] = {"to": [*sorted(recipients)], "kind": kind.value, "thread": thread_id, "comment": comment_id}
    HeldNotice.objects.create(text_id=seal_text(document=note))


@transaction.atomic
def deliver_held() -> int:
    """Tell whom the notes name, among others; gives how many notes there were. Safe to repeat."""
    held = list(HeldNotice.objects.order_by("pk")[:BATCH])
    if not held:
        return 0
    documents = read_texts([TextId(row.text_id) for row in held])
    fresh = [row for note in held for row in _rows(documents[TextId(note.text_id)])]
    anew = _others(fresh)
    # In the order of random ids, so that the new stand nowhere beside those written anew.
    Notification.objects.bulk_create(sorted([*fresh, *anew], key=lambda row: row.pk))
    HeldNotice.objects.filter(pk__in=[row.pk for row in held]).delete()
    erase_texts(text_ids=[TextId(row.text_id) for row in held])
    return len(held)


def _rows(note: Document) -> list[Notification]:
    if note.erased:
        return []
    recipients, thread, comment = note["to"], note["thread"], note["comment"]
    member_ids = [number for number in recipients if isinstance(number, int)] if isinstance(recipients, list) else []
    notice = Notice(Kind(note.text("kind")), int(str(thread)), int(str(comment)) if comment else None, today())
    return prepared_rows(sorted(member_ids), notice)


def _others(fresh: Iterable[Notification]) -> list[Notification]:
    """Rows of others with the same last days, taken away to be written anew."""
    days = {row.ends_on for row in fresh}
    rows = list(Notification.objects.select_for_update().filter(ends_on__in=days).order_by("?")[:CROWD])
    boxes = boxes_of({row.recipient_id for row in rows}) if rows else {}
    keys = keys_of(boxes.values())
    opened = [(row, open_notice(bytes(row.sealed), row_id=row.pk, key=keys[row.recipient_id])) for row in rows]
    kept = [(row, notice) for row, notice in opened if notice is not None]
    Notification.objects.filter(pk__in=[row.pk for row, _notice in kept]).delete()
    return [resealed(row, notice, keys) for row, notice in kept]
