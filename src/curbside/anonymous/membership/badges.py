"""Badges in words: the label of a roll, the crowds from which one may choose, and which may stand together."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from curbside.kit.countries import country_label
from curbside.kit.specialties import specialty_label


def badge_label(roll: str) -> str:
    """The roll as a reader knows it: a country, or a specialty and its country."""
    country, _slash, specialty = roll.partition("/")
    if country == "everyone":
        return _("Verified")
    if not specialty:
        return country_label(country)
    return _("%(specialty)s, %(country)s") % {"specialty": specialty_label(specialty), "country": country_label(country)}


def badge_line(registrar: str, roll: str, *, several: bool) -> str:
    """The badge with its registrar, where there is more than one."""
    return _("%(badge)s, by %(registrar)s") % {"badge": badge_label(roll), "registrar": registrar} if several else badge_label(roll)


def may_stand_together(badges: Collection[str]) -> bool:
    """Whether these badges, ``registrar:roll``, are of one registrar and one country, with one specialty at most.

    Then the smallest of their rolls is the crowd. How many stand on two other rolls nobody here knows: it may be one
    (docs/decisions/0051-one-badge.md).
    """
    places = {badge.partition("/")[0] for badge in badges}
    specialties = {specialty for badge in badges if (specialty := badge.partition("/")[2])}
    return len(places) <= 1 and len(specialties) <= 1


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
