"""Badges in words: the label of a roll, and the crowds from which one may choose."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curbside.kit.specialties import specialty_label

_COUNTRIES: Final[dict[str, Promise]] = {
    "at": gettext_lazy("Austria"),
    "au": gettext_lazy("Australia"),
    "be": gettext_lazy("Belgium"),
    "ca": gettext_lazy("Canada"),
    "ch": gettext_lazy("Switzerland"),
    "de": gettext_lazy("Germany"),
    "es": gettext_lazy("Spain"),
    "fr": gettext_lazy("France"),
    "gb": gettext_lazy("United Kingdom"),
    "ie": gettext_lazy("Ireland"),
    "it": gettext_lazy("Italy"),
    "nl": gettext_lazy("Netherlands"),
    "nz": gettext_lazy("New Zealand"),
    "us": gettext_lazy("United States"),
}


def country_label(code: str) -> str:
    """The country's name, or its code where we have none."""
    return str(_COUNTRIES.get(code, code.upper()))


def badge_label(roll: str) -> str:
    """The roll as a reader knows it: a country, or a specialty and its country."""
    country, _slash, specialty = roll.partition("/")
    if country == "everyone":
        return _("Verified")
    if not specialty:
        return country_label(country)
    return _("%(specialty)s, %(country)s") % {"specialty": specialty_label(specialty), "country": country_label(country)}


@dataclass(frozen=True, slots=True)
class OfferedBadge:
    """A badge that may be asked for, and how many could show the same."""

    registrar: str
    roll: str
    size: int

    @property
    def text(self) -> str:
        """The badge as the wire format writes it."""
        return f"{self.registrar}:{self.roll}"

    @property
    def country(self) -> str:
        """The country's code."""
        return self.roll[:2]

    @property
    def label(self) -> str:
        """The specialty, or the whole country."""
        _country, _slash, specialty = self.roll.partition("/")
        return specialty_label(specialty) if specialty else country_label(self.country)
