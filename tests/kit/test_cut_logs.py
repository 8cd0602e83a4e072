"""What was erased leaves the write-ahead log as well, once the day's duty has run."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import ConnectionHandler

from curbside.kit import environment
from curbside.kit.write_ahead import cut_logs, tidy


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


@pytest.mark.django_db
def test_a_reader_in_the_middle_is_told_and_the_log_cut_afterwards(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    site = {"default": environment.database("CURBSIDE_NO_SUCH_SETTING", tmp_path / "site.sqlite3")}
    site["default"]["OPTIONS"] = {**site["default"]["OPTIONS"], "timeout": 0.1}
    writing, reading = ConnectionHandler(site), ConnectionHandler(site)
    erased = secrets.token_bytes(40)
    with writing["default"].cursor() as cursor, reading["default"].cursor() as reader:
        cursor.execute("CREATE TABLE ring (wrapped blob)")
        cursor.execute("INSERT INTO ring VALUES (%s)", [erased])
        reader.execute("BEGIN DEFERRED")
        reader.execute("SELECT wrapped FROM ring")
        reader.fetchall()
        cursor.execute("DELETE FROM ring")
        with caplog.at_level("WARNING", "curbside"), capture(caplog):
            assert cut_logs(writing) == ["default"]
        assert "log not cut" in caplog.text
        assert erased in everything_in(tmp_path)
        reader.execute("COMMIT")
    assert cut_logs(writing) == []
    assert erased not in everything_in(tmp_path)
    writing.close_all()
    reading.close_all()


@contextmanager
def capture(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Our logger passes nothing on, so it is listened to itself."""
    logger = logging.getLogger("curbside")
    logger.addHandler(caplog.handler)
    try:
        yield
    finally:
        logger.removeHandler(caplog.handler)


@pytest.mark.django_db
def test_a_log_that_was_not_cut_is_a_failure_of_the_duty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("curbside.kit.management.commands.cut_logs.cut_logs", lambda: ["ring"])
    with pytest.raises(CommandError, match="ring"):
        call_command("cut_logs")


@pytest.mark.django_db
def test_tidying_leaves_no_freed_page_and_no_log(tmp_path: Path) -> None:
    databases = ConnectionHandler({"default": environment.database("CURBSIDE_NO_SUCH_SETTING", tmp_path / "site.sqlite3")})
    with databases["default"].cursor() as cursor:
        cursor.execute("CREATE TABLE texts (id integer primary key, sealed blob)")
        cursor.executemany("INSERT INTO texts (sealed) VALUES (%s)", [[secrets.token_bytes(2000)] for _ in range(200)])
        cursor.execute("DELETE FROM texts WHERE id > 10")
        cursor.execute("PRAGMA freelist_count")
        assert cursor.fetchone()[0] > 50
    assert tidy(databases) == []
    with databases["default"].cursor() as cursor:
        cursor.execute("PRAGMA freelist_count")
        assert cursor.fetchone()[0] == 0
    assert (tmp_path / "site.sqlite3-wal").stat().st_size == 0
    databases.close_all()
