"""SQLite's write-ahead log, written back and cut: until then its file still holds rows and keys that were erased.

PostgreSQL needs no such step here: see docs/operating.md for what its own logs and dead rows keep, and how long.
"""

from django.db import connections
from django.db.utils import ConnectionHandler


def cut_logs(databases: ConnectionHandler = connections) -> None:
    """Cut the log of every SQLite database of this site. A reader in the middle makes it wait for the next time."""
    for name in databases:
        connection = databases[name]
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
