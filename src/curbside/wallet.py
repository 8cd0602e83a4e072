"""What an operator does for the wallet's host: its configuration, and its copies of other hosts' rolls."""

import argparse
import base64
import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from curbside.credential.edition_source import HttpSource
from curbside.credential.edition_store import EditionStore
from curbside.kit import environment
from curbside.kit.registrars import Registrar, registrars
from curbside.serve import roll_folder


def configuration(known: list[Registrar], community: environment.Origin) -> dict[str, object]:
    """The wallet's config.json (docs/wire-format.md)."""
    return {
        "format": "curbside-wallet-1",
        "community": {"host": community.host, "origin": str(community)},
        "registrars": [
            {
                "host": registrar.host,
                "origin": registrar.origin,
                "public_key": base64.urlsafe_b64encode(registrar.public_key).decode().rstrip("="),
                "rolls": f"/rolls/{registrar.host}/",
            }
            for registrar in known
        ],
    }


def write_configuration() -> Path:
    """Write config.json from the settings; gives its path."""
    file = environment.data_dir() / "wallet" / "config.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    community = environment.origin("CURBSIDE_COMMUNITY_ORIGIN", "http://community.localhost:8003")
    text = json.dumps(configuration(registrars(), community), indent=2, sort_keys=True) + "\n"
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8")
    return file


def configure_command(arguments: list[str]) -> int:
    """``curbside wallet configure``."""
    parser = argparse.ArgumentParser(
        prog="curbside wallet configure",
        description="Write the wallet's config.json from CURBSIDE_COMMUNITY_ORIGIN and CURBSIDE_REGISTRARS.",
    )
    parser.parse_args(arguments)
    print(f"wrote {write_configuration()}")
    return 0


def mirror_command(arguments: list[str]) -> int:
    """``curbside wallet mirror``."""
    parser = argparse.ArgumentParser(
        prog="curbside wallet mirror",
        description="Copy the newest two editions of every registrar whose source is a URL to the wallet's host, each checked.",
    )
    parser.parse_args(arguments)
    for registrar in registrars():
        if "://" in registrar.source:
            print(f"{registrar.host}: {mirror(registrar, roll_folder(registrar.host, registrar.source))}")
    return 0


def mirror(registrar: Registrar, folder: Path) -> str:
    """Copy a registrar's newest two editions; says what was copied."""
    key = Ed25519PublicKey.from_public_bytes(registrar.public_key)
    newest = EditionStore(folder).copy(HttpSource(registrar.source), key)
    return f"edition {newest.number} of {newest.date}"
