"""Where the index lies: a folder of this account alone, on a file system in memory, so that no words reach a disk or a backup.

Each start of the writing process makes a new generation beside the old one and then names it in the file ``current``, so that readers
never see half an index.
"""

import fcntl
import os
import secrets
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from django.core.exceptions import ImproperlyConfigured

_IN_MEMORY: Final = frozenset({"tmpfs", "ramfs"})
_MOUNTS: Final = Path("/proc/self/mountinfo")


class Unsafe(ImproperlyConfigured):
    """The folder is not one in which words may lie."""


class IndexFolder:
    """The folder that settings name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock: int | None = None

    def prepare(self) -> None:
        """Make the folder for this account alone, and take the place of the one writer; raises Unsafe."""
        with suppress(FileExistsError):
            self.folder.mkdir(mode=0o700, parents=True)
        self.require_own()
        self._lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._lock)
            raise Unsafe(f"Another process writes the index in {self.folder}. There can be only one.") from error

    def require_own(self) -> None:
        """Refuse a folder that another account made or can look into: /dev/shm is open to all."""
        status = self.folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid() or stat.S_IMODE(status.st_mode) & 0o077:
            raise Unsafe(f"{self.folder} must be a folder of this account alone (mode 0700).")

    def new_generation(self) -> Path:
        """An empty folder for a fresh index."""
        made = self.folder / f"index-{secrets.token_hex(8)}"
        made.mkdir(mode=0o700)
        return made

    def publish(self, generation: Path) -> None:
        """Let readers find this generation from now on, and remove the others."""
        temporary = self.folder / "next"
        temporary.write_text(generation.name, encoding="ascii")
        temporary.replace(self.folder / "current")
        for other in self.folder.glob("index-*"):
            if other != generation:
                shutil.rmtree(other, ignore_errors=True)

    def current(self) -> Path | None:
        """The generation to read, or None while there is none."""
        try:
            self.require_own()
            return self.folder / (self.folder / "current").read_text(encoding="ascii")
        except OSError:
            return None

    def clear(self) -> None:
        """Remove everything: a process that has stopped leaves no words behind."""
        for generation in self.folder.glob("index-*"):
            shutil.rmtree(generation, ignore_errors=True)
        (self.folder / "current").unlink(missing_ok=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def lies_in_memory(folder: Path, *, mounts: Path = _MOUNTS) -> bool:
    """Whether the folder, or where it would be made, is on a file system in memory."""
    wanted = os.path.realpath(folder)
    best, kind = "", ""
    try:
        lines = mounts.read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    for line in lines:
        before, _dash, after = line.partition(" - ")
        point = before.split()[4].encode().decode("unicode_escape")
        if len(point) >= len(best) and (wanted == point or wanted.startswith(point.rstrip("/") + "/")):
            best, kind = point, after.split()[0]
    return kind in _IN_MEMORY
