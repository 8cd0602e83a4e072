"""Marks by which nobody votes, reacts or gives a list twice: without the server's keys none may lead to a member, or to another mark."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator

from tests.drill.attackers import Finding, Haul, TellTale
from tests.drill.loot import Loot, Person, Row

TABLES = {
    "discussion_reaction": ("voter", "thread_id"),
    "polls_votemark": ("digest", "poll_id"),
    "cases_diagnosislist": ("reader_mark", "case_id"),
}
"""The column with the mark, and what it is for."""
_SAMPLE = 60
"""Members whose marks a thief tries to make: who makes one makes all."""
_HASHES: tuple[Callable[[bytes], bytes], ...] = (
    lambda text: hashlib.sha256(text).digest(),
    lambda text: hashlib.blake2b(text, digest_size=32).digest(),
    lambda text: hashlib.sha1(text, usedforsecurity=False).digest(),
    lambda text: hashlib.md5(text, usedforsecurity=False).digest(),
)


def _marks(loot: Loot) -> list[tuple[Row, bytes, object]]:
    found = []
    for row in loot.seen["anonymous"]:
        if row.table in TABLES:
            column, about = TABLES[row.table]
            found.append((row, _as_bytes(row.get(column)), row.get(about)))
    return found


def _as_bytes(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    try:
        return bytes.fromhex(str(value))
    except ValueError:
        return str(value).encode()


def look_for_same(loot: Loot) -> Finding:
    """A mark that stands beside two things: it ties one reader's votes to each other."""
    about: dict[tuple[str, bytes], set[object]] = defaultdict(set)
    marks = _marks(loot)
    for row, mark, thing in marks:
        about[row.table, mark].add(thing)
    told = {table for (table, _mark), things in about.items() if len(things) > 1}
    found = sum(1 for things in about.values() if len(things) > 1)
    return Finding(found, len(marks), ", ".join(sorted(told)) or _tally(marks))


def _tally(marks: list[tuple[Row, bytes, object]]) -> str:
    tables = sorted({row.table for row, _mark, _thing in marks})
    return ", ".join(f"{sum(1 for row, _m, _t in marks if row.table == table)} of {table}" for table in tables)


def look_for_members(loot: Loot) -> Finding:
    """A member's own values in such a row, or a mark that anyone can make of a member and the thing without a key."""
    marks = _marks(loot)
    own = {value for member in loot.members.values() for value in _own(member)}
    beside = {
        f"{row.table}.{column}"
        for row, _mark, _thing in marks
        for column, value in row.values
        if isinstance(value, int | bytes | str) and value in own
    }
    made = {made for member in list(loot.members.values())[:_SAMPLE] for made in _makeable(member, {thing for _row, _mark, thing in marks})}
    known = sum(1 for _row, mark, _thing in marks if mark[:8] in made)
    return Finding(
        len(beside) + known, len(marks), ", ".join(sorted(beside)) or (f"{known} made without a key" if known else _tally(marks))
    )


def _own(member: Person) -> Iterator[object]:
    for table, column in (("membership_member", "id"), ("membership_member", "nullifier"), ("membership_member", "pseudonym")):
        yield from member.column(table, column)


def _makeable(member: Person, things: set[object]) -> Iterator[bytes]:
    """The first bytes of every mark that a careless hand would make."""
    for one in {str(value) if not isinstance(value, bytes) else value.hex() for value in _own(member)}:
        for thing in things:
            for text in (f"{one}:{thing}", f"{thing}:{one}", f"{one}{thing}", f"{thing}{one}"):
                yield from (make(text.encode())[:8] for make in _HASHES)
        yield from (make(one.encode())[:8] for make in _HASHES)


ATTACKERS = [
    TellTale("marks of readers beside each other", Haul.TEXTS, look_for_same),
    TellTale("marks of readers beside members", Haul.TEXTS, look_for_members),
]
