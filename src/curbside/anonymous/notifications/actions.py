"""Writes of notifications: tell members, mark as read, choose what to hear, forget the old, and erase all when a member leaves."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from django.db import transaction

from curbside.anonymous.membership.models import Member
from curbside.anonymous.notifications.boxes import boxes_of, keys_of
from curbside.anonymous.notifications.envelopes import Notice, seal_notice
from curbside.anonymous.notifications.kinds import Kind
from curbside.anonymous.notifications.models import HOURS, Mailbox, Notification
from curbside.anonymous.notifications.queries import notices_of
from curbside.anonymous.sealing.actions import erase_texts
from curbside.anonymous.sealing.secrecy import TextId, TextKey
from curbside.anonymous.shelf.queries import who_hear
from curbside.kit.clock import now, today
from curbside.kit.ids import random_id

KEPT_DAYS: Final = 60
BATCH: Final = 500


@transaction.atomic
def notify(*, recipients: Collection[int], kind: Kind, thread_id: int, comment_id: int | None = None, by: int | None = None) -> None:
    """Tell members of something in a thread. Call inside the writer's transaction.

    ``by`` is the member who did it, where it was done under a pseudonym: they are not told themselves. It is not stored. A kind that a
    recipient switched off is dropped, and so is what comes from whom they mute or block; never what moderators decided. At most seven
    queries for up to 500 recipients.
    """
    heard = sorted({member_id for member_id in recipients if member_id != by})
    for batch in _batches(heard if by is None or kind is Kind.MODERATION else who_hear(heard, of=by)):
        _tell(batch, Notice(kind, thread_id, comment_id, today()))


def _tell(member_ids: list[int], notice: Notice) -> None:
    Notification.objects.bulk_create(prepared_rows(member_ids, notice))


def prepared_rows(member_ids: list[int], notice: Notice) -> list[Notification]:
    """The notifications, not written yet; none for who does not want the kind, or is gone. Three queries."""
    boxes = [box for box in boxes_of(member_ids).values() if notice.kind not in box.kinds_off]
    keys = keys_of(boxes)
    rows = []
    for box in boxes:
        held = Notice(notice.kind, notice.thread_id, notice.comment_id, notice.day, held_until=_held_until(box, notice.kind))
        rows.append(_row(box.member_id, held, keys))
    return rows


def resealed(row: Notification, notice: Notice, keys: Mapping[int, TextKey]) -> Notification:
    """The same under another id, not written yet. It ends when it did."""
    anew = _row(row.recipient_id, notice, keys)
    anew.ends_on = row.ends_on
    return anew


def _row(member_id: int, notice: Notice, keys: Mapping[int, TextKey]) -> Notification:
    row_id = random_id()
    sealed = seal_notice(notice, row_id=row_id, key=keys[member_id])
    return Notification(pk=row_id, recipient_id=member_id, ends_on=last_day(notice.day), sealed=sealed)


def last_day(day: date) -> date:
    """The Monday on which a notification of that day goes."""
    end = day + timedelta(days=KEPT_DAYS)
    return end + timedelta(days=-end.weekday() % 7)


def _held_until(box: Mailbox, kind: Kind) -> int:
    """The hour at which the quiet hours end, where it is quiet now and this can wait."""
    if kind is not Kind.PAGE or box.quiet_from is None or box.quiet_until is None:
        return 0
    hour = int(now().timestamp()) // 3600
    since = (hour - box.quiet_from) % HOURS
    lasts = (box.quiet_until - box.quiet_from) % HOURS
    return hour - since + lasts if since < lasts else 0


def _batches(member_ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(member_ids), BATCH):
        yield member_ids[start : start + BATCH]


@transaction.atomic
def mark_read(*, member: Member, thread_id: int | None = None) -> None:
    """Mark as read what the member was told of one thread, or of all. Rows are written anew, under new ids."""
    unread = {row: notice for row, notice in notices_of(member) if not notice.read and thread_id in {None, notice.thread_id}}
    if not unread:
        return
    keys = keys_of(boxes_of([member.pk]).values())
    Notification.objects.filter(recipient=member, pk__in=list(unread)).delete()
    Notification.objects.bulk_create([_row(member.pk, notice.as_read(), keys) for notice in unread.values()])


def choose(*, member: Member, off: Collection[Kind], quiet: tuple[int, int] | None) -> None:
    """Keep which kinds the member does not want, and the hours in UTC in which urgent cases wait."""
    begin, end = quiet or (None, None)
    boxes_of([member.pk])
    written = " ".join(kind.value for kind in Kind if kind in off)
    Mailbox.objects.filter(member=member).update(off=written, quiet_from=begin, quiet_until=end)


def forget_old_notifications() -> int:
    """Delete what had its 60 days; gives how many."""
    return Notification.objects.filter(ends_on__lte=today()).delete()[0]


@transaction.atomic
def erase_notifications_of(*, member: Member) -> None:
    """A leaving member's box, whose key goes first: no backup opens what lay in it."""
    erase_texts(text_ids=[TextId(text_id) for text_id in Mailbox.objects.filter(member=member).values_list("text_id", flat=True)])
    Notification.objects.filter(recipient=member).delete()
    Mailbox.objects.filter(member=member).delete()
