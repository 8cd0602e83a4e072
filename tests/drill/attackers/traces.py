"""Looks for what must not be stored anywhere: addresses, agents, moments finer than a day beside persons, live session keys."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable

from tests.drill.attackers import Finding, Haul, TellTale
from tests.drill.loot import Loot

_ADDRESS = re.compile(rb"(?<![\d.])(?:203|198)\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.])")
"""The visitors' addresses are from these blocks."""
_AGENT = re.compile(rb"Mozilla/\d|build \d{9}")
_EXACT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}")
_MOMENTS_OF_TEXTS = ("posted_at", "edited_at", "latest_at", "closes_at")
"""The minute of a conversation's newest message, which the message's own row has too; a poll's midnight, or the minute of its closing."""
_UNUSED = ("registrarinvitation.", "addresscode.")
"""Ends of links and codes, gone within the day."""


def look_for_visitors(logs: bool) -> Callable[[Loot], Finding]:
    """Addresses and agents, in logs or in everything else."""

    def look(loot: Loot) -> Finding:
        files = [file for file in loot.files() if (file.parent.name == "logs") is logs]
        found: Counter[str] = Counter()
        for file in files:
            data = file.read_bytes()
            if count := len(_ADDRESS.findall(data)) + len(_AGENT.findall(data)):
                found[file.name] = count
        return Finding(sum(found.values()), len(files), ", ".join(f"{name}: {count}" for name, count in found.most_common(4)))

    return look


def look_for_moments(loot: Loot) -> Finding:
    """Columns with a time finer than a day beside a person; a whole minute beside a text is allowed."""
    found: set[str] = set()
    rows = 0
    for side in ("named", "anonymous"):
        for row in loot.seen[side]:
            rows += 1
            for column, value in row.values:
                if not isinstance(value, str) or not _EXACT.match(value) or any(row.table.endswith(name[:-1]) for name in _UNUSED):
                    continue
                if column not in _MOMENTS_OF_TEXTS or value[17:19] != "00" or "." in value:
                    found.add(f"{row.table}.{column}")
    return Finding(len(found), rows, ", ".join(sorted(found)))


def look_for_session_keys(loot: Loot) -> Finding:
    """A cookie's value as the database keeps it would let the thief sign in; only its hash may stand there."""
    found = rows = 0
    for side in ("named", "anonymous"):
        for row in loot.seen[side]:
            if row.table.endswith("_session"):
                rows += 1
                found += any(isinstance(value, str) and re.fullmatch(r"[a-z0-9]{32}", value) for _column, value in row.values)
                found += not isinstance(row.get("key_hash"), bytes) or len(row.get("key_hash")) != hashlib.sha256().digest_size
    return Finding(found, rows)


ATTACKERS = [
    TellTale("addresses and agents", Haul.LOGS, look_for_visitors(logs=True)),
    TellTale("addresses and agents", Haul.BOTH, look_for_visitors(logs=False)),
    TellTale("moments beside persons", Haul.BOTH, look_for_moments),
    TellTale("session keys in clear", Haul.SESSIONS, look_for_session_keys),
]
