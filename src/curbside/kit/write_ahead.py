"""What was erased leaves the database's files: SQLite's write-ahead log is cut, and tables are rewritten in the order of their keys.

PostgreSQL appends rows to a table's file, so their places tell the order of writing, dead rows stay, and each row keeps the number of the
transaction that wrote it: `tidy` rewrites all three away (docs/decisions/0001-random-row-ids.md).
"""

import logging

from django.apps import apps
from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

log = logging.getLogger("curbside")


def cut_logs(databases: ConnectionHandler = connections) -> list[str]:
    """Cut the log of every SQLite database of this site; gives those that a reader in the middle kept from it."""
    return [name for name in databases if not _cut(databases[name], name)]


def _cut(connection: BaseDatabaseWrapper, name: str) -> bool:
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_pages = cursor.fetchone()
    if busy:
        log.warning("log not cut, a reader is at it: %s", name)
    return not busy


def tidy(databases: ConnectionHandler = connections) -> list[str]:
    """Rewrite every database of this site; gives those whose log could not be cut. Others wait for a table while it is rewritten."""
    for name in databases:
        connection = databases[name]
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM")
        elif connection.vendor == "postgresql":
            _rewrite_tables(connection, name)
    return cut_logs(databases)


def _rewrite_tables(connection: BaseDatabaseWrapper, name: str) -> None:
    """Write all rows of a table in one transaction, then CLUSTER by primary key.

    Rows then lie in the order of random numbers, and dead ones are gone. CLUSTER alone leaves each row its transaction's number, and by
    the minutes of posts between them these told the minute of everything that has none.
    """
    present = set(connection.introspection.table_names())
    quote = connection.ops.quote_name
    for table in _tables(name):
        index, columns = _key(connection, table) if table in present else ("", [])
        if index:
            with connection.cursor() as cursor:
                key = quote(columns[0])
                cursor.execute(f"UPDATE {quote(table)} SET {key} = {key}")  # noqa: S608 - names of our own models
                cursor.execute(f"CLUSTER {quote(table)} USING {quote(index)}")


def _tables(name: str) -> list[str]:
    """Those that this database has, many-to-many ones with them."""
    models = [model for model in apps.get_models(include_auto_created=True) if router.allow_migrate_model(name, model)]
    return sorted({model._meta.db_table for model in models if model._meta.managed})  # noqa: SLF001 - Django's documented model API


def _key(connection: BaseDatabaseWrapper, table: str) -> tuple[str, list[str]]:
    """The primary key's index and columns."""
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, table)
    return next(((name, list(about["columns"])) for name, about in constraints.items() if about["primary_key"]), ("", []))
