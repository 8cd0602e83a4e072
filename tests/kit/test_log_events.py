"""Logs say what happened and never to whom."""

import logging
import sys

from curbside.kit.logs import DropRequestDetail, EventFormatter


def record(message: str, *args: object, logger: str = "curbside", exception: bool = False) -> logging.LogRecord:
    return logging.LogRecord(logger, logging.ERROR, __file__, 1, message, args, sys.exc_info() if exception else None)


def test_exception_is_named_without_its_words() -> None:
    try:
        raise ValueError("Key (nullifier)=(1234567890) already exists")
    except ValueError:
        line = EventFormatter("%(message)s").format(record("duty failed", exception=True))
    assert "ValueError" in line
    assert "test_exception_is_named_without_its_words" in line
    assert "1234567890" not in line


def test_path_of_a_failed_request_is_dropped() -> None:
    entry = record("Not Found: %s", "/cases/0123456789abc/", logger="django.request")
    DropRequestDetail().filter(entry)
    assert "0123456789abc" not in EventFormatter("%(message)s").format(entry)


def test_event_of_ours_is_kept() -> None:
    entry = record("edition %d fetched", 7)
    DropRequestDetail().filter(entry)
    assert EventFormatter("%(message)s").format(entry) == "edition 7 fetched"


def test_lines_carry_a_date_and_no_moment() -> None:
    from curbside.kit.logs import logging_settings

    formatters = logging_settings()["formatters"]
    assert isinstance(formatters, dict)
    assert formatters["event"]["datefmt"] == "%Y-%m-%d"
