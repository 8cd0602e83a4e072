"""Posts as nobody: looks for whatever leads from one to a member, or from one to another once their day is over, and at their sizes."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from curbside.anonymous.sealing.padding import LEAST, padme
from tests.drill.attackers import Finding, Haul, TellTale
from tests.drill.loot import Loot, Row, rows_of

_LARGE = 1 << 40
_NEAR = timedelta(minutes=10)
_AROUND = 1 + 12 + 16
"""Bytes of a sealed text beside its padded words: version, nonce, tag."""
_FEW = 50
_ORDERED = 0.1
"""A tenth of the texts may have a place: those of the last minutes."""


def _by_nobody(loot: Loot) -> list[Row]:
    return [row for row in loot.seen["anonymous"] if row.table == "cases_case" and row.get("nullifier")]


def _own_values(rows: list[Row]) -> set[object]:
    """Random ids and numbers that stand in the rows of posts as nobody."""
    values = [value for row in rows for _column, value in row.values]
    return {v for v in values if (isinstance(v, int) and v > _LARGE) or (isinstance(v, bytes) and len(v) > 15)}


def _under_alias(loot: Loot) -> list[Row]:
    """Cases under an alias, and what their authors answered there."""
    rows = loot.seen["anonymous"]
    cases = [row for row in rows if row.table == "cases_case" and row.get("under_alias")]
    threads = {row.get("thread_id") for row in cases}
    return [
        *cases,
        *(row for row in rows if row.table == "discussion_comment" and row.get("by_opener") and row.get("thread_id") in threads),
    ]


def _pictures(loot: Loot) -> list[Row]:
    """Pictures, without the thread that they hang under."""
    rows = [row for row in loot.seen["anonymous"] if row.table == "pictures_picture"]
    return [Row(row.table, tuple(pair for pair in row.values if pair[0] != "thread_id")) for row in rows]


def look_beside_members(loot: Loot, *, posts: Callable[[Loot], list[Row]] = _by_nobody) -> Finding:
    """A value of such a post in any row of a member; which threads somebody answered in is public, and what somebody reported is told."""
    rows = posts(loot)
    own = _own_values(rows)
    found = {
        f"{row.table}.{column}"
        for member in loot.members.values()
        for row in member.rows
        for column, value in row.values
        if column != "thread_id" and not row.table.startswith("moderation_") and isinstance(value, int | bytes) and value in own
    }
    return Finding(len(found), len(rows), ", ".join(sorted(found)))


def look_beside_each_other(loot: Loot) -> Finding:
    """A value that two such posts share, or a quota of one day that comes again on another: it ties a person's posts to each other.

    The row of a quota, and what refers to it, counts where a copy still has it after its day (``look_for_quotas``).
    """
    posts: dict[int, set[object]] = {}
    for row in _by_nobody(loot):
        row_of = Row(row.table, tuple(pair for pair in row.values if pair[0] not in {"id", "rowid", "quota_id"}))
        posts.setdefault(row.get("id"), set()).update(_own_values([row_of]))
    times = Counter(value for values in posts.values() for value in values)
    days: dict[bytes, set[str]] = {}
    for row in loot.seen["anonymous"]:
        if row.table == "cases_quota":
            days.setdefault(bytes(row.get("nullifier")), set()).add(str(row.get("day")))
    again = sum(1 for found in days.values() if len(found) > 1)
    numbers = {value for value in days if any(value in values for values in posts.values())}
    found = sum(1 for count in times.values() if count > 1) + again + len(numbers)
    return Finding(found, len(posts) + len(days), f"{len(posts)} posts and {len(days)} quotas")


def look_at_sizes(loot: Loot) -> Finding:
    """Posts as nobody of a size that no class of padding has: an exact length is nearly a text."""
    own = {row.get("text_id") for row in _by_nobody(loot)}
    texts = [row for row in loot.seen["anonymous"] if row.table == "sealing_sealedtext" and row.get("id") in own and row.get("key_id")]
    lengths = {row: len(row.get("ciphertext")) - _AROUND for row in texts}
    exact = [row for row, length in lengths.items() if length < LEAST or padme(length) != length]
    return Finding(len(exact), len(texts), f"{len(set(lengths.values()))} sizes")


def look_for_quotas(loot: Loot) -> Finding:
    """Rows that count the posts of a day, in copies made after that day: they tie a person's posts to each other."""
    kept = [
        f"{row.get('day')} in the copy of {day}"
        for day, file in loot.copies("anonymous")
        for row in rows_of(file, file.stat().st_mtime)
        if row.table == "cases_quota" and str(row.get("day")) < str(day)
    ]
    return Finding(len(kept), len(_by_nobody(loot)), ", ".join(kept[:3]))


def look_for_order(loot: Loot) -> Finding:
    """Copies in which texts still have their places in the order of changes, and so their neighbours."""
    told = []
    copies = loot.copies("anonymous")
    for day, file in copies:
        places = [row.get("changed") for row in rows_of(file, file.stat().st_mtime) if row.table == "sealing_sealedtext"]
        kept = sum(1 for place in places if place)
        if len(places) >= _FEW and kept > _ORDERED * len(places):
            told.append(f"{day}: {kept} of {len(places)}")
    return Finding(len(told), len(copies), ", ".join(told[:3]))


def count_near(loot: Loot) -> Finding:
    """Such posts within ten minutes of a member's: whoever writes both ways in one sitting stands out. Not promised."""
    texts = [row for row in loot.seen["anonymous"] if row.table in {"cases_case", "discussion_comment"}]
    of_members = [datetime.fromisoformat(row.get("posted_at")) for row in texts if row.get("author_id") and row.get("posted_at")]
    nobody = {row.get("id"): datetime.fromisoformat(row.get("posted_at")) for row in _by_nobody(loot)}
    near = sum(1 for moment in nobody.values() if any(abs(moment - other) <= _NEAR for other in of_members))
    return Finding(near, len(nobody), "within ten minutes of a text under some pseudonym")


ATTACKERS = [
    TellTale("posts as nobody beside members", Haul.BOTH, look_beside_members),
    TellTale("posts under an alias beside members", Haul.TEXTS, partial(look_beside_members, posts=_under_alias)),
    TellTale("pictures beside members", Haul.TEXTS, partial(look_beside_members, posts=_pictures)),
    TellTale("posts as nobody beside each other", Haul.BOTH, look_beside_each_other),
    TellTale("sizes of posts as nobody", Haul.TEXTS, look_at_sizes),
    TellTale("quotas of posts as nobody after their day", Haul.TEXTS, look_for_quotas),
    TellTale("order of texts within a minute", Haul.TEXTS, look_for_order),
    TellTale("minutes of posts as nobody", Haul.TIMING, count_near, protected=False),
]
