"""Headers that hold on every page: content policy, no referrer to other hosts, nothing kept by caches."""

from collections.abc import Callable

from csp.constants import NONE, SELF
from django.http import HttpRequest, HttpResponse


def content_policy(*, form_targets: list[str] | None = None) -> dict[str, object]:
    """django-csp's setting: files of our own and nothing else; inline script and style never run."""
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            "img-src": [SELF],
            "font-src": [SELF],
            "connect-src": [SELF],
            "manifest-src": [SELF],
            "form-action": [SELF, *(form_targets or [])],
            "frame-ancestors": [NONE],
            "base-uri": [NONE],
        }
    }


class PrivatePages:
    """Middleware: no cache, no sniffing of sensors, and no window of another origin holding ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the headers that a view did not set itself."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()")
        return response
