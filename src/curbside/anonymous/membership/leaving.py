"""What happens when a member leaves: rooms above say here, when they start, how what they hold of a member is erased and exported.

An app's `AppConfig.ready` calls `on_leaving(erase)` and, if it holds text, `on_export(export)`. Rooms above import this module, never the
other way. All erasers run in one transaction with the member's own deletion: if one fails, nothing has happened.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from curbside.anonymous.membership.models import Member


class Eraser(Protocol):
    """Erases what an app holds of a member: texts by sealing.actions.erase_texts, rows of the member's own by deleting them."""

    def __call__(self, *, member: Member) -> None:
        """Erase it, inside the caller's transaction."""
        ...


Piece = Mapping[str, object]
"""One thing a member wrote, as JSON can hold it."""


class Exporter(Protocol):
    """Gives what a member wrote in an app."""

    def __call__(self, *, member: Member) -> tuple[str, Sequence[Piece]]:
        """The app's heading, and everything the member wrote there."""
        ...


_erasers: list[Eraser] = []
_exporters: list[Exporter] = []


def on_leaving(eraser: Eraser) -> None:
    """Have this called for each member that leaves, later registered first: the rooms above before those below."""
    if eraser not in _erasers:
        _erasers.append(eraser)


def on_export(exporter: Exporter) -> None:
    """Have this asked for what a member wrote."""
    if exporter not in _exporters:
        _exporters.append(exporter)


def erase_all_of(member: Member) -> None:
    """Run every eraser. Call inside a transaction."""
    for eraser in reversed(_erasers):
        eraser(member=member)


def export_all_of(member: Member) -> dict[str, list[Piece]]:
    """Everything a member wrote, by the apps' headings."""
    return {heading: list(pieces) for heading, pieces in (exporter(member=member) for exporter in _exporters)}
