import stat
from pathlib import Path

import pytest

from curbside.kit import environment
from curbside.kit.keys import forget_command, make_missing_keys, replace_command


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CURBSIDE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CURBSIDE_MODE", "demo")
    make_missing_keys(tmp_path)
    return tmp_path / "named" / "keys"


def former(keys: Path, name: str = "secret_key") -> list[str]:
    return environment.former_secrets("CURBSIDE_UNSET", keys / name)


def test_after_a_theft_the_old_key_counts_no_more(keys: Path) -> None:
    old = (keys / "secret_key").read_text()
    assert replace_command(["named", "secret_key", "--keep"]) == 0
    assert replace_command(["named", "secret_key"]) == 0
    assert (keys / "secret_key").read_text() != old
    assert former(keys) == []


def test_a_kept_key_counts_until_it_is_forgotten(keys: Path) -> None:
    first = (keys / "evidence_key").read_text().strip()
    replace_command(["named", "evidence_key", "--keep"])
    second = (keys / "evidence_key").read_text().strip()
    replace_command(["named", "evidence_key", "--keep"])
    assert former(keys, "evidence_key") == [second, first]
    assert {stat.S_IMODE(file.stat().st_mode) for file in keys.iterdir()} == {0o600}
    forget_command(["named", "evidence_key"])
    assert former(keys, "evidence_key") == []


def test_the_environment_goes_before_the_file(keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_command(["named", "secret_key", "--keep"])
    monkeypatch.setenv("CURBSIDE_OLD", "one, two")
    assert environment.former_secrets("CURBSIDE_OLD", keys / "secret_key") == ["one", "two"]


@pytest.mark.parametrize(
    "arguments",
    [["anonymous", "evidence_key"], ["named", "roll_signing_key", "--keep"], ["anonymous", "operator_keys"], ["wallet", "secret_key"]],
)
def test_what_cannot_be_replaced_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        replace_command(arguments)
    assert "error:" in capsys.readouterr().err


def test_a_key_that_has_no_file_is_said(keys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (keys / "secret_key").unlink()
    with pytest.raises(SystemExit):
        replace_command(["named", "secret_key"])
    assert "change it there" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        forget_command(["named", "secret_key"])
