"""A text with its identifiers marked, and the same text as other people would have typed it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text and where which kind of identifier is in it."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


def lower_case(text: Annotated) -> Annotated:
    """The same, as somebody in a hurry types it."""
    return Annotated(text.text.lower(), text.spans) if len(text.text.lower()) == len(text.text) else text


def upper_case(text: Annotated) -> Annotated:
    """The same, as old systems print it."""
    return Annotated(text.text.upper(), text.spans) if len(text.text.upper()) == len(text.text) else text
