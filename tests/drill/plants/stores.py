"""What lies beside the databases' own tables: queues, caches, an index, media; and what only many rows together tell."""

import json
import os
import secrets
import struct
import zlib
from datetime import date

from tests.drill.attackers.graph import conversations, message_minutes
from tests.drill.loot import Loot
from tests.drill.people import STEM
from tests.drill.plants.field import Field

_WORDS = f"the patient presented with {STEM}abcdefghij and a rash"


def words_in_tasks(field: Field) -> None:
    """A queue in the database, whose tasks carry texts in place of ids."""
    with field.database(field.anonymous) as connection:
        connection.execute("CREATE TABLE django_tasks_database_dbtaskresult (id text PRIMARY KEY, status text, args_kwargs text)")
        task = json.dumps({"args": [zlib.compress(_WORDS.encode()).hex()], "kwargs": {}})
        connection.execute("INSERT INTO django_tasks_database_dbtaskresult VALUES ('1', 'SUCCEEDED', ?)", (task,))


def pages_in_a_table(field: Field) -> None:
    """Django's own cache in the database."""
    with field.database(field.anonymous) as connection:
        connection.execute("CREATE TABLE site_cache (cache_key varchar(255) PRIMARY KEY, value text, expires datetime)")


def index_on_disk(field: Field) -> None:
    """The search index in the data folder, where backups take it along."""
    from tantivy import Document, Index, SchemaBuilder

    folder = field.folder / "data/anonymous/search"
    folder.mkdir(parents=True)
    shape = SchemaBuilder()
    shape.add_text_field("word", tokenizer_name="whitespace")
    index = Index(shape.build(), path=str(folder))
    writer = index.writer(heap_size=15_000_000, num_threads=1)
    document = Document()
    document.add_text("word", _WORDS)
    writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def picture_in_clear(field: Field) -> None:
    """A picture in the media folder as it was sent."""

    def piece(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = piece(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0))
    file = field.folder / "data/anonymous/files/pictures/000000000000z/0"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + header + piece(b"IDAT", zlib.compress(bytes(72))) + piece(b"IEND", b""))


def times_of_pictures(field: Field) -> None:
    """Files of pictures as the file system dates them."""
    for place in range(3):
        file = field.folder / f"data/anonymous/files/pictures/00000000000{place:02}/0"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(secrets.token_bytes((1 << 16) + 28))
        os.utime(file, (1_790_000_000 + 1000 * place,) * 2)


def visits_dated(field: Field) -> None:
    """The directory keeps the day of each last visit; whoever comes to read a message also looks in there."""
    doctors = {pair.nullifier: pair.doctor_id for pair in field.pairs()}
    wrote = message_minutes(Loot(field.folder))
    days = {doctors[key]: str(max(moments).date()) for key, moments in wrote.items() if key in doctors}
    field.add_column(field.named, "doctors_doctor", "seen_on", dict(days))


def vouched_for_whom_one_writes_to(field: Field) -> None:
    """The community introduces members to those who vouched for them."""
    doctors = {pair.nullifier: pair.doctor_id for pair in field.pairs()}
    applications = {row["doctor_id"]: row["id"] for row in field.rows(field.named, "verification_application")}
    today = str(date(2026, 1, 5))
    pairs = {
        (doctors[one], applications[doctors[other]])
        for one, others in conversations(Loot(field.folder)).items()
        for other in others
        if one in doctors and doctors.get(other) in applications
    }
    with field.database(field.named) as connection:
        for voucher, application in pairs:
            row = (secrets.randbits(61) | 1 << 60, voucher, application, today)
            connection.execute("INSERT INTO verification_vouch (id, voucher_id, application_id, vouched_on) VALUES (?, ?, ?, ?)", row)
