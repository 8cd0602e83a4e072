"""The files of pictures: sealed bytes under random names, put into one tar without times or owners.

Only the store on this machine's disk is copied; one elsewhere has copies of its own.
"""

import re
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from curbside.backup.files import BackupRefused

FOLDER: Final = "pictures"
_NO_TIME: Final = 946_684_800
_MEMBER: Final = re.compile(r"[0-9a-z]{13}/[0-9]{1,3}")


def folder_of_pictures() -> Path:
    """Where the site keeps them."""
    from django.core.files.storage import default_storage

    try:
        return Path(default_storage.path(FOLDER))
    except NotImplementedError as error:
        raise BackupRefused("The pictures lie in another store than this machine's disk. Use that store's own copies.") from error


def dump(folder: Path, target: Path) -> None:
    """Every file, in the order of the random names. One that is erased meanwhile is left out."""
    with tarfile.open(target, "w") as tar:
        for file in _files(folder):
            try:
                data = file.open("rb")
            except FileNotFoundError:
                continue
            with data:
                tar.addfile(_bare(file, folder), data)


def held(folder: Path) -> bool:
    """Whether there is any file."""
    return next(_files(folder), None) is not None


def check(backup: Path) -> None:
    """Refuse a file that is no backup of pictures."""
    try:
        with tarfile.open(backup) as tar:
            wrong = next((member for member in tar if not _MEMBER.fullmatch(member.name) or not member.isfile()), None)
    except tarfile.TarError as error:
        raise BackupRefused(f"{backup} is no backup of pictures.") from error
    if wrong is not None:
        raise BackupRefused(f"{backup} holds something else than pictures.")


def load(backup: Path, folder: Path) -> None:
    """Put the backup in the folder's place; ``check`` was called."""
    restoring = folder.with_name(f".{folder.name}.restoring")
    shutil.rmtree(restoring, ignore_errors=True)
    restoring.mkdir(parents=True, mode=0o700)
    try:
        with tarfile.open(backup) as tar:
            tar.extractall(restoring, filter="data")
        for made in restoring.iterdir():
            made.chmod(0o700)
        shutil.rmtree(folder, ignore_errors=True)
        restoring.replace(folder)
    finally:
        shutil.rmtree(restoring, ignore_errors=True)


def _files(folder: Path) -> Iterator[Path]:
    yield from (file for file in sorted(folder.glob("*/*")) if _MEMBER.fullmatch(f"{file.parent.name}/{file.name}"))


def _bare(file: Path, folder: Path) -> tarfile.TarInfo:
    member = tarfile.TarInfo(str(file.relative_to(folder)))
    member.size, member.mtime, member.mode = file.stat().st_size, _NO_TIME, 0o600
    return member
