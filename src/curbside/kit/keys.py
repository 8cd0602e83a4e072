"""Writes the key files an installation needs, each readable by its owner only. An existing file is never touched."""

import argparse
import base64
import secrets
from collections.abc import Callable
from pathlib import Path

from curbside.kit import environment
from curbside.kit.key_files import replace_key_file, write_key_file


def _random_text() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")


def _secret_key() -> str:
    return secrets.token_urlsafe(48)  # Django asks for 50 characters


def key_files(data_dir: Path) -> dict[Path, Callable[[], str]]:
    """Every key file below the data folder, and what makes its content."""
    named, anonymous = data_dir / "named" / "keys", data_dir / "anonymous" / "keys"
    return {
        named / "secret_key": _secret_key,
        named / "evidence_key": _random_text,
        named / "roll_signing_key": _random_text,
        anonymous / "secret_key": _secret_key,
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


REPLACEABLE = {"named": ("secret_key", "evidence_key", "roll_signing_key"), "anonymous": ("secret_key",)}
"""What `keys replace` writes anew. The operator's keys are rotated instead (`keys rotate`): they wrap what must stay readable."""
KEPT = ("secret_key", "evidence_key")
"""Keys of which a former one can go on counting for a while."""


def replace_key(file: Path, *, keep: bool) -> None:
    """Put a new key in the file's place. The former ones count on only if kept."""
    former = environment.former_file(file)
    old = file.read_text(encoding="ascii").strip()
    kept = [old, *(former.read_text(encoding="ascii").split() if former.is_file() else [])] if keep else []
    former.unlink(missing_ok=True)
    if kept:
        # Before the new key, so that no process ever finds neither.
        write_key_file(former, "\n".join(kept) + "\n")
    make = key_files(file.parents[2])[file]
    replace_key_file(file, make() + "\n")


def replace_command(arguments: list[str]) -> int:
    """``curbside keys replace``."""
    parser = argparse.ArgumentParser(
        prog="curbside keys replace",
        description=(
            "Write a new key in place of one below CURBSIDE_DATA_DIR; docs/keys.md tells what to do before and after. Processes that run "
            "take it up when they are started again."
        ),
    )
    parser.add_argument("site", choices=sorted(REPLACEABLE))
    parser.add_argument("key", choices=sorted({key for keys in REPLACEABLE.values() for key in keys}))
    parser.add_argument("--keep", action="store_true", help="let the former key count on until `curbside keys forget`; not after a theft")
    chosen = parser.parse_args(arguments)
    file = environment.data_dir() / chosen.site / "keys" / chosen.key
    if chosen.key not in REPLACEABLE[chosen.site]:
        parser.error(f"The {chosen.site} side has no {chosen.key}.")
    if chosen.keep and chosen.key not in KEPT:
        parser.error(f"A former {chosen.key} has no use.")
    if not file.is_file():
        parser.error(f"There is no {file}. Where the key comes from the environment, change it there.")
    replace_key(file, keep=chosen.keep)
    print(f"wrote {file}")
    return 0


def forget_command(arguments: list[str]) -> int:
    """``curbside keys forget``."""
    description = "Let the former keys, which `keys replace --keep` kept, count no more."
    parser = argparse.ArgumentParser(prog="curbside keys forget", description=description)
    parser.add_argument("site", choices=sorted(REPLACEABLE))
    parser.add_argument("key", choices=KEPT)
    chosen = parser.parse_args(arguments)
    former = environment.former_file(environment.data_dir() / chosen.site / "keys" / chosen.key)
    if not former.is_file():
        parser.error(f"There is no {former}.")
    former.unlink()
    print(f"removed {former}")
    return 0
