"""Rows about queues, caches, media, an index and languages: each sees what must not be there, and counts what it looked at."""

import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from tests.drill.attackers import Finding, nobody, stores
from tests.drill.loot import Loot
from tests.drill.test_try_nobody_and_letters import AN_ID, CASES, MEMBER, ONE_MEMBER, QUOTAS, TEXTS, Statement, loot

QUEUE = ("CREATE TABLE tasks_task (id text PRIMARY KEY, name text, arguments text)", ())


def a_task(arguments: str) -> Statement:
    return ("INSERT INTO tasks_task VALUES (?, 'curbside.anonymous.pictures.tasks.seal_picture', ?)", (str(uuid4()), arguments))


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (json.dumps({"args": [AN_ID, "en"], "kwargs": {"picture_id": AN_ID}}), 0),
        ("the patient presented with a rash", 1),
        (secrets.token_hex(40), 1),
    ],
)
def test_a_task_may_carry_ids_and_no_words(arguments: str, found: int, tmp_path: Path) -> None:
    told = stores.look_for_tasks(loot(tmp_path, QUEUE, a_task(arguments)))
    assert (told.found, told.looked_at > 0) == (found, True)


def test_where_there_is_no_queue_the_row_says_so_and_how_much_it_looked_at(tmp_path: Path) -> None:
    told = stores.look_for_tasks(loot(tmp_path, CASES, TEXTS))
    assert (told.found, told.looked_at, told.detail) == (0, 3, "no table and no file of tasks")


def written(folder: Path, name: str, content: bytes) -> Loot:
    made = loot(folder, CASES)
    file = folder / name
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    return made


@pytest.mark.parametrize(
    ("look", "name", "content", "found"),
    [
        (stores.look_for_tasks, "data/anonymous/spool/7", b"a mail", 1),
        (stores.look_for_caches, "data/anonymous/cache/7", b"a page", 1),
        (stores.look_for_caches, "data/anonymous/media/7", b"sealed", 0),
        (stores.look_for_index, f"data/anonymous/search/{'a1' * 16}.term", b"words", 1),
        (stores.look_for_index, f"backups/search/{'a1' * 16}.3.del", b"words", 1),
        (stores.look_for_index, "data/anonymous/media/7", b"sealed", 0),
        (stores.look_for_open_files, "data/anonymous/media/7", b"\x89PNG\r\n\x1a\n" + secrets.token_bytes(500), 1),
        (stores.look_for_open_files, "data/anonymous/media/7", bytes(128) + b"DICM" + secrets.token_bytes(500), 1),
        (stores.look_for_open_files, "data/anonymous/media/7", b"name,age\n" * 30, 1),
        (stores.look_for_open_files, "data/anonymous/media/7", secrets.token_bytes(600), 0),
    ],
)
def test_what_lies_in_a_file(look: Callable[[Loot], Finding], name: str, content: bytes, found: int, tmp_path: Path) -> None:
    told = look(written(tmp_path, name, content))
    assert told.found == found
    assert told.looked_at > 0


@pytest.mark.parametrize(("stored", "found"), [(b"%PDF-1.4\n" + bytes(100), 1), (secrets.token_bytes(109), 0)])
def test_a_document_in_a_tables_bytes_is_found(stored: bytes, found: int, tmp_path: Path) -> None:
    pictures = ("CREATE TABLE pictures_picture (id integer PRIMARY KEY, sealed blob)", ())
    told = stores.look_for_open_files(loot(tmp_path, pictures, ("INSERT INTO pictures_picture VALUES (?, ?)", (AN_ID, stored))))
    assert (told.found, told.looked_at) == (found, 1)


def test_a_table_of_a_cache_is_found_though_it_is_empty(tmp_path: Path) -> None:
    told = stores.look_for_caches(loot(tmp_path, ("CREATE TABLE site_cache (cache_key text, value text)", ())))
    assert (told.found, told.detail) == (1, "site_cache in anonymous.sqlite3")


@pytest.mark.parametrize(("left", "found"), [((), 0), (("a.term",), 1)])
def test_an_index_left_by_its_process_is_found(left: tuple[str, ...], found: int, tmp_path: Path) -> None:
    for folder, names in (("index-running", ("a.term", "a.pos", "lock")), ("index-stopped", (*left, "lock"))):
        for name in names:
            file = tmp_path / "memory" / folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(b"words")
    told = stores.look_in_memory(Loot(tmp_path))
    assert (told.found, told.looked_at) == (found, 2)


def test_an_index_that_was_not_built_fails_the_row(tmp_path: Path) -> None:
    assert stores.look_in_memory(Loot(tmp_path)).found == 1


@pytest.mark.parametrize(("column", "value", "found"), [("interface", "en-GB,en;q=0.9,fr", 1), ("locale", "fr", 1), ("note", "ok", 0)])
def test_a_language_beside_a_member_is_found(column: str, value: str, found: int, tmp_path: Path) -> None:
    add = (f"ALTER TABLE membership_member ADD COLUMN {column}", ())
    told = stores.look_for_languages(loot(tmp_path, MEMBER, ONE_MEMBER, add, (f"UPDATE membership_member SET {column} = ?", (value,))))
    assert told.found == found
    assert told.looked_at > 0


def a_post(number: bytes, place: int, *, wallet: bytes | None = None, text_id: int | None = None) -> Statement:
    values = (AN_ID + place, number, AN_ID + 50 + place, wallet, text_id)
    return ("INSERT INTO cases_case (id, nullifier, thread_id, wallet, text_id) VALUES (?, ?, ?, ?, ?)", values)


WALLET = ("ALTER TABLE cases_case ADD COLUMN wallet", ())
TEXT_ID = ("ALTER TABLE cases_case ADD COLUMN text_id", ())


@pytest.mark.parametrize(("second", "found"), [(bytes(range(32)), 1), (bytes(range(1, 33)), 0)])
def test_a_number_that_two_posts_as_nobody_share_is_found(second: bytes, found: int, tmp_path: Path) -> None:
    posts = [a_post(secrets.token_bytes(32), place, wallet=wallet) for place, wallet in enumerate((bytes(range(32)), second))]
    told = nobody.look_beside_each_other(loot(tmp_path, CASES, WALLET, TEXT_ID, *posts))
    assert (told.found, told.looked_at) == (found, 2)


@pytest.mark.parametrize(("days", "found"), [(("2026-01-05", "2026-01-06"), 1), (("2026-01-05", "2026-01-05"), 0)])
def test_a_quota_that_comes_again_on_another_day_is_found(days: tuple[str, str], found: int, tmp_path: Path) -> None:
    quotas = ("ALTER TABLE cases_quota ADD COLUMN nullifier", ())
    rows = [("INSERT INTO cases_quota VALUES (?, ?, ?)", (AN_ID + place, day, bytes(range(32)))) for place, day in enumerate(days)]
    assert nobody.look_beside_each_other(loot(tmp_path, CASES, QUOTAS, quotas, *rows)).found == found


@pytest.mark.parametrize(("length", "found"), [(512, 0), (544, 0), (513, 1), (400, 1)])
def test_a_post_as_nobody_of_an_exact_size_is_found(length: int, found: int, tmp_path: Path) -> None:
    text = ("INSERT INTO sealing_sealedtext VALUES (?, ?, ?, 0)", (AN_ID + 9, bytes(29 + length), AN_ID + 8))
    told = nobody.look_at_sizes(loot(tmp_path, CASES, WALLET, TEXT_ID, TEXTS, text, a_post(secrets.token_bytes(32), 0, text_id=AN_ID + 9)))
    assert (told.found, told.looked_at) == (found, 1)


@pytest.mark.parametrize(("length", "seconds", "found"), [(65536, 0, 0), (131072, 0, 0), (65536, 60, 1), (65000, 0, 2), (70000, 0, 2)])
def test_lengths_and_times_of_picture_files_are_found(length: int, seconds: int, found: int, tmp_path: Path) -> None:
    for place in range(2):
        file = tmp_path / f"data/anonymous/files/pictures/{place}/0"
        file.parent.mkdir(parents=True)
        file.write_bytes(bytes(length + 28))
        os.utime(file, (946_684_800 + place * seconds,) * 2)
    told = stores.look_at_picture_files(Loot(tmp_path))
    assert (told.found, told.looked_at) == (found, 2)
