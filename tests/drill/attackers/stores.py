"""Where words may lie beside the databases' own tables: queues of tasks, caches, the media folder, the search index on a disk.

Each row says how many files, tables or values it looked at, so that a clean haul is not an empty one.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.drill.attackers import Finding, Haul, TellTale
from tests.drill.attackers.languages import LIST, SAID
from tests.drill.loot import Loot, read_rows, tables_of

_TASKS = re.compile(r"task|job|queue|spool|outbox|celery|broker|held")
_FILED_TASKS = re.compile(r"(^|[-_.])(tasks?|jobs?|queue|spool|outbox|celery|broker)([-_.]|$)")
_WORDS = re.compile(r"[A-Za-z0-9+/=_-]{40,}|[^\W\d]{2,} [^\W\d]{2,} [^\W\d]{2,}")
"""What a task may not carry: three words in a row, or as many letters as a packed or hidden text has. Ids and names are shorter."""
_CACHE = re.compile(r"cache")
_INDEX = re.compile(r"[0-9a-f]{32}(\.\d+)?\.(idx|pos|term|store|fast|fieldnorm|del)|\.managed\.json|\.tantivy-[a-z-]+\.lock")
_OPEN = {
    "a JPEG": b"\xff\xd8\xff",
    "a PNG": b"\x89PNG\r\n",
    "a GIF": b"GIF8",
    "a PDF": b"%PDF-",
    "a TIFF": b"II*\0",
    "a Motorola TIFF": b"MM\0*",
    "a WebP": b"RIFF",
}
_DICOM_AT, _DICOM = 128, b"DICM"
_LEAST_BLOB = 64
_LEAST_FILE, _AROUND = 1 << 16, 12 + 16
"""A picture's smallest size class, and the nonce and tag around it."""
_SEALED_STAYS = 0.97
"""What is sealed does not get smaller by packing; a picture's headers and a text do."""
_MEDIA = re.compile(r"media|picture|upload|image|blob|document")


def _databases(loot: Loot) -> list[Path]:
    """Every copy of every database, raw ones among them."""
    found = [file for name in ("named", "anonymous", "ring") for _day, file in loot.copies(name)]
    return [*found, *sorted((loot.folder / "raw").rglob("*.sqlite3"))]


def look_for_tasks(loot: Loot) -> Finding:
    """Tables and files in which tasks could wait; what waits may be ids, never words."""
    databases, files = _databases(loot), [file for file in loot.files() if ".sqlite3" not in file.name]
    tables = {(file, table) for file in databases for table in tables_of(file)}
    queues = {(file, table) for file, table in tables if _TASKS.search(table)}
    told = Counter(
        f"{row.table}.{column}"
        for file in {file for file, _table in queues}
        for row in read_rows(file)
        if _TASKS.search(row.table)
        for column, value in row.values
        if not _says_ids_alone(value)
    )
    spools = [file.name for file in files if any(_FILED_TASKS.search(part) for part in file.relative_to(loot.folder).parts)]
    names = sorted({table for _file, table in queues})
    kinds = f"tables of tasks: {', '.join(names)}" if names else "no table and no file of tasks"
    detail = ", ".join([*sorted(told), *spools][:4]) or kinds
    return Finding(sum(told.values()) + len(spools), len(tables) + len(files), detail)


def _says_ids_alone(value: object) -> bool:
    return not isinstance(value, bytes) and not (isinstance(value, str) and _WORDS.search(value))


def look_for_caches(loot: Loot) -> Finding:
    """Files and tables of a cache: what is kept of pages is in memory alone."""
    files, databases = loot.files(), _databases(loot)
    found = [file.name for file in files if any(_CACHE.search(part) for part in file.relative_to(loot.folder).parts)]
    tables = [(file, table) for file in databases for table in tables_of(file)]
    found += [f"{table} in {file.name}" for file, table in tables if _CACHE.search(table)]
    return Finding(len(found), len(files) + len(tables), ", ".join(found[:4]) or "no file and no table of a cache")


def look_for_index(loot: Loot) -> Finding:
    """Files of a search index: their words are readable without a key, also those that were erased since."""
    files = loot.files()
    found = [file.name for file in files if _INDEX.fullmatch(file.name)]
    return Finding(len(found), len(files), ", ".join(found[:4]) or "no file of an index on a disk")


def look_in_memory(loot: Loot) -> Finding:
    """The index of a running process, copied from the memory in which it lies: once the process has stopped nothing of it may be left."""
    folder = loot.folder / "memory"
    running, left = (_count(folder / name) for name in ("index-running", "index-stopped"))
    if not running:
        return Finding(1, 0, "not run: no index was built")
    return Finding(left, running, f"{running} files while it ran, which this haul may hold; {left} after it stopped")


def _count(folder: Path) -> int:
    return sum(1 for file in folder.rglob("*") if file.is_file() and file.name not in {"lock", "current"}) if folder.exists() else 0


def look_for_open_files(loot: Loot) -> Finding:
    """Pictures and documents that are not sealed: in any file beside the databases, and in any table's bytes."""
    files = {str(file.relative_to(loot.folder)): file for file in loot.files(keys=False) if ".sqlite3" not in file.name}
    found: Counter[str] = Counter()
    looked = 0
    for name, file in files.items():
        data = file.read_bytes()
        looked += 1
        if (kind := _kind_of(data)) or (_MEDIA.search(name) and _shrinks(data) and (kind := "bytes that are not sealed")):
            found[f"{kind} in {name}"] += 1
    for place, data in _bytes_in_tables(loot):
        looked += 1
        if kind := _kind_of(data):
            found[f"{kind} in {place}"] += 1
    return Finding(sum(found.values()), looked, ", ".join(sorted(found)[:4]) or f"{len(files)} files, the others bytes in tables")


def look_at_picture_files(loot: Loot) -> Finding:
    """Files of pictures whose exact length shows, or whose time of writing does: either is nearly a name for the picture."""
    folder = loot.folder / "data/anonymous/files"
    files = [file for file in folder.rglob("*") if file.is_file()] if folder.exists() else []
    lengths = [file.stat().st_size - _AROUND for file in files]
    exact = sum(1 for length in lengths if length < _LEAST_FILE or length & (length - 1))
    times = {int(file.stat().st_mtime) for file in files}
    told = f"{len(set(lengths))} sizes, {len(times)} times of writing"
    return Finding(exact + max(0, len(times) - 1), len(files), told if files else "no file of a picture")


def _bytes_in_tables(loot: Loot) -> Iterator[tuple[str, bytes]]:
    for side in ("named", "anonymous"):
        for row in loot.seen[side]:
            for column, value in row.values:
                if isinstance(value, bytes) and len(value) >= _LEAST_BLOB:
                    yield f"{row.table}.{column}", value


def _kind_of(data: bytes) -> str:
    if data[_DICOM_AT : _DICOM_AT + 4] == _DICOM:
        return "a DICOM"
    return next((kind for kind, begins in _OPEN.items() if data.startswith(begins)), "")


def _shrinks(data: bytes) -> bool:
    return len(data) >= _LEAST_BLOB and len(zlib.compress(data)) < _SEALED_STAYS * len(data)


def look_for_languages(loot: Loot) -> Finding:
    """Languages of a browser, or of the interface, beside anyone: what is said in public, in which language a case is, is none."""
    found: Counter[str] = Counter()
    looked = 0
    for person in (*loot.doctors.values(), *loot.members.values()):
        for place, value in person.facts():
            if isinstance(value, str):
                looked += 1
                if LIST.match(value) or ("language" in place and place not in SAID) or "locale" in place:
                    found[place] += 1
    return Finding(sum(found.values()), looked, ", ".join(sorted(found)))


ATTACKERS = [
    TellTale("pictures and documents in clear", Haul.FILES, look_for_open_files),
    TellTale("sizes and times of pictures", Haul.FILES, look_at_picture_files),
    TellTale("files of a search index", Haul.FILES, look_for_index),
    TellTale("pages kept", Haul.CACHES, look_for_caches),
    TellTale("tasks that wait", Haul.QUEUE, look_for_tasks),
    TellTale("the search index after its process", Haul.MEMORY, look_in_memory),
    TellTale("languages kept beside persons", Haul.BOTH, look_for_languages),
]
