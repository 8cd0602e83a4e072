"""Notifications: looks whether a sealed row says what it is about, by its size or by an id that stands in it."""

from tests.drill.attackers import Finding, Haul, TellTale
from tests.drill.loot import Loot, Row

_ABOUT = ("discussion_thread", "discussion_comment", "cases_case")
_LARGE = 1 << 40


def _notices(loot: Loot) -> list[Row]:
    return [row for row in loot.seen["anonymous"] if row.table == "notifications_notification"]


def look_at_sizes(loot: Loot) -> Finding:
    """More sizes than one."""
    rows = _notices(loot)
    sizes = {len(row.get("sealed")) for row in rows if isinstance(row.get("sealed"), bytes)}
    return Finding(max(0, len(sizes) - 1), len(rows), f"{len(sizes)} sizes")


def look_for_ids(loot: Loot) -> Finding:
    """The id of a thread, a comment or a case in a notification's row, as a number or as its bytes: it would tie an alias to its member."""
    ids = {row.get("id") for row in loot.seen["anonymous"] if row.table in _ABOUT and isinstance(row.get("id"), int)}
    ids = {own for own in ids if own > _LARGE}
    windows = {own.to_bytes(8, order) for own in ids for order in ("big", "little")}
    rows = _notices(loot)
    found = sum(1 for row in rows if any(_holds(value, ids, windows) for _column, value in row.values))
    return Finding(found, len(rows))


def _holds(value: object, ids: set[int], windows: set[bytes]) -> bool:
    if isinstance(value, bytes):
        return any(value[at : at + 8] in windows for at in range(len(value) - 7))
    return value in ids if isinstance(value, int) else False


ATTACKERS = [
    TellTale("sizes of notifications", Haul.TEXTS, look_at_sizes),
    TellTale("what notifications are about", Haul.TEXTS, look_for_ids),
]
