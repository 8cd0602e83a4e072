"""The same cast as for cases."""

from tests.anonymous.cases.conftest import as_author, as_other, as_read_only, author, case, fresh_memory, other, read_only

__all__ = ["as_author", "as_other", "as_read_only", "author", "case", "fresh_memory", "other", "read_only"]
