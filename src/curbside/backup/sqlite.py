"""SQLite: a copy without freed pages and without a log of its own, made while the site serves."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from pysqlite3 import dbapi2 as sqlite

from curbside.backup.files import BackupRefused


def dump(database: Path, target: Path, left_out: Sequence[str]) -> None:
    """A consistent copy; rows of the tables left out are in none of its pages."""
    if not database.is_file():
        raise BackupRefused(f"There is no database at {database}.")
    with _open(database) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    with _open(target) as copy:
        copy.execute("PRAGMA secure_delete=ON")
        for table in _present(copy, left_out):
            copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 - names of our own tables
        copy.commit()
        copy.execute("VACUUM")
        if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise BackupRefused(f"{database} is damaged: SQLite's own check of the copy failed.")


def tables(backup: Path) -> set[str]:
    """The tables that a backup holds."""
    try:
        with _open(backup) as connection:
            return {str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite.DatabaseError as error:
        raise BackupRefused(f"{backup} is no SQLite database.") from error


def load(backup: Path, database: Path) -> None:
    """Put the backup in the database's place. Nobody else may have the database open."""
    database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    owner = database.stat() if database.is_file() else database.parent.stat()
    if database.is_file():
        _insist_on_being_alone(database)
    restoring = database.with_name(f".{database.name}.restoring")
    try:
        os.close(os.open(restoring, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        shutil.copyfile(backup, restoring)
        os.chown(restoring, owner.st_uid, owner.st_gid)
        for log in ("-wal", "-shm", "-journal"):
            database.with_name(database.name + log).unlink(missing_ok=True)
        restoring.replace(database)
    finally:
        restoring.unlink(missing_ok=True)


def _insist_on_being_alone(database: Path) -> None:
    """Only the one connection there is can leave write-ahead logging, and only a whole database lets it."""
    with _open(database) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite.OperationalError as error:
            raise BackupRefused(f"{database} is in use. Stop the site and its duties first.") from error
        except sqlite.DatabaseError:
            return  # damaged, which is why it is replaced


def _present(connection: sqlite.Connection, names: Sequence[str]) -> list[str]:
    found = {str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return [table for table in names if table in found]


@contextmanager
def _open(file: Path) -> Iterator[sqlite.Connection]:
    """Never by making a file that was not there."""
    address = f"file:///{quote(str(file).lstrip('/'))}?mode=rw"
    with closing(sqlite.connect(address, uri=True, timeout=10)) as connection:
        yield connection
