"""What every page's frame needs to know of its site."""

from django.conf import settings
from django.http import HttpRequest


def site_context(_request: HttpRequest) -> dict[str, object]:
    """The installation's name, this site's and the wallet's origins, and whether this is a demo."""
    return {
        "site_name": settings.SITE_NAME,
        "site_origin": str(settings.ORIGIN),
        "wallet_origin": str(settings.WALLET_ORIGIN),
        "source_url": settings.SOURCE_URL if settings.SOURCE_URL != "none" else "",
        "demo": settings.MODE == "demo",
    }
