"""A question as part of an address, readable by this server alone.

An address stands in the browser's history, which browsers carry to the account one is signed in to elsewhere; the words of a search
must not. So the address holds them encrypted, for one member alone, and nothing is stored here.
"""

import base64
import binascii
import hashlib
import json
import os
from dataclasses import asdict
from datetime import date
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from curbside.anonymous.search.finding import Question
from curbside.anonymous.search.matching import Filters

_NONCE: Final = 12
_CLASS: Final = 96
"""Bytes that lengths are rounded up to, so that an address tells little of how much was typed."""
_LONGEST: Final = 4_000


def seal_question(question: Question, *, member_id: int) -> str:
    """The question for an address."""
    fields = {"q": question.typed, "c": question.condition, **asdict(question.filters)}
    plain = json.dumps(fields, default=str, ensure_ascii=False).encode()
    padded = plain.ljust(-(-len(plain) // _CLASS) * _CLASS)
    nonce = os.urandom(_NONCE)
    return base64.urlsafe_b64encode(nonce + _cipher().encrypt(nonce, padded, _context(member_id))).decode().rstrip("=")


def open_question(link: str, *, member_id: int) -> Question | None:
    """The question again; None where it is another member's, of another key, or no link at all."""
    try:
        data = base64.b64decode(link[:_LONGEST].encode("ascii") + b"=" * (-len(link[:_LONGEST]) % 4), altchars=b"-_", validate=True)
        fields = json.loads(_cipher().decrypt(data[:_NONCE], data[_NONCE:], _context(member_id)))
    except (InvalidTag, ValueError, UnicodeError, binascii.Error):
        return None
    chosen = {part: fields.get(part, "") for part in ("specialty", "language", "kind", "stage")}
    since, until = _day(fields.get("since")), _day(fields.get("until"))
    return Question(fields["q"], fields["c"], Filters(**chosen, since=since, until=until, pictures=bool(fields.get("pictures"))))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _context(member_id: int) -> bytes:
    return f"curbside search {member_id}".encode()


def _cipher() -> AESGCM:
    return AESGCM(hashlib.blake2b(b"curbside search links", key=settings.SECRET_KEY.encode()[:64], digest_size=32).digest())
