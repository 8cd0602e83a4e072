"""Finds what could identify a patient in a text. Plain Python: usable without Django, and nothing here logs a value."""

from curbside.deid.finder import find
from curbside.deid.span import Span

__all__ = ["Span", "find"]
