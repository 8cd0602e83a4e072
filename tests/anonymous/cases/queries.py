"""Names the queries that a page makes, in both databases, so that a test says which they are and not only how many."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.test.utils import CaptureQueriesContext

from curbside.anonymous.notifications.models import Mailbox
from curbside.anonymous.sealing.models import RingKey
from curbside.anonymous.shelf.models import Shelf

_BRACKETS = re.compile(r"\([^()]*\)")
_TABLE = re.compile(r'(?:FROM|UPDATE|INTO) "(\w+)"')


@contextmanager
def named_queries() -> Iterator[list[str]]:
    names: list[str] = []
    with CaptureQueriesContext(connections["default"]) as texts, CaptureQueriesContext(connections["ring"]) as ring:
        yield names
    names += [_name(query["sql"]) for context in (texts, ring) for query in context.captured_queries]


def _name(sql: str) -> str:
    sql = sql.replace(") UNION ALL (", " UNION ALL ").removeprefix("(")  # PostgreSQL's way to write it
    table = _TABLE.search(_without_parts(sql))
    deed = sql.split(maxsplit=1)[0].lower().replace("declare", "select")  # how PostgreSQL reads row by row
    return f"{deed} {table[1] if table else ''}".strip()


def keys_of_posts() -> list[int]:
    """The texts that have a key in the ring, without those of shelves and of the boxes of notifications."""
    boxes = {*Mailbox.objects.values_list("text_id", flat=True), *Shelf.objects.values_list("text_id", flat=True)}
    return [text_id for text_id in RingKey.objects.values_list("text_id", flat=True) if text_id not in boxes]


def _without_parts(sql: str) -> str:
    """The query itself, without queries read along in brackets."""
    while (shorter := _BRACKETS.sub(" ", sql)) != sql:
        sql = shorter
    return sql
