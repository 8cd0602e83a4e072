"""JSON without its liberties: no duplicate or unknown keys, no floats, no excess; and the one canonical form."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import NoReturn

from curbside.credential.errors import JsonRefused


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise JsonRefused("a key stands twice")
    return value


def _refuse(_text: str) -> NoReturn:
    raise JsonRefused("only whole numbers are allowed")


def parse(data: bytes, limit: int) -> object:
    """Read one JSON value of at most `limit` bytes of UTF-8."""
    if len(data) > limit:
        raise JsonRefused(f"longer than {limit} bytes")
    try:
        value: object = json.loads(data.decode("utf-8"), object_pairs_hook=_unique, parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise JsonRefused("not JSON in UTF-8") from error
    return value


def canonical(value: object) -> bytes:
    """The one canonical form."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def members(value: object, keys: Collection[str]) -> dict[str, object]:
    """The value as an object with exactly these keys."""
    if not isinstance(value, dict) or value.keys() != set(keys):
        raise JsonRefused(f"not an object with the keys {', '.join(sorted(keys))}")
    return value


def items(value: object, at_most: int) -> list[object]:
    """The value as a list of limited length."""
    if not isinstance(value, list) or len(value) > at_most:
        raise JsonRefused(f"not a list of at most {at_most}")
    return value


def text(value: object) -> str:
    """The value as a text."""
    if not isinstance(value, str):
        raise JsonRefused("not a text")
    return value


def whole_number(value: object, at_least: int, at_most: int) -> int:
    """The value as an integer within bounds; true and false are none."""
    if not isinstance(value, int) or isinstance(value, bool) or not at_least <= value <= at_most:
        raise JsonRefused(f"not a whole number from {at_least} to {at_most}")
    return value
