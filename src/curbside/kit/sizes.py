"""Answers come in few sizes: whoever watches the line sees lengths, and a length can tell which page it was, and whose.

Blanks after the end of HTML, JSON and Markdown mean nothing. They hide nothing once something compresses the answer,
so nothing may: see docs/decisions/0042-few-sizes.md.
"""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

SHORT: Final = 2048
STEP: Final = 16_384
_KINDS: Final = ("text/html", "application/json", "text/markdown", "application/manifest+json", "text/javascript")


def even_size(length: int) -> int:
    """The size that an answer of this length is given: 2 KiB, or a multiple of 16 KiB."""
    return SHORT if length <= SHORT else -(-length // STEP) * STEP


class EvenSizes:
    """Middleware, outside of all that writes a body: pads pages and JSON. Empty answers and files stay as they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pad the answer."""
        response = self.get_response(request)
        if not response.streaming and response.content and response.headers.get("Content-Type", "").startswith(_KINDS):
            response.content = response.content.ljust(even_size(len(response.content)))
            response.headers["Content-Length"] = str(len(response.content))
        return response
