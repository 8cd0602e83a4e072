"""What one chose for reading, as one short cookie: no member and no server keeps it."""

from dataclasses import asdict, dataclass, fields, replace
from typing import Final, Self

from django.conf import settings
from django.http import HttpRequest, HttpResponse

ALLOWED: Final = {
    "theme": ("system", "light", "dark"),
    "text": ("usual", "large", "larger"),
    "keys": ("on", "off"),
    "marks": ("on", "off"),
}
"""What each choice may be; the first is meant where nothing was chosen."""
YEAR: Final = 60 * 60 * 24 * 365


@dataclass(frozen=True, slots=True)
class Choices:
    """One reader's choices."""

    theme: str = ALLOWED["theme"][0]
    text: str = ALLOWED["text"][0]
    keys: str = ALLOWED["keys"][0]
    marks: str = ALLOWED["marks"][0]

    @classmethod
    def read(cls, text: str) -> Self:
        """From a cookie, `dark.large.on.on`; whatever it holds besides is passed over."""
        chosen = cls()
        for field, value in zip(fields(cls), text.split("."), strict=False):
            if value in ALLOWED[field.name]:
                chosen = replace(chosen, **{field.name: value})
        return chosen

    def write(self) -> str:
        """As the cookie holds it."""
        return ".".join(asdict(self).values())


def cookie_name() -> str:
    """Beside the site's other cookies, with their prefix."""
    return f"{settings.SESSION_COOKIE_NAME}-comfort"


def choices_of(request: HttpRequest) -> Choices:
    """What this reader chose."""
    return Choices.read(request.COOKIES.get(cookie_name(), ""))


def keep(response: HttpResponse, name: str, value: str) -> None:
    """Set a cookie as the site's others are: its host's alone, and out of scripts' reach."""
    response.set_cookie(name, value, max_age=YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")
