"""The backend: Django's own, with the module beneath it exchanged before it is first imported."""

import os
import sqlite3
import sys
from contextlib import suppress

import pysqlite3
from django.core.exceptions import ImproperlyConfigured

FIRST_FIXED = (3, 51, 3)

if pysqlite3.sqlite_version_info < FIRST_FIXED:
    raise ImproperlyConfigured(f"SQLite {pysqlite3.sqlite_version} can corrupt a WAL database: install pysqlite3 0.6.1 or newer.")
if "django.db.backends.sqlite3.base" in sys.modules and sys.modules["django.db.backends.sqlite3.base"].Database is sqlite3:
    raise ImproperlyConfigured("Django's SQLite backend was loaded before curbside.kit.sqlite; name only this one in DATABASES.")

_standard = {name: module for name, module in sys.modules.items() if name == "sqlite3" or name.startswith("sqlite3.")}
sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
from django.db.backends.sqlite3 import base as django_sqlite  # noqa: E402 - only now does it find the exchanged module

sys.modules.update(_standard)


_OWNER_AND_GROUP = 0o660
"""Less the umask, which commonly leaves the group to read. SQLite gives its log and index beside the file the same rights."""


class DatabaseWrapper(django_sqlite.DatabaseWrapper):
    """Django's wrapper over the newer library."""

    def get_new_connection(self, conn_params: dict[str, object]) -> object:
        """Make a file that is not there yet closed to other accounts of the machine: the other site's may be among them."""
        name = os.fspath(self.settings_dict["NAME"])
        if not name.startswith((":memory:", "file:")):
            with suppress(OSError):  # SQLite says better what is wrong with a file or its folder
                os.close(os.open(name, os.O_RDONLY | os.O_CREAT, _OWNER_AND_GROUP))
        return super().get_new_connection(conn_params)
