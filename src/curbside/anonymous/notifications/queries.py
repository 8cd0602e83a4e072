"""Reads a member's notifications. Reading notes nothing: they are marked as read by a press of their own."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from curbside.anonymous.membership.leaving import Piece
from curbside.anonymous.membership.models import Member
from curbside.anonymous.notifications.boxes import keys_of
from curbside.anonymous.notifications.envelopes import Notice, open_notice
from curbside.anonymous.notifications.models import Mailbox, Notification
from curbside.kit.clock import now


def notices_of(member: Member) -> list[tuple[int, Notice]]:
    """What lies in the member's box and is not held back, newest day first, each with its row's id. Four queries."""
    box = Mailbox.objects.filter(member=member).first()
    if box is None:
        return []
    key, hour = keys_of([box])[member.pk], int(now().timestamp()) // 3600
    rows = Notification.objects.filter(recipient=member).order_by("-ends_on", "pk").values_list("pk", "sealed")
    opened = ((row_id, open_notice(bytes(sealed), row_id=row_id, key=key)) for row_id, sealed in rows)
    shown = [(row_id, notice) for row_id, notice in opened if notice is not None and notice.held_until <= hour]
    return sorted(shown, key=lambda pair: pair[1].day, reverse=True)


def export_notifications(*, member: Member) -> tuple[str, Sequence[Piece]]:
    """What the member was told, for their own export."""
    return _("Notifications"), [
        {"kind": notice.kind.value, "day": notice.day.isoformat(), "read": notice.read} for _row, notice in notices_of(member)
    ]
