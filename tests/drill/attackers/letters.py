"""Private messages: with all keys of the server, looks for a message that is not a closed file, and for sizes that tell its length."""

import base64
import re

from tests.drill.attackers import Finding, Haul, TellTale
from tests.drill.attackers.opening import Sealed, _opens, _ring_rows, operator_keys, unwrap
from tests.drill.loot import Loot, Row
from tests.drill.people import STEM

_FILE = re.compile(rb'"age":\s*"([A-Za-z0-9+/=]+)"')
_CLASSES = 4


def _texts(loot: Loot) -> list[Row]:
    messages = {row.get("text_id") for row in loot.seen["anonymous"] if row.table == "private_messages_message"}
    return [row for row in loot.seen["anonymous"] if row.table == "sealing_sealedtext" and row.get("id") in messages and row.get("key_id")]


def _is_closed(document: bytes) -> bool:
    found = _FILE.search(document)
    return found is not None and base64.b64decode(found[1]).startswith(b"age-encryption.org/v1\n") and STEM.encode() not in document


def look_inside(loot: Loot) -> Finding:
    """What the server's own keys open: an age file, never words."""
    operator = operator_keys(loot)
    wrapped = {row.get("id"): bytes(row.get("wrapped")) for row in _ring_rows(loot) if row.get("wrapped")}
    opened = []
    for row in _texts(loot):
        text = Sealed(row.get("id"), row.get("key_id"), bytes(row.get("ciphertext")))
        key = unwrap(wrapped.get(text.key_id, b""), text.key_id, operator)
        if key and (document := _opens(text.ciphertext, key, b"curbside text v1\n" + text.text_id.to_bytes(8))):
            opened.append(document)
    readable = sum(1 for document in opened if not _is_closed(document))
    return Finding(readable, len(opened), f"{len(opened)} opened with the server's keys, each to a file for two members' keys")


def look_at_sizes(loot: Loot) -> Finding:
    """More sizes than there are classes."""
    texts = _texts(loot)
    sizes = {len(row.get("ciphertext")) for row in texts}
    return Finding(max(0, len(sizes) - _CLASSES), len(texts), f"{len(sizes)} sizes")


ATTACKERS = [
    TellTale("words of private messages", Haul.MEMORY, look_inside),
    TellTale("sizes of private messages", Haul.TEXTS, look_at_sizes),
]
