"""Serves one of the three places, each in its own process. No access log: addresses are not written down."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from granian import Granian
from granian.constants import Interfaces

from curbside.kit import environment
from curbside.kit.registrars import registrars
from curbside.kit.static_site import wallet_site

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

EVENTS_ONLY = {
    "version": 1,
    "disable_existing_loggers": False,
    "loggers": {"_granian": {"level": "WARNING"}, "granian.access": {"level": "CRITICAL"}},
}


def named_command(arguments: list[str]) -> int:
    """``curbside serve named``."""
    return _serve("named", "curbside.named.wsgi:application", "http://directory.localhost:8001", "CURBSIDE_DIRECTORY_ORIGIN", arguments)


def anonymous_command(arguments: list[str]) -> int:
    """``curbside serve anonymous``."""
    return _serve(
        "anonymous", "curbside.anonymous.wsgi:application", "http://community.localhost:8003", "CURBSIDE_COMMUNITY_ORIGIN", arguments
    )


def wallet_command(arguments: list[str]) -> int:
    """``curbside serve wallet``."""
    return _serve(
        "wallet", "curbside.serve:wallet_application", "http://wallet.localhost:8002", "CURBSIDE_WALLET_ORIGIN", arguments, factory=True
    )


def wallet_application() -> "WSGIApplication":
    """The wallet's files, its configuration, and the folders of rolls, as a WSGI application."""
    build = Path(environment.text("CURBSIDE_BUILD_DIR", "build")).absolute() / "wallet"
    return wallet_site(
        files=build,
        configuration=environment.data_dir() / "wallet",
        rolls={known.host: roll_folder(known.host, known.source) for known in registrars()},
    )


def roll_folder(host: str, source: str) -> Path:
    """Where the wallet's host keeps a registrar's rolls: the source itself if it is a folder, else the copy of it."""
    return environment.data_dir() / "wallet" / "rolls" / host if "://" in source else Path(source)


def _serve(place: str, target: str, default: str, variable: str, arguments: list[str], *, factory: bool = False) -> int:
    port = urlsplit(environment.text(variable, default)).port or 8000
    parser = argparse.ArgumentParser(
        prog=f"curbside serve {place}", description="Serve it on this machine, for a front such as Caddy or nginx."
    )
    parser.add_argument("--listen", default="127.0.0.1", metavar="ADDRESS", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=port, help=f"port to listen on ({port})")
    parser.add_argument("--workers", type=int, default=1, help="processes (1)")
    parser.add_argument("--threads", type=int, default=16, help="threads a process (16)")
    options = parser.parse_args(arguments)
    Granian(
        target,
        address=options.listen,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=options.threads,
        websockets=False,
        log_access=False,
        log_dictconfig=EVENTS_ONLY,
        factory=factory,
        workers_kill_timeout=3,
        working_dir=Path(os.getcwd()),  # noqa: PTH109 - Granian changes to it; the present one stays
    ).serve()
    return 0
