"""The files of a backup: a dated name, a SHA-256 beside it, readable by their owner only, never half there."""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from curbside.backup.stores import STORES, Store

SUFFIXES: Final = {"sqlite": ".sqlite3", "postgresql": ".dump", "files": ".tar"}
_NAME: Final = re.compile(r"(named|anonymous|ring|pictures)-(\d{4}-\d{2}-\d{2})-(\d{6})(\.sqlite3|\.dump|\.tar)")


class BackupRefused(Exception):
    """A backup or restore that will not be done; the sentence is for the operator."""


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup on disk."""

    path: Path
    store: Store
    made_on: date

    @property
    def sums(self) -> Path:
        """The file beside it that `sha256sum -c` reads."""
        return self.path.with_name(self.path.name + ".sha256")

    @property
    def vendor(self) -> str:
        """The engine it was made from."""
        return next(vendor for vendor, suffix in SUFFIXES.items() if suffix == self.path.suffix)


def backup_at(path: Path) -> BackupFile:
    """The backup that a path names."""
    matched = _NAME.fullmatch(path.name)
    if not matched:
        raise BackupRefused(f"{path} is not called as backups are, such as ring-2026-11-23-021500.sqlite3.")
    return BackupFile(path, STORES[matched[1]], date.fromisoformat(matched[2]))


def backups_in(folder: Path, store: Store) -> list[BackupFile]:
    """A store's backups in a folder, oldest first."""
    found = sorted(path for path in folder.iterdir() if (matched := _NAME.fullmatch(path.name)) and matched[1] == store.word)
    return [backup_at(path) for path in found]


@contextmanager
def new_backup(folder: Path, store: Store, vendor: str, moment: datetime) -> Iterator[Path]:
    """An empty file to fill; on leaving it gets its hash and its name, or goes if something went wrong."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = BackupFile(folder / f"{store.word}-{moment:%Y-%m-%d-%H%M%S}{SUFFIXES[vendor]}", store, moment.date())
    if made.path.exists():
        raise BackupRefused(f"{made.path} exists already.")
    partial = folder / f".{made.path.name}.partial"
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        yield partial
        partial.chmod(0o600)
        _keep_on_disk(partial)
        _write_private(made.sums, f"{digest(partial)}  {made.path.name}\n")
        partial.replace(made.path)
        _keep_on_disk(folder)
    finally:
        partial.unlink(missing_ok=True)


def check_digest(backup: BackupFile) -> None:
    """Compare the file with the hash beside it."""
    if not backup.path.is_file():
        raise BackupRefused(f"There is no file {backup.path}.")
    if not backup.sums.is_file():
        raise BackupRefused(f"{backup.sums} is missing: without the hash nobody knows whether the backup is whole.")
    if backup.sums.read_text(encoding="utf-8").split()[:1] != [digest(backup.path)]:
        raise BackupRefused(f"{backup.path} is not what was backed up: its SHA-256 differs from {backup.sums.name}.")


def digest(path: Path) -> str:
    """A file's SHA-256 in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def remove(backup: BackupFile) -> None:
    """The backup, and its hash."""
    backup.path.unlink()
    backup.sums.unlink(missing_ok=True)


def _write_private(path: Path, content: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(content)


def _keep_on_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
