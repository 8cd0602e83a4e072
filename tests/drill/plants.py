"""What careless changes would write: each plant spoils a copy of a clean haul, and at least one attacker must notice.

Planting knows who is who, as a site's own code would at the moment it wrote; the attackers do not.
"""

import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from tests.drill.attackers.opening import Sealed, operator_keys, sealed_versions
from tests.drill.loot import Loot, rows_of
from tests.drill.people import STEM


@dataclass(frozen=True, slots=True)
class Pair:
    """A member and the doctor behind it: row ids on both sides."""

    nullifier: str
    member_id: int
    pseudonym: str
    licence: str
    doctor_id: int
    commitment: bytes
    joined: str


class Field:
    """A copy of a haul in which something can be planted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.truth: dict[str, Any] = json.loads((folder / "truth.json").read_text())
        self.named, self.anonymous = folder / "data/named/named.sqlite3", folder / "data/anonymous/anonymous.sqlite3"
        self.ring = folder / "data/anonymous/ring.sqlite3"

    def pairs(self) -> list[Pair]:
        """Members who are there today, with their doctors, in order of joining."""
        doctors = {row["number"]: row for row in self._rows(self.named, "doctors_licence")}
        commitments = {row["licence_id"]: bytes(row["value"]) for row in self._rows(self.named, "roll_commitment")}
        found = []
        for row in self._rows(self.anonymous, "membership_member"):
            nullifier = bytes(row["nullifier"]).hex()
            doctor = doctors.get(self.truth["links"].get(nullifier, ""))
            if doctor and doctor["doctor_id"]:
                commitment = commitments[doctor["id"]]
                found.append(
                    Pair(nullifier, row["id"], row["pseudonym"], doctor["number"], doctor["doctor_id"], commitment, row["joined_on"])
                )
        return sorted(found, key=lambda pair: (pair.joined, pair.nullifier))

    def _rows(self, file: Path, table: str) -> list[dict[str, Any]]:
        return [dict(row.values) for row in rows_of(file, file.stat().st_mtime) if row.table == table]

    @contextmanager
    def database(self, file: Path, *, zero: bool = True) -> Iterator[Any]:
        """The copy, open for writing; its links to the clean haul are cut first. Without ``zero`` freed bytes stay."""
        for ending in ("", "-wal", "-shm"):
            part = file.with_name(file.name + ending)
            if part.exists():
                own = part.with_name(part.name + ".own")
                shutil.copyfile(part, own)
                own.replace(part)
        connection = sqlite.connect(file)
        connection.execute(f"PRAGMA secure_delete={'ON' if zero else 'OFF'}")
        yield connection
        connection.commit()
        connection.close()

    def add_column(self, file: Path, table: str, column: str, values: dict[int, object], *, key: str = "id") -> None:
        with self.database(file) as connection:
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
            connection.executemany(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", [(value, own) for own, value in values.items()])

    def append(self, name: str, lines: list[str]) -> None:
        file = self.folder / name
        old = file.read_text(encoding="utf-8") if file.exists() else ""
        file.unlink(missing_ok=True)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(old + "".join(f"{line}\n" for line in lines), encoding="utf-8")


def _moment(day: str, seconds: int) -> str:
    return str(datetime.combine(date.fromisoformat(day), time(), UTC).replace(tzinfo=None) + timedelta(seconds=seconds))


def exact_join_time(field: Field) -> None:
    """Django's own last_login on both sides: one signs in at the directory, then joins."""
    moments = {pair.nullifier: 30_000 + secrets.randbelow(50_000) for pair in field.pairs()}
    joined = {p.member_id: _moment(p.joined, moments[p.nullifier] + 240) for p in field.pairs()}
    field.add_column(field.anonymous, "membership_member", "last_login", dict(joined))
    field.add_column(
        field.named, "doctors_doctor", "last_login", {p.doctor_id: _moment(p.joined, moments[p.nullifier]) for p in field.pairs()}
    )


def sequential_ids(field: Field) -> None:
    """BigAutoField in place of RandomIdField for members."""
    with field.database(field.anonymous) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        for number, pair in enumerate(field.pairs(), start=1):
            connection.execute("UPDATE membership_member SET id = ? WHERE id = ?", (number, pair.member_id))
            for table in ("membership_badge", "membership_vouch", "membership_passkey"):
                connection.execute(f"UPDATE {table} SET member_id = ? WHERE member_id = ?", (number, pair.member_id))


def address_in_log(field: Field) -> None:
    """Both sites log who signs in and from where."""
    named, anonymous = [], []
    for pair in field.pairs():
        address = f"203.{secrets.randbelow(256)}.{secrets.randbelow(256)}.{secrets.randbelow(254) + 1}"
        named.append(f"{pair.joined} INFO sign-in of {pair.licence} from {address}")
        anonymous.append(f"{pair.joined} INFO sign-in of {pair.pseudonym} from {address}")
    field.append("logs/named.log", named)
    field.append("logs/anonymous.log", anonymous)


def pseudonym_in_named_log(field: Field) -> None:
    """The directory logs where a doctor came from."""
    field.append("logs/named.log", [f"{p.joined} INFO {p.licence} came back from /members/{p.pseudonym}" for p in field.pairs()])


def commitment_beside_member(field: Field) -> None:
    """The community keeps the commitment that a proof should have hidden."""
    field.add_column(field.anonymous, "membership_member", "commitment", {p.member_id: p.commitment.hex() for p in field.pairs()})


def one_passkey_for_both(field: Field) -> None:
    """One relying party for both hosts: the same credential on both sides."""
    with field.database(field.named) as named, field.database(field.anonymous) as anonymous:
        for pair in field.pairs():
            credential = secrets.token_bytes(32)
            named.execute("UPDATE doctors_passkey SET credential_id = ? WHERE doctor_id = ?", (credential, pair.doctor_id))
            anonymous.execute(
                "DELETE FROM membership_passkey WHERE member_id = ? "
                "AND id NOT IN (SELECT min(id) FROM membership_passkey WHERE member_id = ?)",
                (pair.member_id, pair.member_id),
            )
            anonymous.execute("UPDATE membership_passkey SET credential_id = ? WHERE member_id = ?", (credential, pair.member_id))


def excerpt_in_cache(field: Field) -> None:
    """A file cache of rendered rows."""
    import pickle
    import zlib

    file = field.folder / "data/anonymous/cache/8f2c.djcache"
    file.parent.mkdir(parents=True)
    file.write_bytes(pickle.dumps(9e9) + zlib.compress(pickle.dumps(f"<p>the patient presented with {STEM}abcdefghij and a rash</p>")))


def excerpt_in_log(field: Field) -> None:
    """An exception whose message quotes the row, base64 as a crash report would send it."""
    import base64

    field.append(
        "logs/anonymous.log", ["2026-01-01 ERROR " + base64.b64encode(f"ValueError: {STEM}abcdefghij is too long".encode()).decode()]
    )


def key_beside_text(field: Field) -> None:
    """The text's key in the text's row, wrapped or not: erasing the ring's row then erases nothing."""
    loot = Loot(field.folder)
    operator = operator_keys(loot)
    from tests.drill.attackers.opening import _unwrap

    ring = {row["id"]: bytes(row["wrapped"]) for row in field._rows(field.ring, "sealing_ringkey")}
    keys = {}
    for row in field._rows(field.anonymous, "sealing_sealedtext"):
        if row["key_id"] in ring and (key := _unwrap(ring[row["key_id"]], row["key_id"], operator)):
            keys[row["id"]] = key
    field.add_column(field.anonymous, "sealing_sealedtext", "cached_key", dict(keys))


def ids_in_order_of_verification(field: Field) -> None:
    """Cases numbered by who was verified when."""
    verified = {row["number"]: row["verified_on"] for row in field._rows(field.named, "doctors_licence")}
    with field.database(field.anonymous) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        base = 1 << 41
        for pair in sorted(field.pairs(), key=lambda pair: (verified[pair.licence], pair.licence)):
            for (own,) in connection.execute(
                "SELECT id FROM cases_case WHERE author_id = ? ORDER BY posted_at", (pair.member_id,)
            ).fetchall():
                base += 1 + secrets.randbelow(1000)
                connection.execute("UPDATE cases_case SET id = ? WHERE id = ?", (base, own))


def accept_language_kept(field: Field) -> None:
    """Both sites keep the browser's languages beside the person, for convenience."""
    tags = ("de", "it", "nl", "pt", "ar", "pl", "ro", "ca", "es", "en", "fr")
    text = {
        p.nullifier: "en-GB,en;q=0.9" + "".join(f",{secrets.choice(tags)};q=0.{8 - n}" for n in range(secrets.randbelow(4) + 1))
        for p in field.pairs()
    }
    field.add_column(field.anonymous, "membership_member", "interface", {p.member_id: text[p.nullifier] for p in field.pairs()})
    field.add_column(field.named, "doctors_doctor", "interface", {p.doctor_id: text[p.nullifier] for p in field.pairs()})


def edition_of_join_without_k(field: Field) -> None:
    """An edition after each hand-in, as in a demo, and its number kept beside the member."""
    licences = {row["number"]: row["id"] for row in field._rows(field.named, "doctors_licence")}
    numbers = {pair.licence: 1000 + place for place, pair in enumerate(field.pairs())}
    with field.database(field.named) as connection:
        for number, edition in numbers.items():
            held = "SELECT id FROM roll_commitment WHERE licence_id = ?"
            connection.execute(f"UPDATE roll_place SET edition = ? WHERE commitment_id IN ({held})", (edition, licences[number]))
    field.add_column(field.anonymous, "membership_member", "first_edition", {p.member_id: numbers[p.licence] for p in field.pairs()})


def author_beside_nobody(field: Field) -> None:
    """The member who was signed in when a post as nobody came, kept for moderators."""
    ids = {pair.nullifier: pair.member_id for pair in field.pairs()}
    posts = {row["id"]: bytes(row["nullifier"]).hex() for row in field._rows(field.anonymous, "cases_case") if row["nullifier"]}
    authors = {own: ids[author] for own, number in posts.items() if (author := field.truth["nobody"].get(number)) in ids}
    field.add_column(field.anonymous, "cases_case", "sent_by", dict(authors))


def quotas_kept(field: Field) -> None:
    """Nobody erases what counts the posts of a day."""
    with field.database(field.anonymous) as connection:
        connection.execute(
            "INSERT INTO cases_quota (id, nullifier, day, posts, blocked) VALUES (?, ?, '2020-01-01', 2, 0)",
            (secrets.randbits(61) | 1 << 60, secrets.token_bytes(32)),
        )


def order_of_texts_kept(field: Field) -> None:
    """The places of all changes, never forgotten."""
    with field.database(field.anonymous) as connection:
        for place, (own,) in enumerate(connection.execute("SELECT id FROM sealing_sealedtext").fetchall(), start=1):
            connection.execute("UPDATE sealing_sealedtext SET changed = ? WHERE id = ?", (place, own))


def thread_beside_notification(field: Field) -> None:
    """The thread's id in a notification's row, so that a list needs no keys."""
    threads = [row["id"] for row in field._rows(field.anonymous, "discussion_thread")]
    rows = [row["id"] for row in field._rows(field.anonymous, "notifications_notification")]
    field.add_column(field.anonymous, "notifications_notification", "thread_id", {own: secrets.choice(threads) for own in rows})


def message_for_the_server(field: Field) -> None:
    """Words of a private message in its sealed document, for a search on the server."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from tests.drill.attackers.opening import _unwrap

    operator = operator_keys(Loot(field.folder))
    ring = {row["id"]: bytes(row["wrapped"]) for row in field._rows(field.ring, "sealing_ringkey")}
    messages = {row["text_id"] for row in field._rows(field.anonymous, "private_messages_message")}
    texts = [row for row in field._rows(field.anonymous, "sealing_sealedtext") if row["id"] in messages and row["key_id"] in ring]
    with field.database(field.anonymous) as connection:
        for row in texts[:5]:
            key, nonce = _unwrap(ring[row["key_id"]], row["key_id"], operator), secrets.token_bytes(12)
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
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

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


PLANTS: dict[str, Callable[[Field], None]] = {
    "exact-join-time": exact_join_time,
    "sequential-ids": sequential_ids,
    "address-in-log": address_in_log,
    "pseudonym-in-named-log": pseudonym_in_named_log,
    "commitment-beside-member": commitment_beside_member,
    "one-passkey-for-both": one_passkey_for_both,
    "excerpt-in-cache": excerpt_in_cache,
    "excerpt-in-log": excerpt_in_log,
    "key-beside-text": key_beside_text,
    "ids-in-order-of-verification": ids_in_order_of_verification,
    "accept-language-kept": accept_language_kept,
    "edition-without-k": edition_of_join_without_k,
    "author-beside-nobody": author_beside_nobody,
    "quotas-kept": quotas_kept,
    "order-of-texts-kept": order_of_texts_kept,
    "thread-beside-notification": thread_beside_notification,
    "message-for-the-server": message_for_the_server,
    "ring-among-text-backups": ring_among_text_backups,
    "freed-pages-kept": freed_pages_kept,
}


def planted(clean: Path, target: Path, name: str) -> Path:
    """A copy of the clean haul, by hard links, with one plant in it."""
    shutil.copytree(clean, target, copy_function=os.link)
    PLANTS[name](Field(target))
    return target
