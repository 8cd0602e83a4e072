"""A small installation of both sites, with doctors, members, texts and a roll, on either engine; each site in a process of its own."""

import base64
import os
import random  # noqa: TID251 - invented doctors
import secrets
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pysqlite3 import dbapi2 as sqlite

from tests.drill.people import Doctor, make_doctors, register_files
from tests.drill.world import ROOT, Process
from tests.postgres import program

DIRECTORY, COMMUNITY = "directory.curbside-drill.org", "community.curbside-drill.org"
STORES = {"named": "CURBSIDE_NAMED_DATABASE", "anonymous": "CURBSIDE_ANONYMOUS_DATABASE", "ring": "CURBSIDE_RING_DATABASE"}
K = 5
Order = dict[str, Any]


class Town:
    """Two sites and those who use them."""

    def __init__(self, folder: Path, server: str | None, styles: Path) -> None:
        self.folder, self.server = folder, server
        self.data = folder / "data"
        self._suffix = secrets.token_hex(4)
        self.now = datetime.now(UTC)
        self.doctors: list[Doctor] = make_doctors(12, start=self.now.date(), days=30, chance=random.Random("restore"))
        for store in STORES if server else ():
            self.postgres("createdb", self.base(store))
        self.run("keys", "make")
        self.run("migrate", "named")
        self.run("migrate", "anonymous")
        for site in ("named", "anonymous"):
            (self.data / site / "static").symlink_to(styles / site / "static")
        self.registrar = f"https://{DIRECTORY} {self.public_key()} {self.data / 'named/rolls'}"
        self.named = self._driver("named")
        self.anonymous = self._driver("anonymous")
        self._import_registers()

    # The machine

    @staticmethod
    def collect(site: str, folder: Path) -> None:
        """Styles and scripts, as `curbside collect` gathers them."""
        settings = {**os.environ, "CURBSIDE_MODE": "demo", "CURBSIDE_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT / "src")}
        for words in (("keys", "make"), ("collect", site)):
            subprocess.run([sys.executable, "-m", "curbside", *words], env=settings, capture_output=True, check=True, cwd=ROOT)

    def base(self, store: str) -> str:
        return f"{store}_{self._suffix}"

    def address(self, store: str) -> str:
        """The database's URL."""
        if self.server:
            return f"postgresql://curbside@/{self.base(store)}?host={self.server}"
        site = "named" if store == "named" else "anonymous"
        return f"sqlite:///{self.data / site / f'{store}.sqlite3'}"

    def settings(self) -> dict[str, str]:
        return {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            **{variable: self.address(store) for store, variable in STORES.items()},
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "CURBSIDE_MODE": "production",
            "CURBSIDE_DATA_DIR": str(self.data),
            "CURBSIDE_BUILD_DIR": str(ROOT / "build"),
            "CURBSIDE_DIRECTORY_ORIGIN": f"https://{DIRECTORY}",
            "CURBSIDE_COMMUNITY_ORIGIN": f"https://{COMMUNITY}",
            "CURBSIDE_WALLET_ORIGIN": "https://wallet.curbside-drill.org",
            "CURBSIDE_ROLL_LEAST": str(K),
            "CURBSIDE_BADGE_LEAST": str(K),
            "CURBSIDE_REGISTRARS": getattr(self, "registrar", ""),
            "DRILL_OBSERVER": str(self.folder / "observer.txt"),
        }

    def try_to_run(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "curbside", *words]
        return subprocess.run(command, env=self.settings() | settings, capture_output=True, text=True, cwd=self.folder, check=False)

    def run(self, *words: str, **settings: str) -> str:
        """One of the operator's commands, as the operator gives it."""
        done = self.try_to_run(*words, **settings)
        assert done.returncode == 0, f"curbside {' '.join(words)}: {done.stderr[-3000:]}"
        return done.stdout

    def postgres(self, name: str, *arguments: str) -> str:
        command = [program(name), "-h", str(self.server), "-U", "curbside", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def public_key(self) -> str:
        seed = (self.data / "named/keys/roll_signing_key").read_text().strip()
        key = Ed25519PrivateKey.from_private_bytes(base64.urlsafe_b64decode(seed + "="))
        return base64.urlsafe_b64encode(key.public_key().public_bytes_raw()).decode().rstrip("=")

    def _driver(self, site: str) -> Process:
        command = [sys.executable, "-m", f"tests.restore.{site}_site"]
        return Process(command, settings=self.settings(), log=self.folder / f"{site}.log")

    def restart(self, site: str) -> None:
        """A new process, whose browsers are empty."""
        (self.named if site == "named" else self.anonymous).stop()
        setattr(self, site, self._driver(site))

    def stop(self) -> None:
        self.named.stop()
        self.anonymous.stop()
        for store in STORES if self.server else ():
            self.postgres("dropdb", "--force", self.base(store))

    def destroy(self, *stores: str) -> None:
        """All that was in these databases is gone."""
        for site in (self.named, self.anonymous):
            site.ask([self._at({"do": "let_go"})])
        for store in stores:
            if self.server:
                self.postgres("psql", "-q", "-c", "DROP SCHEMA public CASCADE; CREATE SCHEMA public", self.base(store))
            else:
                for file in Path(self.address(store).removeprefix("sqlite:///")).parent.glob(f"{store}.sqlite3*"):
                    file.unlink()

    def lose_rolls(self) -> None:
        shutil.rmtree(self.data / "named/rolls")

    # Those who use it

    def _at(self, order: Order) -> Order:
        self.now += timedelta(minutes=2)
        return {**order, "at": self.now.isoformat()}

    def on_named(self, do: str, **fields: object) -> Any:
        return self.named.ask([self._at({"do": do, **fields})])[0]

    def on_anonymous(self, do: str, **fields: object) -> Any:
        return self.anonymous.ask([self._at({"do": do, **fields})])[0]

    def pass_days(self, days: int) -> None:
        self.now += timedelta(days=days)

    def _import_registers(self) -> None:
        for name, content in register_files(self.doctors):
            (self.folder / f"{name}.csv").write_text(content, encoding="utf-8")
            self.on_named("import_register", register=name, file=str(self.folder / f"{name}.csv"))
        self.on_named("invite")

    def verify(self, doctor: Doctor) -> None:
        """A doctor is verified and hands a commitment in."""
        browser = {"address": doctor.address, "agent": doctor.agent, "language": "en"}
        self.on_named("open", who=doctor.named_handle, **browser)
        fields = {"register": doctor.register, "number": doctor.number, "given": doctor.given, "family": doctor.family}
        self.on_named("verify", who=doctor.named_handle, **fields, size=2000)
        self.on_named("accept", number=doctor.number)
        self.on_named("hand_in", who=doctor.named_handle, commitment=str(secrets.randbits(250)), replace=False)

    def join(self, who: str) -> None:
        self.on_anonymous("open", who=who, address="198.51.100.20", agent="theirs", language="en")
        self.on_anonymous("join", who=who, nullifier=str(secrets.randbits(250)), badges=[])

    def tell(self, who: str, word: str) -> None:
        """A case with a word of its own."""
        fields = {
            "specialty": "neurology",
            "language": "en",
            "title": f"Title {word}",
            "story": f"Story {word} " * 12,
            "question": "What now?",
        }
        self.on_anonymous("post_case", who=who, **fields)

    def settle_in(self) -> None:
        """Doctors on the first edition; members who told a case each."""
        for doctor in self.doctors[:K]:
            self.verify(doctor)
        self.on_named("duties")
        self.on_anonymous("duties", editions=True)
        for who in ("anna", "ben", "cleo"):
            self.join(who)
            self.tell(who, f"zyq{who}word")
        self.on_anonymous("comment", who="ben", body="A comment with zyqremarkword in it.")

    def back_up(self, store: str, folder: Path) -> Path:
        """By the command; gives the file."""
        return Path(self.run("backup", store, str(folder)).splitlines()[0])

    # What lies in a backup

    def rows(self, backup: Path, query: str) -> list[tuple[Any, ...]]:
        """What a thief reads in a backup's tables."""
        if backup.suffix == ".sqlite3":
            connection = sqlite.connect(f"file:{backup}?mode=ro", uri=True)
            try:
                return list(connection.execute(query))
            finally:
                connection.close()
        import psycopg

        scratch = f"scratch_{secrets.token_hex(4)}"
        self.postgres("createdb", scratch)
        try:
            self.postgres("pg_restore", "--no-owner", "-d", scratch, str(backup))
            with psycopg.connect(host=self.server, user="curbside", dbname=scratch) as opened:
                return [tuple(bytes(value) if isinstance(value, memoryview) else value for value in row) for row in opened.execute(query)]
        finally:
            self.postgres("dropdb", scratch)

    def plain_bytes(self, backup: Path) -> bytes:
        """All that is in a backup, uncompressed."""
        if backup.suffix == ".sqlite3":
            return backup.read_bytes()
        return subprocess.run([program("pg_restore"), "-f", "-", str(backup)], capture_output=True, check=True).stdout
