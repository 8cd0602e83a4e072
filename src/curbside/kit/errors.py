"""Errors that carry a sentence for the reader, and the middleware that shows them. Anything else is a bug."""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _


class PublicError(Exception):
    """An error with a status and a sentence that says what to do."""

    status = HTTPStatus.BAD_REQUEST

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class NotAllowed(PublicError):
    """The person is known and may not do this."""

    status = HTTPStatus.FORBIDDEN


class Conflict(PublicError):
    """Something changed meanwhile, or is already so."""

    status = HTTPStatus.CONFLICT


class TooMany(PublicError):
    """A limit was met; the sentence says how long to wait."""

    status = HTTPStatus.TOO_MANY_REQUESTS


class Busy(PublicError):
    """The server has as much work as it takes on; the sentence says to try again."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


class ErrorPages:
    """Middleware: a PublicError becomes a page, or JSON where a script asked for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., HttpResponseBase], _args: Sequence[object], _kwargs: Mapping[str, object]
    ) -> HttpResponse | None:
        """Refuse zero characters in an address: PostgreSQL cannot be asked with one. What a form holds, its fields refuse."""
        if "\0" in request.path_info or any("\0" in text for texts in request.GET.lists() for text in (texts[0], *texts[1])):
            return self._response(request, PublicError(_("This address holds a character that no address has. Go back and try again.")))
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Render the error if it is one of ours."""
        if not isinstance(error, PublicError):
            return None
        response = self._response(request, error)
        if error.status == HTTPStatus.SERVICE_UNAVAILABLE:
            response.headers["Retry-After"] = "5"
        return response

    def _response(self, request: HttpRequest, error: PublicError) -> HttpResponse:
        if request.content_type == "application/json":
            return JsonResponse({"error": str(error.sentence)}, status=error.status)
        return render(request, "error.html", {"sentence": error.sentence, "status": error.status}, status=error.status)
