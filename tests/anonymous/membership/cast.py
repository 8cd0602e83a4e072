"""A visitor with a wallet whose proofs were made beforehand (fixtures/knocks.json), and the registrar whose roll it is on."""

import base64
import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from curbside.anonymous.membership import knocks
from curbside.anonymous.membership.models import Edition, Member
from curbside.credential.edition import Manifest, RollEntry
from curbside.credential.edition_store import EditionStore
from curbside.credential.names import Host, RollName, decode_base64url
from curbside.credential.roll_file import RollFile
from curbside.kit.registrars import Registrar
from tests.anonymous.membership.authenticator import HOST, SoftPasskey

KNOCKS = json.loads((Path(__file__).parent / "fixtures" / "knocks.json").read_text(encoding="utf-8"))
REGISTRAR = Host("directory.example.org")
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
DAY = date(2026, 11, 2)
WEEK = timedelta(days=7)


def registrar_at(folder: Path, *, host: str = REGISTRAR, key: Ed25519PrivateKey = KEY) -> Registrar:
    return Registrar(host, f"https://{host}", key.public_key().public_bytes_raw(), str(folder))


def roll_files(*names: str) -> list[tuple[str, RollFile]]:
    return [(name, RollFile.build(int(leaf) for leaf in KNOCKS["rolls"][name])) for name in sorted(names or KNOCKS["rolls"])]


def publish(
    folder: Path,
    *,
    follows: Manifest | None = None,
    names: tuple[str, ...] = (),
    host: str = REGISTRAR,
    key: Ed25519PrivateKey = KEY,
) -> Manifest:
    """Publish the next edition with these rolls, or with all of the fixtures'."""
    rolls = roll_files(*names)
    manifest = Manifest(
        registrar=Host(host),
        number=follows.number + 1 if follows else 1,
        date=follows.date + WEEK if follows else DAY,
        previous=follows.address if follows else None,
        k=2,
        rolls=tuple(RollEntry(RollName(name), roll.size, roll.root, roll.digest) for name, roll in rolls),
        registers=(),
    )
    EditionStore(folder).publish(manifest, [roll for _name, roll in rolls], key)
    return manifest


def packet(case: str, edition: str, *, registrar: str = REGISTRAR) -> dict[str, object]:
    entries = KNOCKS["cases"][case]["proofs"]
    proofs = [{"registrar": registrar, "edition": edition, "roll": entry["roll"], "proof": entry["proof"]} for entry in entries]
    return {"format": "curbside-proof-1", "purpose": "member", "object": "", "epoch": "", "proofs": proofs}


def fragment(value: dict[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@dataclass
class Visitor:
    """Someone with a browser, and the wallet whose proofs are the fixtures'."""

    monkeypatch: pytest.MonkeyPatch
    client: Client = field(default_factory=lambda: Client(headers={"host": HOST}))

    def post(self, path: str, body: object) -> tuple[int, dict[str, str]]:
        response = self.client.post(path, json.dumps(body), content_type="application/json")
        return response.status_code, response.json()

    def expect_challenge(self, case: str) -> None:
        """Make the next challenges those that the case's proof was made for."""
        wanted = decode_base64url(KNOCKS["cases"][case]["challenge"])
        self.monkeypatch.setattr(knocks, "secrets", SimpleNamespace(token_bytes=lambda _count: wanted))

    def badges(self, case: str) -> list[str]:
        return [f"{REGISTRAR}:{roll}" for roll in KNOCKS["cases"][case]["badges"]]

    def make_passkey(self, passkey: SoftPasskey, path: str = "/knock/passkey/", **fields: str) -> tuple[int, dict[str, str]]:
        _status, options = self.post(f"{path}options/", {})
        return self.post(f"{path}finish/", {"passkey": passkey.create(options["challenge"]), **fields})

    def begin(
        self,
        case: str,
        page: str = "/join/",
        *,
        pseudonym: str = "quiet-heron-41",
        passkey: SoftPasskey | None = None,
        **fields: str,
    ) -> None:
        """Go as far as the wallet."""
        self.expect_challenge(case)
        named = {"pseudonym": pseudonym} if page == "/join/" else {}
        response = self.client.post(page, {"badges": self.badges(case), **named, **fields})
        assert response.status_code == 302, response.content.decode()
        number = KNOCKS["cases"][case]["passkey"]
        if number is not None:
            status, answer = self.make_passkey(passkey or SoftPasskey(number))
            assert (status, answer) == (200, {"next": "/knock/wallet/"})

    def hand_in(self, value: dict[str, object]) -> tuple[int, dict[str, str]]:
        return self.post("/knock/finish/", {"packet": fragment(value)})

    def knock(self, case: str, page: str = "/join/", **fields: object) -> tuple[int, dict[str, str]]:
        """The whole way, against the newest edition."""
        self.begin(case, page, **fields)  # type: ignore[arg-type] # passed through
        return self.hand_in(packet(case, newest_address()))

    def sign_in(self, passkey: SoftPasskey, **fields: str) -> tuple[int, dict[str, str]]:
        _status, options = self.post("/sign-in/options/", {})
        return self.post("/sign-in/finish/", {"passkey": passkey.use(options["challenge"]), **fields})

    def confirm(self, passkey: SoftPasskey | None = None, **fields: str) -> tuple[int, dict[str, str]]:
        """Show the passkey again."""
        _status, options = self.post("/confirm/options/", {})
        return self.post("/confirm/finish/", {"passkey": (passkey or SoftPasskey(1)).use(options["challenge"]), **fields})

    @property
    def member(self) -> Member | None:
        """Whom the session names, if its member's epoch still allows it."""
        user = self.client.get("/sign-in/").wsgi_request.user
        return user if isinstance(user, Member) else None


def newest_address() -> str:
    return Edition.objects.filter(registrar=REGISTRAR).latest("number").digest
