"""The kinds of what the guard finds, in words for people."""

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

KINDS: Final[dict[str, "_StrPromise"]] = {
    "NAME": _("a name"),
    "NHS_NUMBER": _("an NHS number"),
    "ID": _("a number that one person or thing has"),
    "PHONE": _("a telephone number"),
    "EMAIL": _("an e-mail address"),
    "URL": _("a link"),
    "IP": _("a network address"),
    "HANDLE": _("an account"),
    "POSTCODE": _("a postcode"),
    "ADDRESS": _("an address"),
    "FACILITY": _("a hospital or practice"),
    "LOCATION": _("a place"),
    "DATE": _("a date"),
    "AGE": _("an age over 89"),
    "ORG": _("an organisation"),
    "OTHER": _("something that few people share"),
}


def in_words(kind: str) -> str:
    """The kind, in the reader's language."""
    return str(KINDS.get(kind, KINDS["OTHER"]))
