"""docs/operating.md promises every setting."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETTING = re.compile(r"\bCURBSIDE_[A-Z_]+[A-Z]\b")


def test_every_setting_that_is_read_stands_in_the_operators_guide() -> None:
    read = {name for file in (ROOT / "src").rglob("*.py") for name in SETTING.findall(file.read_text(encoding="utf-8"))}
    told = {name for page in ("operating.md", "keys.md") for name in SETTING.findall((ROOT / "docs" / page).read_text(encoding="utf-8"))}
    assert len(read) > 30
    assert read - told == set()
