"""``curbside``: every command it lists exists, says what it is for, and fails with a sentence."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from curbside.command import COMMANDS, Command

ROOT = Path(__file__).resolve().parents[2]
VECTORS = ROOT / "tests" / "vectors"


def curbside(*arguments: str, mode: str = "test", **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CURBSIDE_")}
    return subprocess.run(
        [sys.executable, "-m", "curbside", *arguments],
        env={**environment, "CURBSIDE_MODE": mode, **settings},
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


def test_help_lists_every_command_with_what_it_does() -> None:
    done = curbside("--help")
    assert done.returncode == 0
    for command in COMMANDS:
        assert f"  {' '.join(command.words)} " in done.stdout
        assert command.summary in done.stdout


def test_nothing_at_all_is_answered_with_help() -> None:
    assert curbside().stdout == curbside("--help").stdout


def test_first_word_alone_lists_its_commands() -> None:
    done = curbside("roll")
    assert done.returncode == 0
    assert "roll publish" in done.stdout
    assert "registrar invite" not in done.stdout


@pytest.mark.parametrize("arguments", [("unknown",), ("roll", "unknown"), ("unknown", "--help")])
def test_unknown_command_is_an_error_that_shows_what_there_is(arguments: tuple[str, ...]) -> None:
    done = curbside(*arguments)
    assert done.returncode == 2
    assert "usage: curbside" in done.stderr


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: "-".join(command.words))
def test_every_command_has_help_of_its_own(command: Command) -> None:
    done = curbside(*command.words, "--help")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"usage: curbside {' '.join(command.words)}")
    assert "Traceback" not in done.stderr


def test_unsafe_settings_end_with_a_sentence() -> None:
    done = curbside(
        "check",
        "named",
        mode="production",
        CURBSIDE_WALLET_ORIGIN="https://wallet.example.org",
        CURBSIDE_DIRECTORY_ORIGIN="http://directory.example.org",
    )
    assert done.returncode == 2
    assert done.stderr == "curbside: CURBSIDE_DIRECTORY_ORIGIN must begin with https:// in production.\n"


def test_true_proof_is_verified_with_status_0() -> None:
    done = curbside("proof", "verify", str(VECTORS / "proof-20.json"))
    assert done.returncode == 0, done.stderr


def test_changed_proof_is_refused_with_status_1_and_the_reason(tmp_path: Path) -> None:
    proof = json.loads((VECTORS / "proof-20.json").read_text())
    proof["nullifier"] = str(int(proof["nullifier"]) + 1)
    (tmp_path / "changed.json").write_text(json.dumps(proof))
    done = curbside("proof", "verify", str(tmp_path / "changed.json"))
    assert done.returncode == 1
    assert (done.stdout + done.stderr).strip()
    assert "Traceback" not in done.stderr


def test_keys_are_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    first = curbside("keys", "make", CURBSIDE_DATA_DIR=str(tmp_path))
    written = [Path(line.removeprefix("wrote ")) for line in first.stdout.splitlines()]
    assert written
    for file in written:
        assert file.stat().st_mode & 0o077 == 0
    contents = [file.read_text() for file in written]
    assert len(set(contents)) == len(contents)
    assert curbside("keys", "make", CURBSIDE_DATA_DIR=str(tmp_path)).stdout == ""
    assert [file.read_text() for file in written] == contents


def test_fresh_installation_is_told_of_nothing_that_it_cannot_mend(tmp_path: Path) -> None:
    origins = {f"CURBSIDE_{place}_ORIGIN": f"https://{place.lower()}.curbside.health" for place in ("DIRECTORY", "WALLET", "COMMUNITY")}
    place = {"mode": "production", "CURBSIDE_DATA_DIR": str(tmp_path), **origins}
    assert curbside("keys", "make", **place).returncode == 0
    assert curbside("migrate", "named", **place).returncode == 0
    done = curbside("check", "named", "--deploy", **place)
    assert done.returncode == 0
    assert "no issues" in done.stdout + done.stderr
