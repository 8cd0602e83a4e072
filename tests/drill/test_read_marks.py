"""Marks of readers: the same one beside two things is found, so is one that anyone can make, and a keyed one is not."""

import hashlib
import hmac
from pathlib import Path

import pytest

from tests.drill.attackers import marks
from tests.drill.test_try_nobody_and_letters import AN_ID, MEMBER, ONE_MEMBER, Statement, loot

REACTIONS = ("CREATE TABLE discussion_reaction (id integer PRIMARY KEY, voter text, thread_id bigint, reader_id bigint)", ())
BALLOTS = ("CREATE TABLE polls_votemark (id integer PRIMARY KEY, digest blob, poll_id bigint)", ())
THREAD = AN_ID + 7


def a_reaction(voter: str, thread: int = THREAD, *, number: int = 1, reader: int | None = None) -> Statement:
    return ("INSERT INTO discussion_reaction VALUES (?, ?, ?, ?)", (number, voter, thread, reader))


def keyed(text: str) -> str:
    return hmac.new(b"a key outside the database", text.encode(), "sha256").hexdigest()[:32]


@pytest.mark.parametrize(("threads", "found"), [((THREAD, THREAD + 1), 1), ((THREAD, THREAD), 0)])
def test_one_mark_beside_two_threads_is_found(threads: tuple[int, int], found: int, tmp_path: Path) -> None:
    rows = [a_reaction(keyed("one reader"), thread, number=place) for place, thread in enumerate(threads)]
    told = marks.look_for_same(loot(tmp_path, REACTIONS, *rows))
    assert (told.found, told.looked_at) == (found, 2)


@pytest.mark.parametrize(
    ("voter", "found"),
    [
        (keyed(f"{AN_ID}:{THREAD}"), 0),
        (hashlib.sha256(f"{AN_ID}:{THREAD}".encode()).hexdigest()[:32], 1),
        (hashlib.blake2b(f"{THREAD}{AN_ID}".encode(), digest_size=32).hexdigest(), 1),
        (hashlib.sha256(bytes(range(32)).hex().encode()).hexdigest(), 1),
    ],
)
def test_a_mark_that_needs_no_key_is_found(voter: str, found: int, tmp_path: Path) -> None:
    told = marks.look_for_members(loot(tmp_path, MEMBER, ONE_MEMBER, REACTIONS, a_reaction(voter)))
    assert (told.found, told.looked_at) == (found, 1)


def test_a_plain_hash_in_bytes_is_found_as_well(tmp_path: Path) -> None:
    digest = hashlib.sha256(f"{AN_ID}:{THREAD}".encode()).digest()
    made = loot(tmp_path, MEMBER, ONE_MEMBER, BALLOTS, ("INSERT INTO polls_votemark VALUES (1, ?, ?)", (digest, THREAD)))
    assert marks.look_for_members(made).found == 1


def test_a_member_beside_a_mark_is_found(tmp_path: Path) -> None:
    made = loot(tmp_path, MEMBER, ONE_MEMBER, REACTIONS, a_reaction(keyed("x"), reader=AN_ID))
    assert marks.look_for_members(made).detail == "discussion_reaction.reader_id"
