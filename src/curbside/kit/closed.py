"""Views are closed by default, and an open one does not read the session to find that out."""

from collections.abc import Callable, Mapping, Sequence

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase


class ClosedByDefault(LoginRequiredMiddleware):
    """Django's middleware, asking first whether the view is open: who fetches a public file is then nobody's business."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: Sequence[object],
        view_kwargs: Mapping[str, object],
    ) -> HttpResponseBase | None:
        """Nothing for an open view; otherwise as Django does."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, tuple(view_args), dict(view_kwargs))
