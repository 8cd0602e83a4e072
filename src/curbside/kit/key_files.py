"""Key files on disk: readable by their owner only, replaced whole so that nobody reads half of one."""

import os
import secrets
from pathlib import Path


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
