"""Searches every stolen file, as bytes, for a readable word of any post or document: plain, packed, hex, base64, UTF-16.

Every synthetic text holds a word of its own that begins with a fixed stem, so one search finds them all.
"""

from collections.abc import Callable
from pathlib import Path

from tests.drill.attackers import Finding, Haul, TellTale
from tests.drill.loot import Loot
from tests.drill.people import STEM
from tests.drill.raw import readable_in


def _is_cache(parts: tuple[str, ...]) -> bool:
    return any("cache" in part for part in parts)


def _is_log(parts: tuple[str, ...]) -> bool:
    return parts[0] == "logs"


def _is_loose_file(parts: tuple[str, ...]) -> bool:
    return parts[0] in {"data", "extra"} and ".sqlite3" not in parts[-1] and not _is_cache(parts) and "keys" not in parts


def _is_raw(parts: tuple[str, ...]) -> bool:
    return parts[0] == "raw" or parts[-1].endswith("-wal") or (parts[0] == "data" and parts[-1].endswith(".sqlite3"))


def _is_database(parts: tuple[str, ...]) -> bool:
    return ".sqlite3" in parts[-1]


def search(chosen: Callable[[tuple[str, ...]], bool]) -> Callable[[Loot], Finding]:
    """A search of the files of one kind."""

    def look(loot: Loot) -> Finding:
        files = [file for file in loot.files() if chosen(file.relative_to(loot.folder).parts)]
        hits = {_place(loot, file): count for file in files if (count := readable_in(file, STEM))}
        return Finding(sum(hits.values()), len(files), ", ".join(f"{place}: {count}" for place, count in sorted(hits.items())[:5]))

    return look


def _place(loot: Loot, file: Path) -> str:
    return str(file.relative_to(loot.folder))


ATTACKERS = [
    TellTale("readable words", Haul.TEXTS, search(_is_database)),
    TellTale("readable words", Haul.FREED, search(_is_raw)),
    TellTale("readable words", Haul.FILES, search(_is_loose_file)),
    TellTale("readable words", Haul.CACHES, search(_is_cache)),
    TellTale("readable words", Haul.LOGS, search(_is_log)),
]
