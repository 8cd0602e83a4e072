"""Key files on disk: readable by their owner only, replaced whole so that nobody reads half of one."""

import os
import secrets
import stat
from pathlib import Path

from django.core import checks
from django.core.checks import CheckMessage


def write_key_file(file: Path, content: str) -> None:
    """Write a key file that is not there yet."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def replace_key_file(file: Path, content: str) -> None:
    """Put a new content in place of the old."""
    temporary = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    owner = file.stat()
    try:
        write_key_file(temporary, content)
        # An administrator may replace it; the site's account must still be able to read.
        os.chown(temporary, owner.st_uid, owner.st_gid)
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)
    _keep_on_disk(file.parent)


def _keep_on_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def check_files(data_dir: Path, *elsewhere: Path) -> list[CheckMessage]:
    """What Django's checks say of a side's key files, and of backups that lie where they do not help."""
    keys = [file for file in (*sorted((data_dir / "keys").glob("*")), *elsewhere) if file.is_file()]
    found: list[CheckMessage] = [
        checks.Error(
            f"{file} can be read by other accounts of this machine.",
            hint=f"chmod 600 {file}, and ask yourself who read it so far: docs/keys.md.",
            id="kit.E001",
        )
        for file in dict.fromkeys(keys)
        if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    ]
    if any(data_dir.rglob("*.sha256")):
        message = f"There are backups below {data_dir}: whatever destroys the database takes them with it."
        found.append(checks.Warning(message, hint="Copy them to another machine, and the ring's apart from the texts'.", id="kit.W001"))
    return found
