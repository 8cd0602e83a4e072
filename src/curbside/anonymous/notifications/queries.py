"""Reads a member's notifications. Reading notes nothing: they are marked as read by a press of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from curbside.anonymous.membership.leaving import Piece
from curbside.anonymous.membership.models import Member
from curbside.anonymous.notifications.boxes import boxes_of, keys_of
from curbside.anonymous.notifications.envelopes import Notice, open_notice
from curbside.anonymous.notifications.kinds import Kind
from curbside.anonymous.notifications.lines import line
from curbside.anonymous.notifications.models import Mailbox, Notification
from curbside.anonymous.notifications.threads import TitledThread, elsewhere, title_threads
from curbside.kit.clock import now
from curbside.kit.ids import public_id
from curbside.kit.paging import PAGE_SIZE


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


@dataclass(frozen=True, slots=True)
class Group:
    """Notifications of one kind in one thread, as the page shows them."""

    thread_id: int
    title: str
    address: str
    line: str
    day: date
    unread: bool


@dataclass(frozen=True, slots=True)
class GroupList:
    """A page of groups."""

    groups: Sequence[Group]
    next_cursor: str
    unread: int
    """How many notifications in all are unread."""


def group_list(member: Member, *, cursor: str) -> GroupList:
    """A page of what the member was told, by thread and kind, the newest day first.

    Threads that are gone are left out, but for kinds that lead elsewhere then. Four queries, and those by which the rooms name
    their threads.
    """
    notices = [notice for _row, notice in notices_of(member)]
    grouped: dict[tuple[int, Kind], list[Notice]] = {}
    for notice in notices:
        grouped.setdefault((notice.thread_id, notice.kind), []).append(notice)
    places = sorted(grouped, key=lambda place: _place(place, grouped), reverse=True)
    later = [place for place in places if not cursor or _place(place, grouped) < cursor]
    shown, more = later[:PAGE_SIZE], later[PAGE_SIZE:]
    named = title_threads(reader=member, thread_ids={thread_id for thread_id, _kind in shown})
    titled = [(place, named.get(place[0]) or elsewhere(place[1])) for place in shown]
    groups = [_group(place, grouped[place], thread) for place, thread in titled if thread]
    return GroupList(groups, _place(shown[-1], grouped) if more else "", sum(not notice.read for notice in notices))


def _place(place: tuple[int, Kind], grouped: Mapping[tuple[int, Kind], Sequence[Notice]]) -> str:
    """Where a group stands in the list, as text that sorts alike: its newest day, its thread, its kind."""
    thread_id, kind = place
    return f"{grouped[place][0].day.isoformat()}.{public_id(thread_id)}.{kind.value}"


def _group(place: tuple[int, Kind], notices: Sequence[Notice], named: TitledThread) -> Group:
    thread_id, kind = place
    unread = any(not notice.read for notice in notices)
    return Group(thread_id, named.title, named.address, line(kind, len(notices)), notices[0].day, unread)


def unread_count(member: Member) -> int:
    """How many notifications are unread. Four queries."""
    return sum(not notice.read for _row, notice in notices_of(member))


def version_of(member: Member) -> str:
    """What an open page compares to learn that its count is old. One query, of ids alone.

    Marking as read gives rows new ids, so ids tell all there is; the hour counts because of what is held back.
    """
    ids = Notification.objects.filter(recipient=member).order_by("pk").values_list("pk", flat=True)
    parts = [member.pk, int(now().timestamp()) // 3600, *ids]
    return salted_hmac("curbside.notifications.version", ":".join(map(str, parts)), algorithm="sha256").hexdigest()[:32]


def box_of(member: Member) -> Mailbox:
    """The member's box, made if there is none."""
    return boxes_of([member.pk])[member.pk]
