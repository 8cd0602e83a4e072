"""The attackers on posts as nobody, on private messages and on notifications, on databases made up with a leak and without one."""

import base64
import secrets
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.drill.attackers import Finding, letters, nobody, notices
from tests.drill.loot import Loot
from tests.drill.people import STEM
from tests.drill.test_try_tell_tales import EMPTY, RING, database, wrapped

AN_ID = 1 << 50
MEMBER = ("CREATE TABLE membership_member (id integer PRIMARY KEY, nullifier blob, joined_on)", ())
ONE_MEMBER = ("INSERT INTO membership_member VALUES (?, ?, '2026-01-01')", (AN_ID, bytes(range(32))))
CASES = ("CREATE TABLE cases_case (id integer PRIMARY KEY, author_id bigint, nullifier blob, thread_id bigint, posted_at, sent_by)", ())
COMMENTS = ("CREATE TABLE discussion_comment (id integer PRIMARY KEY, author_id bigint, thread_id bigint, posted_at)", ())
QUOTAS = ("CREATE TABLE cases_quota (id integer PRIMARY KEY, day)", ())
TEXTS = ("CREATE TABLE sealing_sealedtext (id integer PRIMARY KEY, ciphertext blob, key_id bigint, changed bigint)", ())
MESSAGES = ("CREATE TABLE private_messages_message (id integer PRIMARY KEY, text_id bigint)", ())
Statement = tuple[str, tuple[object, ...]]


def loot(folder: Path, *statements: Statement) -> Loot:
    database(folder / "data/named/named.sqlite3", EMPTY)
    database(folder / "data/anonymous/anonymous.sqlite3", *statements)
    return Loot(folder)


def a_post(sent_by: int | None = None, minute: str = "2026-01-05 10:11:00") -> Statement:
    return ("INSERT INTO cases_case VALUES (?, NULL, ?, ?, ?, ?)", (AN_ID + 1, secrets.token_bytes(32), AN_ID + 2, minute, sent_by))


@pytest.mark.parametrize(("sent_by", "told"), [(None, False), (AN_ID, True)])
def test_a_member_kept_beside_a_post_as_nobody_is_found(sent_by: int | None, told: bool, tmp_path: Path) -> None:
    answer = ("INSERT INTO discussion_comment VALUES (?, ?, ?, '2026-01-09 08:00:00')", (AN_ID + 9, AN_ID, AN_ID + 2))
    found = nobody.look_beside_members(loot(tmp_path, MEMBER, ONE_MEMBER, CASES, COMMENTS, answer, a_post(sent_by)))
    assert (found.found > 0, found.looked_at) == (told, 1)


@pytest.mark.parametrize(("owner", "told"), [(None, False), (AN_ID, True)])
def test_a_member_kept_beside_an_alias_is_found(owner: int | None, told: bool, tmp_path: Path) -> None:
    columns = [(f"ALTER TABLE cases_case ADD COLUMN {column}", ()) for column in ("under_alias", "text_id", "owner_id")]
    post = (
        "INSERT INTO cases_case (id, thread_id, under_alias, text_id, owner_id) VALUES (?, ?, 1, ?, ?)",
        (AN_ID + 1, AN_ID + 2, AN_ID + 3, owner),
    )
    found = nobody.look_beside_members(loot(tmp_path, MEMBER, ONE_MEMBER, CASES, *columns, post), posts=nobody._under_alias)
    assert (found.found > 0, found.looked_at) == (told, 1)


@pytest.mark.parametrize(("sender", "told"), [(None, False), (AN_ID, True)])
def test_a_member_kept_beside_a_picture_is_found(sender: int | None, told: bool, tmp_path: Path) -> None:
    pictures = ("CREATE TABLE pictures_picture (id integer PRIMARY KEY, thread_id bigint, file_id bigint, sender_id bigint)", ())
    picture = ("INSERT INTO pictures_picture VALUES (?, ?, ?, ?)", (AN_ID + 1, AN_ID + 2, AN_ID + 3, sender))
    found = nobody.look_beside_members(loot(tmp_path, MEMBER, ONE_MEMBER, pictures, picture), posts=nobody._pictures)
    assert (found.found > 0, found.looked_at) == (told, 1)


@pytest.mark.parametrize(("day", "found"), [("2026-01-04", 1), ("2026-01-05", 0)])
def test_a_quota_is_found_once_its_day_is_over(day: str, found: int, tmp_path: Path) -> None:
    statements = (CASES, QUOTAS, ("INSERT INTO cases_quota VALUES (?, ?)", (AN_ID, day)))
    database(tmp_path / "backups/anonymous/2026-01-05.sqlite3", *statements)
    made = loot(tmp_path, CASES)
    assert nobody.look_for_quotas(made).found == found


@pytest.mark.parametrize(("kept", "found"), [(3, 0), (60, 1)])
def test_places_in_the_order_of_changes_are_found_where_they_are_kept(kept: int, found: int, tmp_path: Path) -> None:
    places = [place if place <= kept else 0 for place in range(1, 61)]
    rows = [("INSERT INTO sealing_sealedtext VALUES (?, x'', NULL, ?)", (own, place)) for own, place in enumerate(places, start=1)]
    assert nobody.look_for_order(loot(tmp_path, TEXTS, *rows)).found == found


@pytest.mark.parametrize(("minute", "near"), [("2026-01-05 10:19:00", 1), ("2026-01-05 12:00:00", 0)])
def test_a_post_as_nobody_beside_a_members_minute_is_counted(minute: str, near: int, tmp_path: Path) -> None:
    own = ("INSERT INTO cases_case VALUES (?, ?, NULL, ?, ?, NULL)", (AN_ID + 5, AN_ID, AN_ID + 6, minute))
    assert nobody.count_near(loot(tmp_path, CASES, own, a_post())).found == near


def a_message(folder: Path, document: bytes, size: int = 600) -> Finding:
    keys = folder / "data/anonymous/keys/operator_keys"
    keys.parent.mkdir(parents=True)
    keys.write_text("1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n")
    text_id, key_id, key, nonce = AN_ID + 1, AN_ID + 2, secrets.token_bytes(32), secrets.token_bytes(12)
    sealed = b"\1" + nonce + AESGCM(key).encrypt(nonce, document.ljust(size), b"curbside text v1\n" + text_id.to_bytes(8))
    ring = ("INSERT INTO sealing_ringkey VALUES (?, ?, ?, '1')", (key_id, text_id, wrapped(key, key_id)))
    database(folder / "data/anonymous/ring.sqlite3", RING, ring)
    row = ("INSERT INTO sealing_sealedtext VALUES (?, ?, ?, 0)", (text_id, sealed, key_id))
    return letters.look_inside(loot(folder, TEXTS, MESSAGES, row, ("INSERT INTO private_messages_message VALUES (1, ?)", (text_id,))))


def test_a_closed_file_in_a_message_is_as_it_must_be(tmp_path: Path) -> None:
    file = base64.b64encode(b"age-encryption.org/v1\n" + secrets.token_bytes(200)).decode()
    found = a_message(tmp_path, f'{{"age":"{file}"}}'.encode())
    assert (found.found, found.looked_at) == (0, 1)


def test_words_in_a_message_are_found_with_the_servers_keys(tmp_path: Path) -> None:
    assert a_message(tmp_path, f'{{"words": "{STEM}abcdefghij"}}'.encode()).found == 1


@pytest.mark.parametrize(("sizes", "found"), [([600, 600, 2100], 0), ([600, 610, 620, 630, 640], 1)])
def test_more_sizes_of_messages_than_classes_are_found(sizes: list[int], found: int, tmp_path: Path) -> None:
    rows: list[Statement] = []
    for place, size in enumerate(sizes, start=1):
        rows.append(("INSERT INTO sealing_sealedtext VALUES (?, ?, ?, 0)", (place, bytes(size), place)))
        rows.append(("INSERT INTO private_messages_message VALUES (?, ?)", (place, place)))
    assert letters.look_at_sizes(loot(tmp_path, TEXTS, MESSAGES, *rows)).found == found


NOTICES = ("CREATE TABLE notifications_notification (id integer PRIMARY KEY, recipient_id bigint, sealed blob)", ())


def a_notice(sealed: bytes, number: int = 1) -> Statement:
    return ("INSERT INTO notifications_notification VALUES (?, ?, ?)", (number, AN_ID, sealed))


@pytest.mark.parametrize(("second", "found"), [(60, 0), (61, 1)])
def test_notifications_of_two_sizes_are_found(second: int, found: int, tmp_path: Path) -> None:
    assert notices.look_at_sizes(loot(tmp_path, NOTICES, a_notice(bytes(60)), a_notice(bytes(second), 2))).found == found


@pytest.mark.parametrize(("about", "found"), [(secrets.token_bytes(8), 0), ((AN_ID + 2).to_bytes(8), 1)])
def test_a_notification_that_names_its_thread_is_found(about: bytes, found: int, tmp_path: Path) -> None:
    thread = ("CREATE TABLE discussion_thread (id integer PRIMARY KEY)", ())
    own = ("INSERT INTO discussion_thread VALUES (?)", (AN_ID + 2,))
    assert notices.look_for_ids(loot(tmp_path, thread, own, NOTICES, a_notice(bytes(20) + about + bytes(4)))).found == found
