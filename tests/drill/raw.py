"""Files as bytes: what is readable in them plainly, packed, or in another spelling, and what freed pages still hold."""

import base64
import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

PAGE = 4096
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_GZIP = b"\x1f\x8b\x08"
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{24,}")
_LONGEST_PACKED = 1 << 20


def spellings(word: bytes) -> list[bytes]:
    """A word as it may stand in a file: UTF-8, UTF-16, hex, and base64 at each of its three places."""
    found = [word, word.upper(), word.capitalize(), word.decode().encode("utf-16-le"), word.hex().encode(), word.hex().upper().encode()]
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + word)
        # The first and last letters depend on the neighbours; the core does not.
        found.append(encoded[4 if before else 0 : len(encoded) // 4 * 4 - 4])
    return found


def readable(data: bytes, word: bytes) -> int:
    """How often the word can be read in the bytes, in any spelling, also inside packed streams."""
    patterns = spellings(word)
    count = sum(data.count(pattern) for pattern in patterns)
    return count + sum(piece.count(pattern) for piece in unpacked(data) for pattern in patterns)


def unpacked(data: bytes) -> Iterator[bytes]:
    """The content of every packed stream that can be found: zlib and gzip, also within base64."""
    for match in _ZLIB.finditer(data):
        if piece := _inflate(data[match.start() : match.start() + _LONGEST_PACKED], 15):
            yield piece
    at = data.find(_GZIP)
    while at >= 0:
        if piece := _inflate(data[at : at + _LONGEST_PACKED], 31):
            yield piece
        at = data.find(_GZIP, at + 1)
    for run in _BASE64.finditer(data):
        text = run[0].replace(b"-", b"+").replace(b"_", b"/")
        if text.startswith((b"eJ", b"eN", b"eA", b"eF", b"H4sI")):
            packed = base64.b64decode(text[: len(text) // 4 * 4])
            if piece := _inflate(packed, 47):
                yield piece


def _inflate(data: bytes, window: int) -> bytes:
    try:
        piece = zlib.decompressobj(window).decompress(data, _LONGEST_PACKED)
    except zlib.error:
        return b""
    return piece if len(piece) > 16 else b""


@lru_cache(maxsize=8192)
def _readable_in(inode: int, size: int, modified: int, file: Path, word: bytes) -> int:
    return readable(file.read_bytes(), word)


def readable_in(file: Path, word: str) -> int:
    """The same of a file; a file that did not change is read once."""
    stat = file.stat()
    return _readable_in(stat.st_ino, stat.st_size, stat.st_mtime_ns, file, word.encode())


def places(data: bytes, value: bytes) -> Iterator[int]:
    """Every place of a value in bytes."""
    at = data.find(value)
    while at >= 0:
        yield at
        at = data.find(value, at + 1)
