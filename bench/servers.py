"""Granian against gunicorn, serving the community's start page with the same number of threads, in one run.

Needs gunicorn beside Curbside (`pip install gunicorn`); says so where it is missing. Prints requests a second, and how
long the slowest of a hundred waited while slow clients held connections open.
"""

import http.client
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
THREADS = 16
CLIENTS = 8
SECONDS = 6.0
HOST = "community.localhost"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def get(port: int) -> float:
    """One request on a connection of its own; seconds it took."""
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/", headers={"Host": f"{HOST}:{port}"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"status {answer.status}")
    return time.perf_counter() - begun


@contextmanager
def serving(command: list[str], port: int, settings: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(command, env=settings, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                get(port)
                break
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(10)


def rate(port: int) -> float:
    """Requests a second from eight clients."""
    counts = [0] * CLIENTS
    until = time.perf_counter() + SECONDS

    def client(number: int) -> None:
        while time.perf_counter() < until:
            get(port)
            counts[number] += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


def slowest_beside_slow_clients(port: int) -> float:
    """Twice as many clients as threads send half a request and hold on; the slowest of a hundred others, in seconds."""
    held = []
    for _ in range(2 * THREADS):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.sendall(b"GET / HTTP/1.1\r\nHost: " + HOST.encode() + b"\r\n")
        held.append(connection)
    times = []
    for _ in range(100):
        try:
            times.append(get(port))
        except TimeoutError:
            times.append(10.0)
            break
    for connection in held:
        connection.close()
    return max(times)


def main() -> int:
    if shutil.which("gunicorn", path=str(Path(sys.executable).parent)) is None:
        print("gunicorn is not installed beside this Python; `pip install gunicorn` and run again.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        for name in ("granian", "gunicorn"):
            port = free_port()
            settings = {
                **os.environ,
                "CURBSIDE_MODE": "demo",
                "CURBSIDE_DATA_DIR": folder,
                "CURBSIDE_COMMUNITY_ORIGIN": f"http://{HOST}:{port}",
            }
            for words in (["keys", "make"], ["migrate", "anonymous"], ["collect", "anonymous"]):
                subprocess.run([sys.executable, "-m", "curbside", *words], env=settings, cwd=ROOT, check=True, capture_output=True)
            commands = {
                "granian": [sys.executable, "-m", "curbside", "serve", "anonymous", "--port", str(port), "--threads", str(THREADS)],
                "gunicorn": [
                    str(Path(sys.executable).parent / "gunicorn"), "curbside.anonymous.wsgi:application", "--bind", f"127.0.0.1:{port}",
                    "--worker-class", "gthread", "--threads", str(THREADS),
                ],
            }  # fmt: skip
            with serving(commands[name], port, settings):
                rates = [rate(port) for _ in range(3)]
                slow = slowest_beside_slow_clients(port)
            print(f"{name:9} {statistics.median(rates):6.0f} requests/s   slowest beside {2 * THREADS} slow clients {slow:6.3f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
