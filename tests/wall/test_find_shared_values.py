"""The finder of shared values finds what is planted, in every spelling, and nothing in what is unrelated."""

import base64
import secrets
import sqlite3
from pathlib import Path

import pytest
from django.core import signing

from tests.wall.shared_values import Haul, haul_of, shared

NOTHING = Haul()


def database(file: Path, *values: object) -> Path:
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE thing (value)")
        connection.executemany("INSERT INTO thing VALUES (?)", [(value,) for value in values])
    connection.close()
    return file


def spellings(value: bytes) -> dict[str, object]:
    return {
        "bytes": value,
        "inside other bytes": b"\x00" * 5 + value + secrets.token_bytes(9),
        "hex": value.hex(),
        "base64url": base64.urlsafe_b64encode(value).decode().rstrip("="),
        "decimal": str(int.from_bytes(value)),
        "in a sentence": f"event {value.hex()} done",
    }


@pytest.mark.parametrize("one", spellings(b"x" * 32))
@pytest.mark.parametrize("other", spellings(b"x" * 32))
def test_planted_value_is_found_in_every_pair_of_spellings(one: str, other: str, tmp_path: Path) -> None:
    value = bytes([1]) + secrets.token_bytes(31)
    left = haul_of(databases=[database(tmp_path / "left.sqlite3", spellings(value)[one])])
    right = haul_of(databases=[database(tmp_path / "right.sqlite3", spellings(value)[other])])
    assert shared(left, right, public=NOTHING)


def test_planted_value_is_found_inside_sessions_that_share_only_their_names(tmp_path: Path) -> None:
    def session(user: int, **more: str) -> str:
        return signing.Signer(salt="any").sign_object(
            {"_auth_user_id": str(user), "_auth_user_hash": secrets.token_hex(32), **more}, compress=True
        )

    value = secrets.token_urlsafe(24)
    users = [1 << 61, 1 << 60]
    plain = [haul_of(databases=[database(tmp_path / f"plain-{user}", session(user))]) for user in users]
    planted = [haul_of(databases=[database(tmp_path / f"planted-{user}", session(user, challenge=value))]) for user in users]
    assert shared(*plain, public=NOTHING) == []
    assert shared(*planted, public=NOTHING) == [f"planted-{users[0]}:thing.value = planted-{users[1]}:thing.value"]


def test_planted_word_in_a_log_is_found(tmp_path: Path) -> None:
    log = tmp_path / "site.log"
    log.write_text("2026-11-23 INFO admitted quiet-heron-41\n")
    assert shared(haul_of(texts=[log]), haul_of(databases=[database(tmp_path / "b.sqlite3", "quiet-heron-41")]), public=NOTHING) == [
        "site.log = b.sqlite3:thing.value"
    ]


def test_unrelated_values_dates_and_public_values_are_not_reported(tmp_path: Path) -> None:
    root = secrets.token_bytes(32)
    left = haul_of(databases=[database(tmp_path / "left.sqlite3", secrets.token_bytes(32), "2026-11-23", root, 5, None)])
    right = haul_of(databases=[database(tmp_path / "right.sqlite3", secrets.token_bytes(32), "2026-11-23", root.hex(), 5, None)])
    public = Haul()
    public.add(root, "edition")
    assert shared(left, right, public=NOTHING) != []
    assert shared(left, right, public=public) == []
