"""What makes words readable: in the clear, or with a key that lies where it should not."""

import base64
import pickle
import secrets
import zlib
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.drill.attackers.opening import Sealed, operator_keys, sealed_versions, unwrap
from tests.drill.loot import Loot, rows_of
from tests.drill.people import STEM
from tests.drill.plants.field import Field


def excerpt_in_cache(field: Field) -> None:
    """A file cache of rendered rows."""
    file = field.folder / "data/anonymous/cache/8f2c.djcache"
    file.parent.mkdir(parents=True)
    file.write_bytes(pickle.dumps(9e9) + zlib.compress(pickle.dumps(f"<p>the patient presented with {STEM}abcdefghij and a rash</p>")))


def excerpt_in_log(field: Field) -> None:
    """An exception whose message quotes the row, base64 as a crash report would send it."""
    field.append(
        "logs/anonymous.log", ["2026-01-01 ERROR " + base64.b64encode(f"ValueError: {STEM}abcdefghij is too long".encode()).decode()]
    )


def key_beside_text(field: Field) -> None:
    """The text's key in the text's row, wrapped or not: erasing the ring's row then erases nothing."""
    loot = Loot(field.folder)
    operator = operator_keys(loot)
    ring = {row["id"]: bytes(row["wrapped"]) for row in field.rows(field.ring, "sealing_ringkey")}
    keys = {}
    for row in field.rows(field.anonymous, "sealing_sealedtext"):
        if row["key_id"] in ring and (key := unwrap(ring[row["key_id"]], row["key_id"], operator)):
            keys[row["id"]] = key
    field.add_column(field.anonymous, "sealing_sealedtext", "cached_key", dict(keys))


def message_for_the_server(field: Field) -> None:
    """Words of a private message in its sealed document, for a search on the server."""
    operator = operator_keys(Loot(field.folder))
    ring = {row["id"]: bytes(row["wrapped"]) for row in field.rows(field.ring, "sealing_ringkey")}
    messages = {row["text_id"] for row in field.rows(field.anonymous, "private_messages_message")}
    texts = [row for row in field.rows(field.anonymous, "sealing_sealedtext") if row["id"] in messages and row["key_id"] in ring]
    with field.database(field.anonymous) as connection:
        for row in texts[:5]:
            key, nonce = unwrap(ring[row["key_id"]], row["key_id"], operator), secrets.token_bytes(12)
            if key is None:
                continue
            words = f'{{"words": "{STEM}abcdefghij"}}'.encode().ljust(512)
            sealed = b"\1" + nonce + AESGCM(key).encrypt(nonce, words, b"curbside text v1\n" + row["id"].to_bytes(8))
            connection.execute("UPDATE sealing_sealedtext SET ciphertext = ? WHERE id = ?", (sealed, row["id"]))


def ring_among_text_backups(field: Field) -> None:
    """A backup of the whole folder, ring included, that nobody lets age."""
    loot = Loot(field.folder)
    lost = _erased(loot)
    target = field.folder / "extra/full-backup.sqlite3"
    target.parent.mkdir()
    _ring_with(target, field, lost, delete=False)


def freed_pages_kept(field: Field) -> None:
    """secure_delete off: the ring's deleted rows stay readable in the file."""
    lost = _erased(Loot(field.folder))
    _ring_with(field.folder / "extra/ring-without-secure-delete.sqlite3", field, lost, delete=True)


def _erased(loot: Loot) -> list[Sealed]:
    live = loot.copies("anonymous")[-1][1]
    current = {row.get("key_id") for row in rows_of(live, live.stat().st_mtime) if row.table == "sealing_sealedtext"}
    return [text for text in sealed_versions(loot) if text.key_id not in current]


def _ring_with(target: Path, field: Field, texts: list[Sealed], *, delete: bool) -> None:
    """A ring that has, or had and deleted, rows for these texts. Their real keys are gone, so each text's version is sealed anew."""
    name, secret = next(iter(operator_keys(Loot(field.folder)).items()))
    target.parent.mkdir(exist_ok=True)
    with field.database(target, zero=False) as connection:
        connection.execute(
            "CREATE TABLE sealing_ringkey (id integer PRIMARY KEY, text_id bigint, wrapped blob, operator_key text, made_on date)"
        )
        backups = sorted((field.folder / "backups/anonymous").glob("*.sqlite3"))
        fresh = {}
        for text in texts[:40]:
            key, nonce = secrets.token_bytes(32), secrets.token_bytes(12)
            wrapped = b"\1" + nonce + AESGCM(secret).encrypt(nonce, key, b"curbside ring key v1\n" + text.key_id.to_bytes(8))
            connection.execute("INSERT INTO sealing_ringkey VALUES (?, ?, ?, ?, '2026-01-01')", (text.key_id, text.text_id, wrapped, name))
            fresh[text] = b"\1" + nonce + AESGCM(key).encrypt(nonce, b"\0" * 512, b"curbside text v1\n" + text.text_id.to_bytes(8))
        connection.commit()
        if delete:
            connection.execute("DELETE FROM sealing_ringkey WHERE id IN (SELECT id FROM sealing_ringkey LIMIT 39)")
    for backup in backups:
        with field.database(backup) as connection:
            for text, ciphertext in fresh.items():
                connection.execute("UPDATE sealing_sealedtext SET ciphertext = ? WHERE key_id = ?", (ciphertext, text.key_id))
