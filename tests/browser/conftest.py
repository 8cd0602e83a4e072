"""Stories in real Chromium against a whole installation: three places in their own processes, as `make run` starts them."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.person import Person

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
LONGEST_START = 120.0


@dataclass(frozen=True)
class Installation:
    """A running demo: its origins, its folder, and everything its processes printed."""

    directory: str
    wallet: str
    community: str
    data: Path
    log: Path
    settings: dict[str, str]

    def curbside(self, *arguments: str) -> str:
        """Run an operator's command; gives what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "curbside", *arguments], env=self.settings, capture_output=True, text=True, check=False, cwd=ROOT
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def start_installation(folder: Path) -> tuple[Installation, subprocess.Popen[bytes]]:
    directory, wallet, community = free_ports(3)
    settings = {
        **os.environ,
        "CURBSIDE_MODE": "demo",
        "CURBSIDE_DATA_DIR": str(folder / "data"),
        "CURBSIDE_BUILD_DIR": str(ROOT / "build"),
        "CURBSIDE_DIRECTORY_ORIGIN": f"http://directory.localhost:{directory}",
        "CURBSIDE_WALLET_ORIGIN": f"http://wallet.localhost:{wallet}",
        "CURBSIDE_COMMUNITY_ORIGIN": f"http://community.localhost:{community}",
    }
    log = folder / "installation.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "curbside", "demo", "run"],
            env=settings,
            stdout=stream,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            start_new_session=True,
        )
    last = time.monotonic() + LONGEST_START
    while b"Curbside runs." not in log.read_bytes():
        if process.poll() is not None or time.monotonic() > last:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            pytest.fail(f"the installation did not start:\n{log.read_text()[-4000:]}")
        time.sleep(0.2)
    origins = (settings[f"CURBSIDE_{place}_ORIGIN"] for place in ("DIRECTORY", "WALLET", "COMMUNITY"))
    return Installation(*origins, folder / "data", log, settings), process


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    started, process = start_installation(tmp_path_factory.mktemp("installation"))
    yield started
    process.send_signal(signal.SIGINT)
    assert process.wait(15) == 0, "Ctrl-C must stop everything"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        pytest.fail("Chromium was not found. Install it (Debian: apt-get install chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def person(chromium: Browser) -> Iterator[Callable[..., Person]]:
    """Makes people, each with a browser profile and an authenticator of their own; no error of any of them is forgiven."""
    people: list[Person] = []

    def make(width: int = 1280, *, prf: bool = True, dark: bool = False) -> Person:
        people.append(Person(chromium, width=width, prf=prf, dark=dark))
        return people[-1]

    yield make
    for each in people:
        each.leave()
    troubles = sorted({trouble for each in people for trouble in each.troubles})
    assert not troubles, "\n".join(troubles)
