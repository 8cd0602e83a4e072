"""A word is found in a file whatever way it is written; a random file holds none."""

import base64
import gzip
import pickle
import secrets
import zlib

import pytest

from tests.drill.people import STEM
from tests.drill.raw import readable

WORD = STEM.encode()
TEXT = f"the patient presented with {STEM}abcdefghij and a rash".encode()

WRITTEN = {
    "plain": TEXT,
    "capitals": TEXT.upper(),
    "UTF-16": TEXT.decode().encode("utf-16"),
    "hex": TEXT.hex().encode(),
    "pickled": pickle.dumps(TEXT.decode()),
    "zlib": zlib.compress(TEXT),
    "zlib within noise": secrets.token_bytes(500) + zlib.compress(TEXT, 9) + secrets.token_bytes(500),
    "gzip": gzip.compress(TEXT),
    "zlib in base64, as a signed session has it": b"." + base64.urlsafe_b64encode(zlib.compress(TEXT)) + b":signature",
    **{f"base64 at place {place}": base64.b64encode(b"x" * place + TEXT) for place in range(3)},
}


@pytest.mark.parametrize("way", WRITTEN)
def test_word_is_found(way: str) -> None:
    assert readable(WRITTEN[way], WORD) > 0


def test_random_bytes_hold_no_word() -> None:
    assert readable(secrets.token_bytes(300_000), WORD) == 0
