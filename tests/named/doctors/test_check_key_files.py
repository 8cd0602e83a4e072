from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.checks import run_checks


@pytest.mark.parametrize(("mode", "wrong"), [(0o600, False), (0o640, True), (0o644, True)])
def test_a_signing_key_that_others_may_read_is_an_error(settings: LazySettings, tmp_path: Path, mode: int, wrong: bool) -> None:
    settings.DATA_DIR = tmp_path
    settings.ROLL_SIGNING_KEY_FILE = tmp_path / "elsewhere"
    settings.ROLL_SIGNING_KEY_FILE.write_text("x")
    settings.ROLL_SIGNING_KEY_FILE.chmod(mode)
    assert ("kit.E001" in {message.id for message in run_checks()}) is wrong
