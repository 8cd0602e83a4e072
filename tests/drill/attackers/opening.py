"""Tries to open sealed texts: without the operator's keys by anything that could be a key, with them where a text was erased."""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.drill.attackers import Finding, Haul, TellTale
from tests.drill.loot import Loot, Row, rows_of
from tests.drill.raw import places

_KEY = 32
_WRAPPED = 1 + 12 + _KEY + 16
_KEY_TEXT = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])")


@dataclass(frozen=True, slots=True)
class Sealed:
    """One version of a text, as some copy of the database held it."""

    text_id: int
    key_id: int
    ciphertext: bytes


def sealed_versions(loot: Loot) -> set[Sealed]:
    """Every version of every text that any backup or raw copy holds."""
    rows = [row for row in loot.seen["anonymous"] if row.table == "sealing_sealedtext"]
    for file in sorted((loot.folder / "raw").rglob("anonymous.sqlite3")):
        rows += [row for row in rows_of(file, file.stat().st_mtime) if row.table == "sealing_sealedtext"]
    return {Sealed(row.get("id"), row.get("key_id"), bytes(row.get("ciphertext"))) for row in rows if row.get("key_id")}


def _opens(data: bytes, key: bytes, bound_to: bytes) -> bytes | None:
    try:
        return AESGCM(key).decrypt(data[1:13], data[13:], bound_to)
    except (InvalidTag, ValueError):
        return None


def open_text(text: Sealed, key: bytes) -> bool:
    """Whether a key opens a version of a text."""
    return _opens(text.ciphertext, key, b"curbside text v1\n" + text.text_id.to_bytes(8)) is not None


def _could_be_keys(rows: list[Row]) -> Iterator[bytes]:
    for row in rows:
        for _column, value in row.values:
            if isinstance(value, bytes) and len(value) >= _KEY:
                yield value[:_KEY]
                yield value[-_KEY:]
            elif isinstance(value, str):
                for text in _KEY_TEXT.findall(value):
                    yield base64.urlsafe_b64decode(text + "=")
                if len(value) == 2 * _KEY:
                    try:
                        yield bytes.fromhex(value)
                    except ValueError:
                        continue


def look_beside(loot: Loot) -> Finding:
    """Without the operator's keys: anything in a text's own row, or in its key's row, that opens it."""
    ring = {row.get("id"): row for row in _ring_rows(loot) if row.get("wrapped")}
    texts = {row.get("id"): [] for row in loot.seen["anonymous"] if row.table == "sealing_sealedtext"}
    for row in loot.seen["anonymous"]:
        if row.table == "sealing_sealedtext" or row.get("text_id"):
            texts.setdefault(row.get("text_id") or row.get("id"), []).append(row)
    opened = {
        text.text_id
        for text in sealed_versions(loot)
        for key in _could_be_keys([*texts.get(text.text_id, []), *([ring[text.key_id]] if text.key_id in ring else [])])
        if open_text(text, key)
    }
    return Finding(len(opened), len(texts), "keys lie beside their texts" if opened else "")


def _ring_rows(loot: Loot) -> list[Row]:
    return [row for _day, file in loot.copies("ring") for row in rows_of(file, file.stat().st_mtime)]


def operator_keys(loot: Loot) -> dict[str, bytes]:
    """Every line of every key file found."""
    found = {}
    for file in loot.folder.rglob("operator_keys*"):
        for line in file.read_text(encoding="ascii").splitlines():
            name, _space, text = line.strip().partition(" ")
            try:
                found[name] = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            except binascii.Error:
                continue
    return found


def unwrap(wrapped: bytes, key_id: int, operator: dict[str, bytes]) -> bytes | None:
    for secret in operator.values():
        if key := _opens(wrapped, secret, b"curbside ring key v1\n" + key_id.to_bytes(8)):
            return key
    return None


def ring_files(loot: Loot) -> list[Path]:
    """Every file that is, or may hold pages of, the ring, in any folder."""
    return [file for file in loot.files() if "sqlite3" in file.name]


def _raw_keys(data: bytes, text: Sealed, operator: dict[str, bytes]) -> Iterator[bytes]:
    """A freed row of the ring still has the text's id right before the wrapped key."""
    for at in places(data, text.text_id.to_bytes(8)):
        if (key := unwrap(data[at + 8 : at + 8 + _WRAPPED], text.key_id, operator)) is not None:
            yield key


def look_erased(loot: Loot) -> Finding:
    """With all keys: every version that is erased today and lies in some backup, by the ring's rows and by the raw bytes of its files."""
    operator = operator_keys(loot)
    live = loot.copies("anonymous")[-1][1]
    current = {row.get("key_id") for row in rows_of(live, live.stat().st_mtime) if row.table == "sealing_sealedtext"}
    gone = {text for text in sealed_versions(loot) if text.key_id not in current}
    wrapped = {row.get("id"): bytes(row.get("wrapped")) for row in _ring_rows(loot) if row.get("wrapped")}
    pile = {file: file.read_bytes() for file in ring_files(loot) if "ring" in file.name or file.parent.name == "extra"}
    opened = []
    aged = {text for text in gone if text.key_id not in _young(loot)}
    for text in aged:
        keys = [key for key in [unwrap(wrapped[text.key_id], text.key_id, operator)] if key] if text.key_id in wrapped else []
        places_of = [file.name for file, data in pile.items() if any(open_text(text, key) for key in _raw_keys(data, text, operator))]
        if places_of or any(open_text(text, key) for key in keys):
            opened.append(", ".join(sorted(set(places_of))) or "a backup of the ring")
    return Finding(len(opened), len(aged), "; ".join(sorted(set(opened))[:4]))


def _young(loot: Loot) -> set[int]:
    """Keys that a backup of the ring within its time still holds: erased too lately to have aged out."""
    return {row.get("id") for day, file in loot.copies("ring")[:-1] for row in rows_of(file, file.stat().st_mtime) if row.get("wrapped")}


def count_live(loot: Loot) -> Finding:
    """The counter-check: with the keys, texts that stand today do open, so the attack above is a real one."""
    operator = operator_keys(loot)
    live = loot.copies("anonymous")[-1][1]
    texts = [
        Sealed(r.get("id"), r.get("key_id"), bytes(r.get("ciphertext")))
        for r in rows_of(live, live.stat().st_mtime)
        if r.table == "sealing_sealedtext" and r.get("key_id")
    ]
    wrapped = {row.get("id"): bytes(row.get("wrapped")) for row in _ring_rows(loot) if row.get("wrapped")}
    opened = sum(1 for text in texts if (key := unwrap(wrapped.get(text.key_id, b""), text.key_id, operator)) and open_text(text, key))
    return Finding(len(texts) - opened, len(texts), f"{opened} of {len(texts)} open, as they must with the keys")


ATTACKERS = [
    TellTale("keys beside texts", Haul.TEXTS, look_beside),
    TellTale("erased texts", Haul.KEYS_AGED, look_erased),
    TellTale("counter-check: standing texts", Haul.KEYS_AGED, count_live),
]
