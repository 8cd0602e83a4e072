"""What all tests of the anonymous side share: an operator's key of their own, and a fixed day."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings

from curbside.kit import clock
from curbside.kit.limits import RateLimit


@pytest.fixture(autouse=True)
def key_file(settings: LazySettings, tmp_path: Path) -> Path:
    file = tmp_path / "operator_keys"
    file.write_text("1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n", encoding="ascii")
    settings.KEY_FILE = file
    return file


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Stop the clock at noon of 23 November 2026."""
    moment = datetime(2026, 11, 23, 12, 0, 30, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let anybody do anything as often as they like."""
    monkeypatch.setattr(RateLimit, "count", lambda _limit, _subject: None)
