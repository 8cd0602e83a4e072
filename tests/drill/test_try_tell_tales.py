"""Attackers that look for what must not be there: each sees it when it is there, and only then."""

import secrets
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pysqlite3 import dbapi2 as sqlite

from tests.drill.attackers import Finding, opening, order, traces, words
from tests.drill.loot import Loot
from tests.drill.people import STEM

OPERATOR = bytes(range(32))


def sealed(key: bytes, text_id: int) -> bytes:
    nonce = secrets.token_bytes(12)
    return b"\1" + nonce + AESGCM(key).encrypt(nonce, bytes(512), b"curbside text v1\n" + text_id.to_bytes(8))


def wrapped(key: bytes, key_id: int) -> bytes:
    nonce = secrets.token_bytes(12)
    return b"\1" + nonce + AESGCM(OPERATOR).encrypt(nonce, key, b"curbside ring key v1\n" + key_id.to_bytes(8))


def database(file: Path, *statements: tuple[str, tuple[object, ...]]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite.connect(file)
    connection.execute("PRAGMA secure_delete=OFF")
    for statement, values in statements:
        connection.execute(statement, values)
        connection.commit()
    connection.close()
    return file


TEXTS = ("CREATE TABLE sealing_sealedtext (id integer PRIMARY KEY, ciphertext blob, key_id bigint, note)", ())
RING = ("CREATE TABLE sealing_ringkey (id integer PRIMARY KEY, text_id bigint, wrapped blob, operator_key text)", ())
EMPTY = ("CREATE TABLE doctors_licence (id integer PRIMARY KEY)", ())


class Text:
    """A text that some backup holds, and that was erased since."""

    def __init__(self, folder: Path) -> None:
        self.id, self.key_id, self.key = secrets.randbits(62) | 1 << 61, secrets.randbits(62) | 1 << 61, secrets.token_bytes(32)
        self.row = (self.id, sealed(self.key, self.id), self.key_id, None)
        self.insert = ("INSERT INTO sealing_sealedtext VALUES (?, ?, ?, ?)", self.row)
        self.insert_key = ("INSERT INTO sealing_ringkey VALUES (?, ?, ?, '1')", (self.key_id, self.id, wrapped(self.key, self.key_id)))
        self.folder = folder
        database(folder / "data/named/named.sqlite3", EMPTY)
        keys = folder / "data/anonymous/keys/operator_keys"
        keys.parent.mkdir(parents=True)
        keys.write_text("1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n")

    def erased(self, *ring: tuple[str, tuple[object, ...]]) -> Finding:
        database(self.folder / "backups/anonymous/2026-01-05.sqlite3", TEXTS, self.insert)
        database(self.folder / "data/anonymous/anonymous.sqlite3", TEXTS)
        database(self.folder / "data/anonymous/ring.sqlite3", RING, *ring)
        return opening.look_erased(Loot(self.folder))


def test_erased_text_stays_closed_once_its_key_is_nowhere(tmp_path: Path) -> None:
    found = Text(tmp_path).erased()
    assert (found.looked_at, found.found) == (1, 0)


def test_key_in_a_freed_page_is_found(tmp_path: Path) -> None:
    text = Text(tmp_path)
    found = text.erased(text.insert_key, ("DELETE FROM sealing_ringkey", ()))
    assert found.found == 1
    assert "ring.sqlite3" in found.detail


def test_key_in_an_old_backup_beside_the_texts_is_found(tmp_path: Path) -> None:
    text = Text(tmp_path)
    database(tmp_path / "extra/everything.sqlite3", RING, text.insert_key)
    assert text.erased().found == 1


def test_key_beside_its_text_is_found_in_any_spelling(tmp_path: Path) -> None:
    text = Text(tmp_path)
    for place, note in enumerate((text.key, text.key.hex(), None)):
        folder = tmp_path / str(place)
        database(folder / "data/named/named.sqlite3", EMPTY)
        database(folder / "data/anonymous/ring.sqlite3", RING, text.insert_key)
        database(
            folder / "data/anonymous/anonymous.sqlite3",
            TEXTS,
            ("INSERT INTO sealing_sealedtext VALUES (?, ?, ?, ?)", (*text.row[:3], note)),
        )
        (folder / "backups/anonymous").mkdir(parents=True)
        assert opening.look_beside(Loot(folder)).found == (note is not None)


@pytest.mark.parametrize(
    ("line", "found"), [("sign-in from 203.0.113.9", 1), ("agent Mozilla/5.0", 1), ("2026-01-05 INFO edition 203 published", 0)]
)
def test_address_or_agent_in_a_log_is_found(line: str, found: int, tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs/named.log").write_text(f"{line}\n")
    assert traces.look_for_visitors(logs=True)(Loot(tmp_path)).found == found


@pytest.mark.parametrize(
    ("column", "value", "found"),
    [
        ("last_login", "2026-01-05 10:11:12", 1),
        ("posted_at", "2026-01-05 10:11:00", 0),
        ("posted_at", "2026-01-05 10:11:12", 1),
        ("latest_at", "2026-01-05 10:11:00", 0),
        ("latest_at", "2026-01-05 10:11:12", 1),
        ("joined_on", "2026-01-05", 0),
    ],
)
def test_moment_is_found_but_for_the_minute_of_a_text(column: str, value: str, found: int, tmp_path: Path) -> None:
    database(tmp_path / "data/named/named.sqlite3", EMPTY)
    create = (f"CREATE TABLE membership_member (id integer PRIMARY KEY, {column})", ())
    database(tmp_path / "data/anonymous/anonymous.sqlite3", create, ("INSERT INTO membership_member VALUES (1, ?)", (value,)))
    assert traces.look_for_moments(Loot(tmp_path)).found == found


def test_word_in_a_cache_is_found(tmp_path: Path) -> None:
    file = tmp_path / "data/anonymous/cache/page"
    file.parent.mkdir(parents=True)
    look = words.search(words._is_cache)
    file.write_bytes(secrets.token_bytes(1000))
    assert look(Loot(tmp_path)).found == 0
    file.write_bytes(secrets.token_bytes(1000) + STEM.encode())
    assert look(Loot(tmp_path)).found == 1


@pytest.mark.parametrize(("ids", "told"), [("random", False), ("rising", True)])
def test_rising_ids_are_told_from_random_ones(ids: str, told: bool) -> None:
    pairs = [(float(place if ids == "rising" else hash((place, "x")) % 1000), float(place // 3)) for place in range(100)]
    assert (
        order.spearman_tail([(float(secrets.randbelow(10**9)), day) for _id, day in pairs] if not told else pairs) < order.LEVEL
    ) is told
