"""A wallet served from build/wallet with its policy, a registrar's editions beside it, and a Chromium with a virtual authenticator."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import BrowserContext, Page

from curbside.credential.edition import Manifest, RollEntry, public_key_text
from curbside.credential.edition_store import EditionStore
from curbside.credential.names import Host, RollName
from curbside.credential.roll_file import RollFile

BUILT = Path(__file__).parents[2] / "build" / "wallet"
REGISTRAR = Host("directory.localhost")
SECOND = Host("annuaire.localhost")
COMMUNITY = Host("community.localhost")
K = 5

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
}
AUTHENTICATOR = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass
class SecondRegistrar:
    """Another country's registrar: a host, a key and a folder of its own."""

    folder: Path
    host: Host = SECOND
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    def publish(self, leaves: list[int]) -> Manifest:
        """Its first edition, with everyone's roll."""
        file = RollFile.build(leaves)
        manifest = Manifest(
            registrar=self.host,
            number=1,
            date=date(2026, 11, 23),
            previous=None,
            k=K,
            rolls=(RollEntry(RollName("everyone"), file.size, file.root, file.digest),),
            registers=(),
        )
        EditionStore(self.folder).publish(manifest, [file], self.key)
        return manifest


@dataclass
class WalletPlace:
    """The three hosts on one port; the two sites are blank pages, whose address is looked at."""

    folder: Path
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    port: int = 0
    configured: bool = True
    editions: list[Manifest] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    second: "SecondRegistrar | None" = None

    @property
    def wallet(self) -> str:
        return f"http://wallet.localhost:{self.port}/"

    @property
    def community(self) -> str:
        return f"http://{COMMUNITY}:{self.port}"

    @property
    def directory(self) -> str:
        return f"http://{REGISTRAR}:{self.port}"

    def config(self) -> bytes:
        known = [(REGISTRAR, self.key), *([(self.second.host, self.second.key)] if self.second else [])]
        entries = [
            {
                "host": host,
                "origin": f"http://{host}:{self.port}",
                "public_key": public_key_text(key.public_key()),
                "rolls": f"/rolls/{host}/",
            }
            for host, key in known
        ]
        value = {"format": "curbside-wallet-1", "community": {"host": COMMUNITY, "origin": self.community}, "registrars": entries}
        return json.dumps(value).encode()

    def publish(self, **rolls: list[int]) -> Manifest:
        """Publish the next edition; `gb__anaesthetics` is the roll gb/anaesthetics."""
        files = {RollName(name.replace("__", "/").replace("_", "-")): RollFile.build(leaves) for name, leaves in rolls.items()}
        manifest = Manifest(
            registrar=REGISTRAR,
            number=len(self.editions) + 1,
            date=date(2026, 11, 23),
            previous=self.editions[-1].address if self.editions else None,
            k=K,
            rolls=tuple(RollEntry(name, file.size, file.root, file.digest) for name, file in sorted(files.items())),
            registers=(),
        )
        EditionStore(self.folder).publish(manifest, files.values(), self.key)
        self.editions.append(manifest)
        return manifest

    def answer(self, host: str, path: str) -> tuple[bytes, str] | None:
        """Body and type for a request; None where there is nothing."""
        if not host.startswith("wallet."):
            return b"<!doctype html><title>arrived</title>", "text/html"
        self.asked.append(path)
        if path == "/config.json":
            return (self.config(), "application/json") if self.configured else None
        file = BUILT / (path[1:] or "index.html")
        for registrar, folder in ((REGISTRAR, self.folder), *([(self.second.host, self.second.folder)] if self.second else [])):
            if path.startswith(f"/rolls/{registrar}/"):
                file = folder / path.removeprefix(f"/rolls/{registrar}/")
        return (file.read_bytes(), TYPES.get(file.suffix, "application/octet-stream")) if file.is_file() else None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, place: WalletPlace, *arguments: object) -> None:
        self.place = place
        super().__init__(*arguments)  # type: ignore[arg-type]  # what the server passes on

    def do_GET(self) -> None:
        found = self.place.answer(self.headers["Host"], self.path)
        body, kind = found or (b"", "text/plain")
        self.send_response(200 if found else 404)
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Content-Security-Policy": POLICY,
            "Cache-Control": "no-cache",
        }.items():
            self.send_header(name, value)
        with suppress(ConnectionError):  # the browser may leave the page while a file is under way
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def serving(place: WalletPlace) -> Iterator[WalletPlace]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, place))
    server.daemon_threads = True
    place.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield place
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def open_page(context: BrowserContext, complaints: list[str], *, prf: bool = True) -> Page:
    """A page with a virtual authenticator; whatever the console complains about is collected."""
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {**AUTHENTICATOR, "hasPrf": prf}})
    page.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page


def decode_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
