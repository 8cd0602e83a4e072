"""What every page's frame needs to know of its site."""

from django.conf import settings
from django.http import HttpRequest

from curbside.kit.comfort.choices import choices_of


def site_context(request: HttpRequest) -> dict[str, object]:
    """The installation's name, this site's and the wallet's origins, whether this is a demo, and how its reader reads."""
    return {
        "site_name": settings.SITE_NAME,
        "site_origin": str(settings.ORIGIN),
        "wallet_origin": str(settings.WALLET_ORIGIN),
        "source_url": settings.SOURCE_URL if settings.SOURCE_URL != "none" else "",
        "demo": settings.MODE == "demo",
        "comfort": choices_of(request),
    }


def language_label(code: str) -> str:
    """The language's name in the reader's; the code itself where the site does not speak it."""
    return str(dict(settings.LANGUAGES).get(code, code))
