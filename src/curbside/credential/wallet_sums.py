"""The wallet's SHA256SUMS: does a host serve the wallet that an edition vouches for?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from curbside.credential.edition import address_of
from curbside.credential.edition_source import EditionSource
from curbside.credential.errors import EditionRefused
from curbside.credential.names import Sha256, sha256_hex

SUMS_PATH: Final = "SHA256SUMS"
_LARGEST_SUMS: Final = 1 << 20
_LARGEST_FILE: Final = 1 << 26
_LINE: Final = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*)")


@dataclass(frozen=True, slots=True)
class SumLine:
    """One file of the wallet."""

    digest: Sha256
    path: str


def parse(data: bytes) -> tuple[SumLine, ...]:
    """Read lines as `sha256sum` writes them, sorted by path; no path leads out of the wallet's folder."""
    lines = data.decode("ascii", "replace").split("\n")
    if lines.pop() or not lines:
        raise EditionRefused(f"{SUMS_PATH} is empty or does not end its last line")
    found = [_LINE.fullmatch(line) for line in lines]
    sums = tuple(SumLine(sha256_hex(match[1]), match[2]) for match in found if match)
    paths = [line.path for line in sums]
    if len(sums) != len(lines) or paths != sorted(set(paths)):
        raise EditionRefused(f"{SUMS_PATH} has a line of another form, or paths out of order")
    return sums


def read(wallet: EditionSource, expected: Sha256) -> tuple[SumLine, ...]:
    """Fetch SHA256SUMS; refuse one that is not what the edition vouches for."""
    data = wallet.read(SUMS_PATH, _LARGEST_SUMS)
    if address_of(data) != expected:
        raise EditionRefused(f"{SUMS_PATH} is not the one the edition names")
    return parse(data)


def check_file(wallet: EditionSource, line: SumLine) -> None:
    """Fetch one file of the wallet and compare its hash."""
    if address_of(wallet.read(line.path, _LARGEST_FILE)) != line.digest:
        raise EditionRefused(f"{line.path} is not what {SUMS_PATH} says")
