"""What readers call a country, from its ISO 3166-1 alpha-2 code in lower case, in the page's language."""

import gettext
from functools import cache
from typing import Final

import pycountry
from django.utils.translation import get_language

_SHORT: Final = {"nl": "Netherlands"}
"""Where the list's own English form is longer than what people say."""


def country_label(code: str) -> str:
    """The country's name; the code in capitals where the list has none."""
    name = _name(code)
    return _names_in((get_language() or "en").partition("-")[0]).gettext(name) if name else code.upper()


@cache
def country_codes() -> tuple[str, ...]:
    """Every country's code in lower case: with a specialty they make all rolls that one can be on."""
    return tuple(sorted(country.alpha_2.lower() for country in pycountry.countries))


@cache
def _name(code: str) -> str:
    country = pycountry.countries.get(alpha_2=code.upper())
    return _SHORT.get(code) or str(getattr(country, "common_name", country.name)) if country else ""


@cache
def _names_in(language: str) -> gettext.NullTranslations:
    return gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True)
