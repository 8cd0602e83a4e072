"""Takes everything: copies of both hosts' folders as they stand, and the memory of a running anonymous process."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.drill.world import COMMUNITY, Plan, World


def build_haul(folder: Path, plan: Plan, say: Callable[[str], None]) -> Path:
    """Let both sites live a year below the folder; gives the folder of what was stolen."""
    world = World(folder / "world", plan, say)
    (folder / "world").mkdir(parents=True)
    try:
        world.build()
        say("both sites stand")
        world.live()
        cookies = world.visitors(8)
        haul = folder / "haul"
        _copy(folder / "world", haul)  # while the sites run, with their write-ahead logs as they are
        world.write_truth()
        shutil.copyfile(folder / "world/truth.json", haul / "truth.json")
    finally:
        world.stop()
    say("stolen: data, backups, logs; now the memory of a running process")
    read_memory(world, cookies, haul / "memory")
    read_index(world, haul / "memory")
    return haul


def _copy(world: Path, haul: Path) -> None:
    for name in ("data", "backups", "raw", "logs"):
        shutil.copytree(world / name, haul / name)
    for name in (haul / "data").rglob("static"):
        shutil.rmtree(name, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def read_memory(world: World, cookies: list[dict[str, str]], folder: Path) -> None:
    """Serve the community as in production, let members read and write there, then read its processes' memory."""
    port = _free_port()
    log = (world.folder / "logs/served.log").open("wb")
    command = [sys.executable, "-m", "curbside", "serve", "anonymous", "--port", str(port)]
    server = subprocess.Popen(
        command, env=world._settings(registrar=world.registrar), stderr=log, stdout=log, cwd=world.folder, start_new_session=True
    )
    try:
        _wait_for(port)
        for cookie in cookies:
            _visit(port, cookie)
        folder.mkdir()
        for process in [server.pid, *_children(server.pid)]:
            _dump(process, folder / f"{process}.bin")
    except PermissionError:
        shutil.rmtree(folder, ignore_errors=True)  # the report then says that this row was not run, and fails
    finally:
        os.killpg(server.pid, 15)
        server.wait(timeout=20)
        log.close()


def read_index(world: World, folder: Path) -> None:
    """Have the search index built in memory as in production, and copy what lies there while its process runs, and what is left after."""
    place = Path(tempfile.mkdtemp(prefix="curbside-drill-", dir="/dev/shm")) / "index"
    settings = world._settings(registrar=world.registrar) | {"CURBSIDE_SEARCH_DIR": str(place)}
    command = [sys.executable, "-m", "curbside", "search", "index"]
    with (world.folder / "logs/indexed.log").open("wb") as log:
        keeper = subprocess.Popen(command, env=settings, stderr=log, stdout=log, cwd=world.folder)
        try:
            _wait_until((place / "current").exists)
            shutil.copytree(place, folder / "index-running")
        finally:
            keeper.terminate()
            keeper.wait(timeout=20)
            shutil.copytree(place, folder / "index-stopped")
            shutil.rmtree(place.parent)


def _wait_until(done: Callable[[], bool]) -> None:
    for _ in range(150):
        if done():
            return
        time.sleep(0.2)
    raise RuntimeError("The search index was not built.")


def _wait_for(port: int) -> None:
    for _ in range(150):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("The community did not start.")


def _visit(port: int, cookies: dict[str, str]) -> None:
    """A member reads the list and three cases."""
    headers = {
        "Host": COMMUNITY,
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "203.0.113.9",
        "Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items()),
    }

    def get(path: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status}")
        return text

    for case in re.findall(r'href="(/cases/[0-9a-z]{13}/)"', get("/"))[:3]:
        get(case)


def _children(process: int) -> list[int]:
    found = []
    for tasks in Path(f"/proc/{process}/task").glob("*/children"):
        for child in tasks.read_text().split():
            found += [int(child), *_children(int(child))]
    return found


def _dump(process: int, file: Path) -> None:
    """Every private page that the process may write: heap, stacks, and what libraries keep."""
    with Path(f"/proc/{process}/mem").open("rb") as memory, file.open("wb") as out:
        for line in Path(f"/proc/{process}/maps").read_text().splitlines():
            span, rights, *_rest = line.split()
            if rights.startswith("rw-p"):
                begin, end = (int(number, 16) for number in span.split("-"))
                try:
                    memory.seek(begin)
                    out.write(memory.read(end - begin).rstrip(b"\0"))
                except (OSError, OverflowError):
                    continue  # a page that even its process cannot read, such as a guard
