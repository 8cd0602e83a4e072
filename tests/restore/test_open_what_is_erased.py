"""A thief with every backup that still exists, and the operator's keys, tries to read who left."""

import base64
import json
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.restore.town import Town

OURS = ("zyqbenword", "zyqcleoword", "zyqremarkword")
THEIRS = "zyqannaword"


def opened(data: bytes, key: bytes, bound_to: bytes) -> bytes | None:
    try:
        return AESGCM(key).decrypt(data[1:13], data[13:], bound_to)
    except (InvalidTag, ValueError):
        return None


def text_keys(town: Town, rings: Iterable[Path], operator_keys: list[bytes]) -> set[bytes]:
    """Every key of a text that any ring and any of the operator's keys give."""
    found = set()
    for ring in rings:
        for key_id, wrapped in town.rows(ring, "SELECT id, wrapped FROM sealing_ringkey"):
            for operator_key in operator_keys:
                found.add(opened(wrapped, operator_key, b"curbside ring key v1\n" + key_id.to_bytes(8)))
    return {key for key in found if key}


def read_all(town: Town, texts: Iterable[Path], keys: set[bytes]) -> str:
    """Every text of every backup that any of the keys opens, whichever text it was for."""
    read = []
    for backup in texts:
        for text_id, ciphertext in town.rows(backup, "SELECT id, ciphertext FROM sealing_sealedtext"):
            plain = [opened(ciphertext, key, b"curbside text v1\n" + text_id.to_bytes(8)) for key in keys]
            read += [found[4:].rstrip(b"\0").decode() for found in plain if found]
    return "\n".join(json.dumps(json.loads(text)) for text in read)


def operator_keys(town: Town) -> list[bytes]:
    lines = (town.data / "anonymous/keys/operator_keys").read_text().splitlines()
    return [base64.urlsafe_b64decode(line.split()[1] + "=") for line in lines]


def test_who_left_is_unreadable_once_the_rings_backups_have_aged_out(town: Town, tmp_path: Path) -> None:
    texts, rings = tmp_path / "texts", tmp_path / "rings"
    stolen_keys = operator_keys(town)

    def back_up() -> None:
        town.on_anonymous("back_up", store="anonymous", folder=str(texts))
        town.on_anonymous("back_up", store="ring", folder=str(rings))

    back_up()
    town.run("keys", "rotate")
    stolen_keys += operator_keys(town)
    town.pass_days(3)
    back_up()
    everything = read_all(town, texts.glob("*[!6]"), text_keys(town, rings.glob("*[!6]"), stolen_keys))
    assert [word for word in (*OURS, THEIRS) if word not in everything] == []  # the thief's tools work

    assert town.on_anonymous("leave", who="anna")["pieces"] == 2  # her text, and what she wants to be told
    town.pass_days(1)
    back_up()
    assert THEIRS in read_all(town, texts.glob("*[!6]"), text_keys(town, rings.glob("*[!6]"), stolen_keys))  # not aged out yet
    oldest = sorted(rings.glob("*[!6]"))[:2]
    gone = {bytes(row[0]) for ring in oldest for row in town.rows(ring, "SELECT wrapped FROM sealing_ringkey")}
    town.pass_days(7)
    back_up()
    assert town.on_anonymous("prune", store="ring", folder=str(rings), days=7) == 2

    left = sorted(rings.glob("*[!6]"))
    held = {bytes(row[1]) for ring in left for row in town.rows(ring, "SELECT id, wrapped FROM sealing_ringkey")}
    everything = read_all(town, texts.glob("*[!6]"), text_keys(town, left, stolen_keys))
    assert THEIRS not in everything
    assert [word for word in OURS if word not in everything] == []
    for ring in left:
        raw = town.plain_bytes(ring)
        assert any(wrapped in raw or wrapped.hex().encode() in raw for wrapped in held)
        assert not [wrapped for wrapped in gone - held if wrapped in raw or wrapped.hex().encode() in raw]
