"""What was erased leaves the write-ahead log as well, once the day's duty has run."""

import secrets
from pathlib import Path

import pytest
from django.db import ConnectionHandler

from curbside.kit import environment
from curbside.kit.write_ahead import cut_logs


def everything_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


@pytest.mark.django_db
def test_erased_row_is_in_no_file_after_the_log_was_cut(tmp_path: Path) -> None:
    databases = ConnectionHandler({"default": environment.database("CURBSIDE_NO_SUCH_SETTING", tmp_path / "site.sqlite3")})
    erased, kept = secrets.token_bytes(40), secrets.token_bytes(40)
    with databases["default"].cursor() as cursor:
        cursor.execute("CREATE TABLE ring (wrapped blob)")
        cursor.execute("INSERT INTO ring VALUES (%s), (%s)", [erased, kept])
        cursor.execute("DELETE FROM ring WHERE wrapped = %s", [erased])
    assert erased in everything_in(tmp_path)
    cut_logs(databases)
    assert erased not in everything_in(tmp_path)
    assert kept in everything_in(tmp_path)
    databases.close_all()
