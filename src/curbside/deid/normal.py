"""Makes a text plain before it is searched (one kind of digit, space, dash and quotation mark; nothing invisible) and remembers the way back."""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from typing import Final

_INVISIBLE: Final = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u180e\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_SIGNS: Final = {
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **dict.fromkeys("‘’‚‛′ʼ＇", "'"),
    **dict.fromkeys("“”„‟″", '"'),
    "\u2028": "\n",
    "\u2029": "\n",
    "\x85": "\n",
}
_LOOKALIKES: Final = str.maketrans("АВЕЅЗІЈКМНОРСТУХаеорсухіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABES3IJKMHOPCTYXaeopcyxisjABEZHIKMNOPTYXo")
_MIXED: Final = re.compile(r"[A-Za-z0-9АВЕЅЗІЈКМНОРСТУХаеорсухіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο]{2,64}")


@dataclass(frozen=True, slots=True)
class Normal:
    """The plain text, and for each of its characters where it began and ended in the original (None: the same places)."""

    text: str
    starts: array[int] | None
    ends: array[int] | None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a non-empty stretch of the plain text is in the original."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def _plain(char: str) -> str:
    if char in _INVISIBLE:
        return ""
    if char in _SIGNS:
        return _SIGNS[char]
    kind = unicodedata.category(char)
    if kind == "Nd":
        return str(unicodedata.digit(char))
    if kind == "Cs":
        return "\ufffd"  # half a pair is no text, and the tagger takes none
    if kind == "Zs":
        return " "
    point = ord(char)
    if 0xFF01 <= point <= 0xFF5E or 0x1D400 <= point <= 0x1D7FF or 0xFB00 <= point <= 0xFB06:
        return unicodedata.normalize("NFKC", char)
    return char


def normalise(text: str) -> Normal:
    """The plain form of any text."""
    if text.isascii():
        return Normal(text, None, None)
    out: list[str] = []
    starts, ends = array("L"), array("L")
    for at, char in enumerate(text):
        if out and unicodedata.combining(char):
            joined = unicodedata.normalize("NFC", out[-1] + char)
            if len(joined) == 1:
                out[-1], ends[-1] = joined, at + 1
                continue
        for plain in char if char.isascii() else _plain(char):
            out.append(plain)
            starts.append(at)
            ends.append(at + 1)
    return Normal(_MIXED.sub(_latin, "".join(out)), starts, ends)


def _latin(word: re.Match[str]) -> str:
    return word[0] if word[0].isascii() or not any(char.isascii() for char in word[0]) else word[0].translate(_LOOKALIKES)
