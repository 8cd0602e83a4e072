"""The demo: one command that fills and serves all three places on this machine, and stops them together.

Everything lives below CURBSIDE_DATA_DIR, with random keys made at the first start.
"""

import argparse
import hashlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from curbside.kit import environment
from curbside.kit.keys import make_missing_keys

DIRECTORY = "http://directory.localhost:8001"
WALLET = "http://wallet.localhost:8002"
COMMUNITY = "http://community.localhost:8003"
PACKAGE = Path(__file__).resolve().parent
LONGEST_START = 30.0
"""Seconds until a place must answer."""

FIRST_STEPS = """
Curbside runs. Ctrl-C stops it.

  Directory  {directory}   verify as a doctor, under your own name
  Wallet     {wallet}      holds your secret, in your browser
  Community  {community}   what doctors say, under a pseudonym

What to do first
{rows}
  1. Open the directory, sign up with a passkey, and apply with one of the numbers above.
  2. Choose "a document" and upload any PDF or picture.
  3. In another browser profile open the registrar's link below, and accept the application:
     {invitation}
  4. Back in the directory, follow it to the wallet: write the words down, hand the commitment over.
  5. Open the community and join.
"""


def run_command(arguments: list[str]) -> int:
    """``curbside demo run``."""
    parser = argparse.ArgumentParser(prog="curbside demo run", description="Migrate, seed and serve a demo on this machine, until Ctrl-C.")
    parser.add_argument("--quiet", action="store_true", help="do not print the first steps")
    options = parser.parse_args(arguments)
    settings = {**os.environ, "CURBSIDE_MODE": "demo"}
    os.environ.update(settings)
    refuse_taken_ports()
    make_missing_keys(environment.data_dir())
    settings["CURBSIDE_REGISTRARS"] = os.environ["CURBSIDE_REGISTRARS"] = prepare(settings)
    places = start(settings)
    for stopping in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stopping, lambda *_: sys.exit(0))
    try:
        steps = "" if options.quiet else first_steps(settings)  # takes a second, while the places start
        wait_until_up(places)
        print(steps, flush=True)
        return watch(places)
    finally:
        stop(places)


def origins() -> tuple[str, str, str]:
    """The origins of directory, wallet and community."""
    return (
        environment.text("CURBSIDE_DIRECTORY_ORIGIN", DIRECTORY),
        environment.text("CURBSIDE_WALLET_ORIGIN", WALLET),
        environment.text("CURBSIDE_COMMUNITY_ORIGIN", COMMUNITY),
    )


def refuse_taken_ports() -> None:
    """Stop before anything is started if another program, or another demo, listens already."""
    for address in origins():
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", urlsplit(address).port or 80)) == 0:
                raise SystemExit(f"Something listens at {address} already. Stop it, or set another origin (docs/operating.md).")


def prepare(settings: Mapping[str, str]) -> str:
    """Migrate, collect static files, seed; each only when something changed. Gives CURBSIDE_REGISTRARS."""
    _once("migrated", _digest(PACKAGE.glob("*/*/migrations/*.py")), [["migrate", "named"], ["migrate", "anonymous"]], settings)
    static = Path(environment.text("CURBSIDE_BUILD_DIR", "build")).absolute() / "static"
    _once("collected", _digest(static.rglob("*.*")), [["collect", "named"], ["collect", "anonymous"]], settings)
    terms = _digest((PACKAGE / "anonymous" / "conditions" / "data").iterdir())
    with ThreadPoolExecutor(1) as beside:  # the other side's database waits for neither
        loading = beside.submit(_once, "conditions", terms, [["conditions", "load"]], settings)
        _once("seeded-named", "1", [["demo", "seed-named"]], settings)
        loading.result()
    registrars = os.environ.get("CURBSIDE_REGISTRARS") or _registrar_entry(settings)
    settings = {**settings, "CURBSIDE_REGISTRARS": registrars}
    _once("configured", registrars, [["wallet", "configure"], ["edition", "fetch"]], settings)
    _once("seeded-anonymous", "1", [["demo", "seed-anonymous"]], settings)
    return registrars


def _registrar_entry(settings: Mapping[str, str]) -> str:
    key_file = environment.data_dir() / "registrar_key"
    if not key_file.exists():
        key_file.write_text(_output(["roll", "key"], settings))
    rolls = environment.data_dir() / "named" / "rolls"
    return f"{environment.text('CURBSIDE_DIRECTORY_ORIGIN', DIRECTORY)} {key_file.read_text().split()[-1]} {rolls}"


def _digest(files: object) -> str:
    digest = hashlib.sha256()
    for file in sorted(files):  # type: ignore[call-overload] # any iterable of paths
        digest.update(f"{file} {file.stat().st_size} {file.stat().st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _once(name: str, state: str, commands: list[list[str]], settings: Mapping[str, str]) -> None:
    """Run the commands unless they ran for this very state before."""
    stamp = environment.data_dir() / f".{name}"
    if stamp.exists() and stamp.read_text() == state:
        return
    running = [subprocess.Popen(_curbside(*command), env=dict(settings)) for command in commands]
    failed = [command for command, process in zip(commands, running, strict=True) if process.wait()]
    if failed:
        raise SystemExit(f"curbside {' '.join(failed[0])} failed; see above.")
    stamp.write_text(state)


def _curbside(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "curbside", *arguments]


def _output(arguments: list[str], settings: Mapping[str, str]) -> str:
    return subprocess.run(_curbside(*arguments), env=dict(settings), check=True, capture_output=True, text=True).stdout


def start(settings: Mapping[str, str]) -> dict[str, subprocess.Popen[bytes]]:
    """Start the places and what works beside them, each a process group of its own so that Ctrl-C reaches them through us."""
    places = (["serve", "named"], ["serve", "wallet"], ["serve", "anonymous"])
    commands = (*places, ["work", "named"], ["work", "anonymous"], ["search", "index"], ["pictures", "look"])
    return {" ".join(words): subprocess.Popen(_curbside(*words), env=dict(settings), start_new_session=True) for words in commands}


def wait_until_up(places: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """Wait until each place answers on its port."""
    last = time.monotonic() + LONGEST_START
    for address in origins():
        while not _answers(address):
            stopped = [name for name, process in places.items() if process.poll() is not None]
            if stopped or time.monotonic() > last:
                raise SystemExit(f"curbside {stopped[0] if stopped else address} did not start; is the port in use?")
            time.sleep(0.05)


def _answers(address: str) -> bool:
    """Ask on the loopback address: not every system resolves names below localhost outside a browser."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=5)
    try:
        connection.request("GET", "/", headers={"Host": parts.netloc})
        connection.getresponse().read()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def first_steps(settings: Mapping[str, str]) -> str:
    """What to do first, with a fresh invitation for a registrar."""
    rows_file = environment.data_dir() / "named" / "try_these"
    rows = rows_file.read_text(encoding="utf-8") if rows_file.exists() else ""
    directory, wallet, community = origins()
    return FIRST_STEPS.format(
        directory=directory,
        wallet=wallet,
        community=community,
        rows=rows,
        invitation=_output(["registrar", "invite"], settings).split()[-1],
    )


def watch(places: Mapping[str, subprocess.Popen[bytes]]) -> int:
    """Until one of them ends by itself, which is a failure."""
    while True:
        for name, process in places.items():
            if process.poll() is not None:
                print(f"curbside {name} stopped with status {process.returncode}.", file=sys.stderr)
                return 1
        time.sleep(0.3)


def stop(places: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """End every process group, gently and then not."""
    for process in places.values():
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
    last = time.monotonic() + 5
    for process in places.values():
        try:
            process.wait(max(0.1, last - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def erase_command(arguments: list[str]) -> int:
    """``curbside demo erase``."""
    parser = argparse.ArgumentParser(
        prog="curbside demo erase", description="Erase the demo's databases, keys and rolls, so that the next start begins anew."
    )
    parser.add_argument("--yes", action="store_true", help="do not ask")
    options = parser.parse_args(arguments)
    folder = environment.data_dir()
    if not options.yes and input(f"Erase everything below {folder}? Type yes: ").strip() != "yes":
        print("Nothing was erased.")
        return 1
    shutil.rmtree(folder, ignore_errors=True)
    print(f"Erased {folder}.")
    return 0
