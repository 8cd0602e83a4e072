"""What the guard finds in the fields of a form, together: one person has one replacement in all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.crypto import salted_hmac

from curbside.deid import Span, find
from curbside.deid.replacement import whole_start

_BETWEEN: Final = "\n\n"
_LETTERS: Final = 20
"""Of a token: enough that two values never share one."""


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """A stretch of one field; ``start`` and ``end`` are indices of str in that field's text."""

    field: str
    start: int
    end: int
    quote: str
    whole: int
    """Where a replacement begins: a title, or the word for kin that it says again, goes with the name."""
    span: Span

    @property
    def blocks(self) -> bool:
        """Whether it is asked about before a text is published."""
        return self.span.action == "block"

    @property
    def token(self) -> str:
        """What stands for the value where its author keeps it: a keyed hash, that tells nothing to who has no key."""
        return salted_hmac("curbside.guard.kept", " ".join(self.quote.casefold().split()), algorithm="sha256").hexdigest()[:_LETTERS]


def findings_in(texts: Mapping[str, str], *, language: str = "") -> list[Finding]:
    """All findings, in the order of the fields and of their texts."""
    spans = find(_BETWEEN.join(texts.values()), language or None)
    found: list[Finding] = []
    begins = 0
    for field, text in texts.items():
        ends = begins + len(text)
        for span in spans:
            start, end = max(span.start, begins) - begins, min(span.end, ends) - begins
            if start < end:
                found.append(Finding(field, start, end, text[start:end], whole_start(text, start, span), span))
        begins = ends + len(_BETWEEN)
    return found


def units_of(text: str, places: Iterable[int]) -> dict[int, int]:
    """Where these indices are counted in UTF-16, as scripts count."""
    if text.isascii() or max(text) < "\U00010000":
        return {place: place for place in places}
    found: dict[int, int] = {}
    units = at = 0
    for place in sorted(set(places)):
        units += len(text[at:place].encode("utf-16-le")) // 2
        found[place], at = units, place
    return found
