"""PostgreSQL: its own programs, in their custom format, which is consistent and takes no lock that a site would feel."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from curbside.backup.files import BackupRefused


def dump(database: Mapping[str, object], target: Path, left_out: Sequence[str]) -> None:
    """A consistent copy, without the rows of the tables left out."""
    excluded = [f"--exclude-table-data={table}" for table in left_out]
    _run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", "--no-password", f"--file={target}", *excluded], database)


def tables(backup: Path) -> set[str]:
    """The tables that a backup holds rows of."""
    lines = _run("pg_restore", ["--list", str(backup)]).splitlines()
    return {words[-2] for line in lines if " TABLE DATA " in line and len(words := line.split()) > 1}


def load(backup: Path, database: Mapping[str, object]) -> None:
    """Fill the database, whose tables the caller has dropped; all of it or nothing."""
    options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-password"]
    _run("pg_restore", [*options, f"--dbname={database['NAME']}", str(backup)], database)


def _run(program: str, arguments: Sequence[str], database: Mapping[str, object] | None = None) -> str:
    done = subprocess.run([_find(program), *arguments], env=_settings(database or {}), capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[0]
        raise BackupRefused(f"{program} failed: {reason}")
    return done.stdout


def _settings(database: Mapping[str, object]) -> dict[str, str]:
    """By the environment, so that no password stands in the list of processes."""
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    given = {variable: str(database[name]) for variable, name in names.items() if database.get(name)}
    return {**os.environ, **given, "PGCONNECT_TIMEOUT": "10"}


def _find(program: str) -> str:
    """The newest where Debian keeps several: an older one refuses a newer server."""
    places = [str(folder) for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    found = shutil.which(program, path=os.pathsep.join([*places, os.environ.get("PATH", "")]))
    if found is None:
        raise BackupRefused(f"{program} was not found. Install PostgreSQL's client programs (Debian: postgresql-client).")
    return found
