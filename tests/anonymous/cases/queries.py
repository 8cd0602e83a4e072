"""Names the queries that a page makes, in both databases, so that a test says which they are and not only how many."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.test.utils import CaptureQueriesContext

_TABLE = re.compile(r'(?:FROM|UPDATE|INTO) "(\w+)"')


@contextmanager
def named_queries() -> Iterator[list[str]]:
    names: list[str] = []
    with CaptureQueriesContext(connections["default"]) as texts, CaptureQueriesContext(connections["ring"]) as ring:
        yield names
    names += [_name(query["sql"]) for context in (texts, ring) for query in context.captured_queries]


def _name(sql: str) -> str:
    table = _TABLE.search(sql)
    return f"{sql.split(maxsplit=1)[0].lower()} {table[1] if table else ''}".strip()
