"""Pseudonyms: what one may look like, which two look alike, and some to choose from.

Letters are Latin ones, accents included (the site's languages need no others, and scripts that share shapes cannot be mixed then).
"""

import json
import re
import secrets
import unicodedata
from importlib.resources import files
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LEAST, MOST = 3, 24

_SHAPE: Final = re.compile(r"[0-9A-Za-z\u00c0-\u017f]+(?:-[0-9A-Za-z\u00c0-\u017f]+)*")
_NOT_LETTERS: Final = frozenset("\u00d7\u00f7\u0149\u0138")
"""Multiplication and division signs stand among the letters; ŉ and ĸ have no plain form."""
_PARTS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_LOOKALIKES: Final = str.maketrans(
    {
        "0": "o", "1": "l", "2": "z", "5": "s", "8": "b", "i": "l", "j": "l", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "p",
        "ħ": "h", "\u0131": "l", "ł": "l", "ŋ": "n", "ŧ": "t",
    }
)  # fmt: skip
_WORDS: Final[dict[str, list[str]]] = json.loads(files(__package__).joinpath("pseudonym_words.json").read_text(encoding="utf-8"))
_TITLES: Final = frozenset(_WORDS["titles"])
_OFFICES: Final = tuple(_WORDS["offices"])


class PseudonymInAddress:
    """URL converter: anything that a database can be asked for. PostgreSQL refuses a zero byte, which nobody's pseudonym has."""

    regex = r"[^/\x00]{1,100}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """Likewise."""
        return value


def normal_form(text: str) -> str:
    """The pseudonym as it is kept: compatibility forms resolved, surrounding space gone."""
    return unicodedata.normalize("NFKC", text).strip()


def skeleton(pseudonym: str) -> str:
    """The pseudonym as the eye reads it: no case, accents or hyphens, one letter for those that look alike."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", pseudonym).casefold())
    letters = "".join(letter for letter in folded if letter.isalnum())
    return letters.translate(_LOOKALIKES).replace("rn", "m").replace("vv", "w")


def check_pseudonym(pseudonym: str) -> None:
    """Raise ValidationError, with a sentence that says what to change, unless the rules hold."""
    if not LEAST <= len(pseudonym) <= MOST:
        raise ValidationError(_("A pseudonym has 3 to 24 characters."))
    if not _SHAPE.fullmatch(pseudonym) or _NOT_LETTERS & set(pseudonym):
        raise ValidationError(_("Use letters and digits, with single hyphens between them."))
    if not any(letter.isalpha() for letter in pseudonym):
        raise ValidationError(_("Use at least one letter."))
    if _claims_title(pseudonym):
        raise ValidationError(_("Leave out titles. Everyone here is a doctor."))
    if any(skeleton(office) in skeleton(pseudonym) for office in _OFFICES):
        raise ValidationError(_("This looks like someone who runs this site. Choose another."))


def _claims_title(pseudonym: str) -> bool:
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", pseudonym) if letter.isascii())
    parts = {part.lower() for part in _PARTS.findall(plain)} | set(plain.lower().split("-"))
    return bool(parts & _TITLES)


def suggestion() -> str:
    """An adjective, an animal and a number, such as quiet-heron-41."""
    adjective, animal = secrets.choice(_WORDS["adjectives"]), secrets.choice(_WORDS["animals"])
    return f"{adjective}-{animal}-{secrets.randbelow(90) + 10}"
