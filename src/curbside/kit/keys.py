"""Writes the key files an installation needs, each readable by its owner only. An existing file is never touched."""

import argparse
import base64
import secrets
from collections.abc import Callable
from pathlib import Path

from curbside.kit import environment
from curbside.kit.key_files import write_key_file


def _random_text() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")


def key_files(data_dir: Path) -> dict[Path, Callable[[], str]]:
    """Every key file below the data folder, and what makes its content."""
    named, anonymous = data_dir / "named" / "keys", data_dir / "anonymous" / "keys"
    return {
        named / "secret_key": _random_text,
        named / "evidence_key": _random_text,
        named / "roll_signing_key": _random_text,
        anonymous / "secret_key": _random_text,
        anonymous / "operator_keys": lambda: f"1 {_random_text()}",
    }


def make_missing_keys(data_dir: Path) -> list[Path]:
    """Write the files that are missing; gives those written."""
    written = []
    for file, make in key_files(data_dir).items():
        if file.exists():
            continue
        write_key_file(file, make() + "\n")
        written.append(file)
    return written


def make_command(arguments: list[str]) -> int:
    """``curbside keys make``."""
    parser = argparse.ArgumentParser(
        prog="curbside keys make",
        description=(
            "Write the key files that are missing below CURBSIDE_DATA_DIR. In production give each host only its own side's "
            "files, and keep a copy of operator_keys apart from every backup: without it no text can be read again."
        ),
    )
    parser.parse_args(arguments)
    for file in make_missing_keys(environment.data_dir()):
        print(f"wrote {file}")
    return 0
