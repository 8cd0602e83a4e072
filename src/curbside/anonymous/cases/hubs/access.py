"""Which hubs there are."""

from django.http import Http404

from curbside.kit.countries import country_codes
from curbside.kit.specialties import SPECIALTIES


def fetch_country(code: str) -> str:
    """A country of the list. No query."""
    if code not in country_codes():
        raise Http404
    return code


def fetch_hub(slug: str) -> str:
    """A specialty that both sides know. No query."""
    if slug not in SPECIALTIES:
        raise Http404
    return slug
