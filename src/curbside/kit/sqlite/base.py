"""The backend: Django's own, with the module beneath it exchanged before it is first imported."""

import sqlite3
import sys

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


class DatabaseWrapper(django_sqlite.DatabaseWrapper):
    """Django's wrapper over the newer library."""
