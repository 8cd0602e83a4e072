"""Database files are not for other accounts of the machine: both sites may run on one."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import ConnectionHandler

from curbside.kit import environment


@pytest.fixture
def common_umask() -> Iterator[None]:
    former = os.umask(0o022)
    yield
    os.umask(former)


@pytest.mark.django_db
def test_no_other_account_reads_a_database_or_its_log(tmp_path: Path, common_umask: None) -> None:
    databases = ConnectionHandler({"default": environment.database("CURBSIDE_NO_SUCH_SETTING", tmp_path / "site.sqlite3")})
    with databases["default"].cursor() as cursor:
        cursor.execute("CREATE TABLE ring (wrapped blob)")
        rights = {file.name: file.stat().st_mode & 0o007 for file in tmp_path.iterdir()}
    databases.close_all()
    assert rights == {"site.sqlite3": 0, "site.sqlite3-wal": 0, "site.sqlite3-shm": 0}
