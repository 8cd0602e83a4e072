"""What a notification keeps, of whom, and for how long."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.anonymous.membership.actions import leave
from curbside.anonymous.membership.leaving import export_all_of
from curbside.anonymous.membership.models import Member
from curbside.anonymous.notifications.actions import forget_old_notifications, last_day, notify
from curbside.anonymous.notifications.boxes import keys_of, make_missing_boxes
from curbside.anonymous.notifications.envelopes import Notice, open_notice, seal_notice
from curbside.anonymous.notifications.kinds import Kind
from curbside.anonymous.notifications.models import Mailbox, Notification
from curbside.anonymous.notifications.queries import notices_of
from curbside.anonymous.sealing.cipher import fresh_key
from curbside.anonymous.sealing.models import RingKey, SealedText
from curbside.kit import clock
from tests.anonymous.cases.queries import named_queries

pytestmark = pytest.mark.django_db(databases=["default", "ring"])

THREAD, COMMENT = 0x1234_5678_9ABC_DEF0, 0x0FED_CBA9_8765_4321


def told(member: Member) -> list[Notice]:
    return [notice for _row, notice in notices_of(member)]


def test_member_is_told_and_who_did_it_is_not(heron: Member, otter: Member) -> None:
    notify(recipients=[heron.pk, otter.pk], kind=Kind.ANSWER, thread_id=THREAD, comment_id=COMMENT, by=otter.pk)
    assert told(heron) == [Notice(Kind.ANSWER, THREAD, COMMENT, clock.today())]
    assert told(otter) == []


def test_kind_that_is_switched_off_is_not_told(heron: Member) -> None:
    make_missing_boxes()
    Mailbox.objects.update(off="helpful answer")
    notify(recipients=[heron.pk], kind=Kind.ANSWER, thread_id=THREAD)
    notify(recipients=[heron.pk], kind=Kind.OUTCOME, thread_id=THREAD)
    assert [notice.kind for notice in told(heron)] == [Kind.OUTCOME]


def test_row_tells_neither_the_thread_nor_the_kind_nor_the_day_nor_whether_it_was_read(heron: Member, noon: datetime) -> None:
    for kind, comment in ((Kind.ANSWER, COMMENT), (Kind.PAGE, None)):
        notify(recipients=[heron.pk], kind=kind, thread_id=THREAD, comment_id=comment)
    rows = list(Notification.objects.all())
    for row in rows:
        held = bytes(row.sealed)
        assert not any(number.to_bytes(8, order) in held for number in (THREAD, COMMENT) for order in ("big", "little"))
    assert {field.attname for field in Notification._meta.concrete_fields} == {"id", "recipient_id", "ends_on", "sealed"}
    assert len({len(row.sealed) for row in rows}) == 1
    assert {row.ends_on for row in rows} == {date(2027, 1, 25)}


def test_row_moved_to_another_member_or_place_does_not_open(heron: Member) -> None:
    key, other = fresh_key(), fresh_key()
    notice = Notice(Kind.MENTION, THREAD, COMMENT, date(2026, 11, 23))
    sealed = seal_notice(notice, row_id=7, key=key)
    assert open_notice(sealed, row_id=7, key=key) == notice
    assert open_notice(sealed, row_id=8, key=key) is None
    assert open_notice(sealed, row_id=7, key=other) is None


IDS = st.integers(1, (1 << 63) - 1)


@given(
    st.builds(
        Notice,
        st.sampled_from(Kind),
        IDS,
        IDS | st.none(),
        st.dates(date(2020, 1, 1), date(2190, 1, 1)),
        st.booleans(),
        st.integers(0, 1 << 31),
    ),
    st.binary(min_size=1, max_size=3),
)
def test_notice_reads_back_and_another_length_does_not(notice: Notice, more: bytes) -> None:
    data = notice.to_bytes()
    assert Notice.from_bytes(data) == notice
    for wrong in (data[:-1], data + more, b"", b"\xff" + data[1:]):
        with pytest.raises(ValueError, match="Not a notice"):
            Notice.from_bytes(wrong)


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_notification_stays_sixty_days_and_goes_on_a_monday(day: date) -> None:
    end = last_day(day)
    assert end.weekday() == 0
    assert timedelta(60) <= end - day < timedelta(67)


def test_old_notifications_go(heron: Member, noon: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    notify(recipients=[heron.pk], kind=Kind.ANSWER, thread_id=THREAD)
    assert forget_old_notifications() == 0
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(days=66))
    assert forget_old_notifications() == 1


def test_page_waits_for_the_end_of_quiet_hours_and_nothing_else_does(
    heron: Member, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = datetime(2026, 11, 23, 23, 20, tzinfo=UTC)
    monkeypatch.setattr("curbside.anonymous.notifications.actions.now", lambda: moment)
    make_missing_boxes()
    Mailbox.objects.update(quiet_from=22, quiet_until=6)
    notify(recipients=[heron.pk], kind=Kind.PAGE, thread_id=THREAD)
    notify(recipients=[heron.pk], kind=Kind.MENTION, thread_id=THREAD)
    for hour, kinds in ((5, {Kind.MENTION}), (6, {Kind.MENTION, Kind.PAGE})):
        after = datetime(2026, 11, 24, hour, 0, tzinfo=UTC)
        monkeypatch.setattr("curbside.anonymous.notifications.queries.now", lambda after=after: after)
        assert {notice.kind for notice in told(heron)} == kinds


def test_page_outside_quiet_hours_is_told_at_once(heron: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("curbside.anonymous.notifications.actions.now", lambda: datetime(2026, 11, 23, 6, 0, tzinfo=UTC))
    make_missing_boxes()
    Mailbox.objects.update(quiet_from=22, quiet_until=6)
    notify(recipients=[heron.pk], kind=Kind.PAGE, thread_id=THREAD)
    assert [notice.held_until for notice in told(heron)] == [0]


def test_boxes_of_all_members_are_made_in_one_change(heron: Member, otter: Member) -> None:
    notify(recipients=[heron.pk], kind=Kind.ANSWER, thread_id=THREAD)
    assert set(Mailbox.objects.values_list("member", flat=True)) == {heron.pk, otter.pk}
    assert len(set(SealedText.objects.values_list("changed", flat=True))) == 1
    changes = SealedText.objects.values_list("changed", flat=True)[0]
    notify(recipients=[otter.pk], kind=Kind.ANSWER, thread_id=THREAD)
    assert set(SealedText.objects.values_list("changed", flat=True)) == {changes}


def test_box_whose_key_is_lost_begins_anew(heron: Member) -> None:
    notify(recipients=[heron.pk], kind=Kind.ANSWER, thread_id=THREAD)
    RingKey.objects.all().delete()
    assert told(heron) == []
    notify(recipients=[heron.pk], kind=Kind.UPDATE, thread_id=THREAD)
    assert [notice.kind for notice in told(heron)] == [Kind.UPDATE]


@pytest.mark.django_db(databases=["default", "ring"], transaction=True)
def test_leaving_takes_the_box_its_key_and_all_in_it(heron: Member, otter: Member) -> None:
    notify(recipients=[heron.pk, otter.pk], kind=Kind.ANSWER, thread_id=THREAD)
    assert [piece["kind"] for piece in export_all_of(heron)["Notifications"]] == ["answer"]
    leave(member=heron)
    assert Mailbox.objects.get().member == otter
    assert Notification.objects.get().recipient == otter
    assert RingKey.objects.count() == 1
    assert len(keys_of([Mailbox.objects.get()])) == 1


def test_telling_costs_the_same_for_one_and_for_many(heron: Member, otter: Member) -> None:
    make_missing_boxes()
    for members in ([heron], [heron, otter]):
        with named_queries() as queries:
            notify(recipients=[member.pk for member in members], kind=Kind.ANSWER, thread_id=THREAD)
        assert [name for name in queries if not name.startswith(("begin", "commit", "savepoint", "release"))] == [
            "select notifications_mailbox",
            "select sealing_sealedtext",
            "insert notifications_notification",
            "select sealing_ringkey",
        ]
