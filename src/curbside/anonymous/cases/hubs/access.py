"""Which hubs there are."""

from django.http import Http404

from curbside.kit.specialties import SPECIALTIES


def fetch_hub(slug: str) -> str:
    """A specialty that both sides know. No query."""
    if slug not in SPECIALTIES:
        raise Http404
    return slug
