"""A session's row holds neither its key nor a moment, and a stolen row opens nothing."""

import base64
import json
import time
import zlib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError

from curbside.kit import clock
from curbside.kit.sessions import keep_for_an_hour, kept
from curbside.named.doctors.models import Session
from curbside.named.doctors.sessions import SessionStore

pytestmark = pytest.mark.django_db


def stored(**values: object) -> SessionStore:
    session = SessionStore()
    session.update(values)
    session.save()
    return session


def test_session_comes_back_by_its_key() -> None:
    key = stored(step="wallet").session_key
    assert SessionStore(key)["step"] == "wallet"


def test_row_holds_neither_key_nor_moment() -> None:
    session = stored(step="wallet")
    row = Session.objects.get()
    assert session.session_key is not None
    everything = f"{row.pk} {bytes(row.key_hash)!r} {row.data}"
    assert session.session_key not in everything
    payload = row.data.rpartition(":")[0].lstrip(".")
    raw = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    plain = json.loads(zlib.decompress(raw) if row.data.startswith(".") else raw)
    assert plain == {"step": "wallet"}
    assert row.data.count(":") == 1  # value and signature; Django's own store has a time stamp between them


def test_row_cannot_be_used_as_a_key() -> None:
    stored(step="wallet")
    row = Session.objects.get()
    for guess in (str(row.pk), bytes(row.key_hash).hex(), row.data):
        assert "step" not in SessionStore(guess)


def test_forged_data_is_an_empty_session() -> None:
    session = stored(step="wallet")
    Session.objects.update(data="forged:data")
    assert "step" not in SessionStore(session.session_key)


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 1, 16), date(2026, 1, 31), date(2026, 12, 20)])
def test_row_tells_the_month_of_signing_in_at_most(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("curbside.kit.sessions.today", lambda: day)
    stored(step="wallet")
    ends = Session.objects.get().ends_on
    assert ends.day == 1
    assert timedelta(days=15) <= ends - day <= timedelta(days=15 + 31)


def test_session_ends_with_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    session = stored(step="wallet")
    later = clock.today() + timedelta(days=50)
    monkeypatch.setattr("curbside.kit.sessions.today", lambda: later)
    assert "step" not in SessionStore(session.session_key)
    SessionStore.clear_expired()
    assert not Session.objects.exists()


def test_changed_key_leaves_no_old_row() -> None:
    session = stored(step="wallet")
    old = session.session_key
    session.cycle_key()
    session.save()
    assert session.session_key != old
    assert SessionStore(session.session_key)["step"] == "wallet"
    assert "step" not in SessionStore(old)
    assert Session.objects.count() == 1


def test_deleted_session_cannot_be_saved_again() -> None:
    session = stored(step="wallet")
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        session.save()


def test_unknown_key_is_never_adopted() -> None:
    session = SessionStore("chosenbyanattacker0000000000000")
    session["step"] = "wallet"
    session.save()
    assert session.session_key != "chosenbyanattacker0000000000000"


def test_rows_lie_in_no_order_of_arrival() -> None:
    first = [stored(n=n).session_key for n in range(30)]
    in_file = list(Session.objects.order_by("pk").values_list("pk", flat=True))
    arrival = [Session.objects.get(pk=_row_id(key)).pk for key in first]
    assert sorted(arrival) == in_file
    assert arrival != in_file  # 1 in 30! by chance


def _row_id(key: str | None) -> int:
    from curbside.kit.sessions import _row_id as row_id

    assert key is not None
    return row_id(key)


def test_time_is_not_in_the_data() -> None:
    before = int(time.time())
    session = stored(step="wallet")
    assert str(before)[:8] not in Session.objects.get().data
    assert session.session_key


def later(monkeypatch: pytest.MonkeyPatch, hours: int) -> None:
    monkeypatch.setattr("curbside.kit.sessions.now", lambda: clock.now() + timedelta(hours=hours))


def test_an_abandoned_step_is_forgotten_and_the_session_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    session = stored(person=7)
    keep_for_an_hour(session, "knock", {"pseudonym": "quiet-heron-41"})
    session.save()
    SessionStore.clear_expired()
    assert kept(SessionStore(session.session_key), "knock") == {"pseudonym": "quiet-heron-41"}
    later(monkeypatch, 2)
    assert kept(SessionStore(session.session_key), "knock") is None
    assert "knock" in SessionStore(session.session_key)
    SessionStore.clear_expired()
    assert dict(SessionStore(session.session_key).items()) == {"person": 7}


def test_a_session_of_nothing_but_an_abandoned_step_goes_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    session = SessionStore()
    keep_for_an_hour(session, "passkey_challenge", "AAAA")
    session.save()
    later(monkeypatch, 2)
    SessionStore.clear_expired()
    assert not Session.objects.exists()


def test_the_end_of_a_step_is_a_full_hour_and_tells_no_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = set()
    for minute in (0, 17, 59):
        monkeypatch.setattr("curbside.kit.sessions.now", lambda minute=minute: datetime(2026, 11, 23, 9, minute, tzinfo=UTC))
        session = SessionStore()
        keep_for_an_hour(session, "step", "wallet")
        seen.add(session["step"]["ends"])
    assert len(seen) == 1
