"""Whether two spellings name the same person: without case, accents, order and punctuation, with initials.

Never so loose that an initial stands for a name that does not begin with it, or that a family name alone decides.
The rule is symmetric: neither side is the register's.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from typing import Final

_LETTERS: Final = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "œ": "oe",
        "æ": "ae",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ħ": "h",
        "ŧ": "t",
    }
)
_SPELT_OUT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "ñ": "ny", "đ": "dj", "þ": "th"})
"""How names are written where a keyboard or a passport has no such letter."""

_APOSTROPHES: Final = re.compile("['`\u00b4\u02bb\u02bc\u02be\u02bf\u2018\u2019]")
_PARTICLES: Final = frozenset(
    "af al av bin d da das de del della den der des di do dos du e el ibn l la las le les los of ten ter van vom von y zu zum zur".split()  # noqa: SIM905 - one word list, one line
)
_TITLES: Final = frozenset(
    "dr prof professor doctor docteur mr mrs ms miss mme mlle sir dame md phd jr sr junior senior ii iii iv".split()  # noqa: SIM905 - likewise
)
_DEGREES: Final = re.compile(r"\b(?:m\.d|d\.o|ph\.d|m\.b\.b\.s)\b\.?")
_VOWELS: Final = frozenset("aeiouy")
_ALIASES: Final = {"st": "saint", "ste": "sainte"}
_MOST_INITIALS: Final = 4
_LEAST_PART: Final = 3
_MOST_TOKENS: Final = 6

Token = frozenset[str]
"""The spellings of one part of a name."""


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name as written somewhere."""

    given: str
    family: str


def fold(text: str) -> str:
    """A family name as one key of letters, for looking up."""
    return "".join(min(token, key=len) for token in _tokens(text))


def spellings_of_family(text: str) -> list[str]:
    """The parts of a family name in each plain spelling, without particles: two names of one person share at least one."""
    return sorted({spelling for token in _core(_tokens(text)) for spelling in token})


def same_person(one: Name, other: Name) -> bool:
    """Whether both may be spellings of one person's name, in whatever order the parts were given."""
    swapped, other_swapped = Name(one.family, one.given), Name(other.family, other.given)
    return _names_agree(one, other) or _names_agree(swapped, other) or _names_agree(one, other_swapped) or _same_tokens(one, other)


def _names_agree(one: Name, other: Name) -> bool:
    family, partly = _families_agree(_tokens(one.family), _tokens(other.family))
    if not family:
        return False
    return _given_agree(one.given, other.given, by_initials=not partly)


def _same_tokens(one: Name, other: Name) -> bool:
    """The same parts, divided between given and family names otherwise; at least two, and not all initials."""
    mine, theirs = _tokens(f"{one.given} {one.family}"), _tokens(f"{other.given} {other.family}")
    enough = len(mine) > 1 and len(mine) == len(theirs) <= _MOST_TOKENS
    if not enough or sum(_is_full(token) for token in mine) < 2:  # noqa: PLR2004 - a given and a family name
        return _joined(mine) & _joined(theirs) != set() and len(mine) > 1 and len(theirs) > 1
    return _assigned(mine, theirs, exact=True)


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[Token, ...]:
    """The parts of a name, titles and suffixes left out unless nothing else remains."""
    lowered = _APOSTROPHES.sub("", text.lower())
    parts = _parts(_DEGREES.sub(" ", lowered)) or _parts(lowered)
    kept = [part for part in parts if part not in _TITLES] or parts
    tokens = (_spellings(_ALIASES.get(part, part)) for part in kept)
    return tuple(token for token in tokens if "" not in token)


def _parts(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", _without_marks(unicodedata.normalize("NFC", text)))


def _spellings(part: str) -> Token:
    if len(part) == 1:
        return frozenset({_plain(part)[:1] or part})  # an initial stays one letter, also where its letter is spelt with two
    return frozenset(_plain(spelling) for spelling in (part, part.translate(_SPELT_OUT)))


def _plain(part: str) -> str:
    decomposed = unicodedata.normalize("NFKD", part.translate(_LETTERS)).lower()
    return _APOSTROPHES.sub("", _without_marks(decomposed)).translate(_LETTERS)


def _without_marks(text: str) -> str:
    return "".join(c for c in text if not unicodedata.combining(c))


def _joined(tokens: Sequence[Token]) -> set[str]:
    """The parts run together, in short and in spelt-out letters."""
    return {"".join(min(t, key=len) for t in tokens), "".join(max(t, key=len) for t in tokens)} - {""}


def _core(tokens: Sequence[Token]) -> Sequence[Token]:
    return [token for token in tokens if not token & _PARTICLES] or tokens


def _families_agree(one: Sequence[Token], other: Sequence[Token]) -> tuple[bool, bool]:
    """Whether family names agree, and whether only partly: one of two parts of a double name."""
    if _joined(one) & _joined(other):
        return True, False
    mine, theirs = _core(one), _core(other)
    if _joined(mine) & _joined(theirs) or _tokens_equal(mine, theirs):
        return True, False
    shorter, longer = sorted((mine, theirs), key=len)
    if not shorter or len(shorter) == len(longer) or max(len(s) for s in _joined(shorter)) < _LEAST_PART:
        return False, False
    count = len(shorter)
    return _tokens_equal(shorter, longer[:count]) or _tokens_equal(shorter, longer[-count:]), True


def _tokens_equal(one: Sequence[Token], other: Sequence[Token]) -> bool:
    return bool(one) and len(one) == len(other) and all(a & b for a, b in zip(one, other, strict=True))


def _is_full(token: Token) -> bool:
    return all(len(spelling) > 1 for spelling in token)


def _given_agree(one: str, other: str, *, by_initials: bool) -> bool:
    """Whether given names agree; where initials may decide, also by initials alone."""
    mine, theirs = _tokens(one), _tokens(other)
    if not mine or not theirs:
        return False
    if _joined(mine) & _joined(theirs) and (by_initials or (any(map(_is_full, mine)) and any(map(_is_full, theirs)))):
        return True
    return any(
        _assigned(a, b, exact=False) and (_shares_full(a, b) or (by_initials and _compatible(a[0], b[0])))
        for a, b in ((mine, theirs), (_as_initials(one, theirs), theirs), (mine, _as_initials(other, mine)))
        if a and b
    )


def _as_initials(text: str, others: Sequence[Token]) -> Sequence[Token]:
    """“WP” as W and P: a single short block of capitals can be initials written together.

    With a vowel it is as likely a name (“JANE”); then each initial needs its own part on the other side, or only initials there.
    """
    block = text.strip()
    if not (block.isalpha() and block.isupper() and 1 < len(block) <= _MOST_INITIALS):
        return ()
    if not _VOWELS.isdisjoint(block.casefold()) and len(others) < len(block) and any(map(_is_full, others)):
        return ()
    return tuple(_spellings(letter) for letter in block.casefold())


def _compatible(one: Token, other: Token) -> bool:
    if one & other:
        return True
    return any((len(a) == 1 or len(b) == 1) and a[0] == b[0] for a in one for b in other)


def _shares_full(one: Sequence[Token], other: Sequence[Token]) -> bool:
    return any(_is_full(a) and a & b for a in one for b in other)


def _assigned(one: Sequence[Token], other: Sequence[Token], *, exact: bool) -> bool:
    """Whether each part of the shorter list has a part of its own in the longer that it may stand for."""
    shorter, longer = sorted((one[:_MOST_TOKENS], other[:_MOST_TOKENS]), key=len)

    def fits(a: Token, b: Token) -> bool:
        return bool(a & b) if exact else _compatible(a, b)

    return any(all(map(fits, shorter, chosen)) for chosen in permutations(longer, len(shorter)))
