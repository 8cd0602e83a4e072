"""Where editions are read: a folder, or a web address that is not trusted with anything but bytes.

Everything read is checked against a signature or a hash before it is used. What is asked for is the same for
everyone: the pointer, an edition, a whole roll file.
"""

from __future__ import annotations

import http.client
import socket
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final, Protocol
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from curbside.credential import edition, names, strict_json
from curbside.credential.edition import Manifest, RollEntry, address_of
from curbside.credential.errors import EditionRefused, RollRefused, SourceFailed
from curbside.credential.names import Host, Sha256
from curbside.credential.roll_file import LARGEST_FILE, RollFile

LATEST_PATH: Final = "latest.json"
_LARGEST_POINTER: Final = 1024
_LARGEST_NUMBER: Final = (1 << 53) - 1
_PIECE: Final = 1 << 16


def manifest_path(address: Sha256) -> str:
    """Where a manifest lies."""
    return f"editions/{address}.json"


def signature_path(address: Sha256) -> str:
    """Where its signature lies."""
    return f"editions/{address}.sig"


def roll_path(digest: Sha256) -> str:
    """Where a roll file lies."""
    return f"files/{digest}.roll"


class EditionSource(Protocol):
    """Anything that gives the bytes at a path."""

    def read(self, path: str, limit: int) -> bytes:
        """All bytes at a path below the registrar's roll URL; SourceFailed if absent or longer than `limit`."""
        ...


@dataclass(frozen=True, slots=True)
class FolderSource:
    """A folder of editions on this machine."""

    root: Path

    def read(self, path: str, limit: int) -> bytes:
        """See EditionSource."""
        try:
            with (self.root / path).open("rb") as file:
                data = file.read(limit + 1)
        except OSError as error:
            raise SourceFailed(f"{path}: {error.strerror or 'cannot be read'}") from error
        return _within(data, path, limit)


class _SameOriginRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect may not lead to another host, port or scheme: not even the address of a reader goes there."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        if urlsplit(req.full_url)[:2] != urlsplit(newurl)[:2]:
            raise SourceFailed("it redirects to another host")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Connection(http.client.HTTPConnection):
    """Finds `*.localhost` on this machine, as RFC 6761 section 6.3 asks of programs; many resolvers know no such name."""

    def connect(self) -> None:
        """Connect to the host's address."""
        if not self.host.lower().rstrip(".").endswith(".localhost"):
            return super().connect()
        self.sock = socket.create_connection(("127.0.0.1", self.port), self.timeout)
        return None


class _LocalHandler(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Connection, req)


def _opener() -> urllib.request.OpenerDirector:
    """Without the handlers of file: and ftp: that `build_opener` would add."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        _LocalHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _SameOriginRedirects(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


@dataclass(frozen=True, slots=True)
class HttpSource:
    """A registrar's roll URL. `timeout` is for each wait, `deadline` for a whole file, in seconds."""

    base: str
    timeout: float = 20.0
    deadline: float = 300.0
    _opener: urllib.request.OpenerDirector = field(default_factory=_opener, repr=False, compare=False)

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.base)
        except ValueError as error:
            raise SourceFailed("not a web address") from error
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise SourceFailed("not a web address without query and fragment")

    def read(self, path: str, limit: int) -> bytes:
        """See EditionSource."""
        request = urllib.request.Request(f"{self.base.rstrip('/')}/{path}", headers={"User-Agent": "curbside"})  # noqa: S310 - scheme checked above
        try:
            with self._opener.open(request, timeout=self.timeout) as response:
                data = _within(self._pieces(response, limit), path, limit)
                if response.length:
                    raise SourceFailed(f"{path}: cut short")
                return data
        except urllib.error.HTTPError as error:
            error.close()
            raise SourceFailed(f"{path}: the server answers {error.code}") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise SourceFailed(f"{path}: cannot be fetched ({type(error).__name__})") from error

    def _pieces(self, response: IO[bytes], limit: int) -> bytes:
        """A server that drips bytes meets the deadline, one that pours them the limit."""
        data, end = bytearray(), time.monotonic() + self.deadline
        while len(data) <= limit and (piece := response.read(min(_PIECE, limit + 1 - len(data)))):
            data += piece
            if time.monotonic() > end:
                raise SourceFailed(f"not fetched within {self.deadline:.0f} seconds")
        return bytes(data)


def _within(data: bytes, path: str, limit: int) -> bytes:
    if len(data) > limit:
        raise SourceFailed(f"{path}: longer than {limit} bytes")
    return data


def source_at(place: str) -> EditionSource:
    """A folder's path or a web address."""
    return HttpSource(place) if place.startswith(("http://", "https://")) else FolderSource(Path(place))


@dataclass(frozen=True, slots=True)
class Pointer:
    """`latest.json`, which proves nothing by itself."""

    edition: Sha256
    number: int

    def encode(self) -> bytes:
        """The canonical bytes."""
        return strict_json.canonical({"edition": self.edition, "number": self.number})

    @classmethod
    def decode(cls, data: bytes) -> Pointer:
        """Read a pointer."""
        value = strict_json.members(strict_json.parse(data, _LARGEST_POINTER), ("edition", "number"))
        return cls(
            names.sha256_hex(strict_json.text(value["edition"])),
            strict_json.whole_number(value["number"], 1, _LARGEST_NUMBER),
        )


def read_pointer(source: EditionSource) -> Pointer:
    """Fetch the pointer."""
    return Pointer.decode(source.read(LATEST_PATH, _LARGEST_POINTER))


def read_edition(source: EditionSource, address: Sha256, key: Ed25519PublicKey, registrar: Host | None = None) -> Manifest:
    """Fetch an edition; check its address, its signature, and whose it is where `registrar` is given."""
    data = source.read(manifest_path(address), edition.LARGEST_MANIFEST)
    if address_of(data) != address:
        raise EditionRefused("the manifest is not what its address says")
    manifest = edition.verify(data, source.read(signature_path(address), edition.SIGNATURE_BYTES), key)
    if registrar is not None and manifest.registrar != registrar:
        raise EditionRefused("the edition is another registrar's")
    return manifest


def read_latest(source: EditionSource, key: Ed25519PublicKey, registrar: Host | None = None) -> Manifest:
    """Fetch the edition that the pointer names. Whether it is older than one already known is the caller's to check."""
    pointer = read_pointer(source)
    manifest = read_edition(source, pointer.edition, key, registrar)
    if manifest.number != pointer.number:
        raise EditionRefused("the pointer gives another number than the edition")
    return manifest


def read_roll(source: EditionSource, entry: RollEntry) -> RollFile:
    """Fetch a roll file; check its address, and its size and root against the manifest."""
    data = source.read(roll_path(entry.file), LARGEST_FILE)
    if address_of(data) != entry.file:
        raise RollRefused("the file is not what its address says")
    roll = RollFile.decode(data)
    if (roll.size, roll.root) != (entry.size, entry.root):
        raise RollRefused("the file has another size or root than the manifest says")
    return roll
