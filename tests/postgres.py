"""Runs the unit tests of both sites on a PostgreSQL server of their own, started for this run and removed after it.

The server refuses to run as root, so as root it is run by an account without rights.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SUITES = {
    "named": {"CURBSIDE_NAMED_DATABASE": "named"},
    "anonymous": {"CURBSIDE_ANONYMOUS_DATABASE": "anonymous", "CURBSIDE_RING_DATABASE": "ring"},
}


def program(name: str) -> str:
    """The server's program, newest version first where Debian keeps several."""
    places = [str(folder) for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    found = shutil.which(name, path=os.pathsep.join([*places, os.environ.get("PATH", "")]))
    if found is None:
        sys.exit(f"{name} was not found. Install PostgreSQL (Debian: apt-get install postgresql).")
    return found


def unprivileged() -> list[str]:
    """What runs a command without root's rights, where we have them."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=nobody", f"--regid={pwd.getpwnam('nobody').pw_gid}", "--clear-groups", "--"]


@contextmanager
def server() -> Iterator[str]:
    """A running server on a socket in a folder of its own; gives the folder."""
    with tempfile.TemporaryDirectory(prefix="curbside-postgres-") as folder:
        data = Path(folder) / "data"
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody")
        run = unprivileged()
        subprocess.run(
            [*run, program("initdb"), "-D", data, "-U", "curbside", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
        )
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        subprocess.run(
            [*run, program("pg_ctl"), "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
        )
        try:
            yield folder
        finally:
            subprocess.run([*run, program("pg_ctl"), "-D", data, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL, cwd="/")


def main() -> int:
    """Every suite; the exit status of the first that fails."""
    with server() as folder:
        for site, databases in SUITES.items():
            settings = {name: f"postgresql://curbside@/{base}?host={folder}" for name, base in databases.items()}
            command = [sys.executable, "-m", "pytest", f"tests/{site}", "tests/doors", f"--ds=curbside.{site}.settings", *sys.argv[1:]]
            status = subprocess.run(command, env={**os.environ, **settings}, check=False).returncode
            if status:
                return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
