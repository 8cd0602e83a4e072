"""Pages of one's own: the mix of what one follows, what waits for an answer, bookmarks, and what one follows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from curbside.anonymous.home import queries
from curbside.anonymous.membership.access import signed_in_member
from curbside.anonymous.shelf.documents import Kind


@require_GET
def show_home(request: HttpRequest) -> HttpResponse:
    """The newest of what one follows."""
    home = queries.home_page(signed_in_member(request), cursor=request.GET.get("after", ""))
    return _home(request, home, tab="newest")


@require_GET
def show_waiting(request: HttpRequest) -> HttpResponse:
    """What waits for an answer in one's specialty."""
    home = queries.waiting_page(signed_in_member(request), cursor=request.GET.get("after", ""))
    return _home(request, home, tab="waiting")


def _home(request: HttpRequest, home: queries.Home, *, tab: str) -> HttpResponse:
    page = {"home": home, "tab": tab, "cases": home, "paged": "after" in request.GET, "shelf": home.shelf}
    hubs = queries.hubs_to_follow(home.shelf) if home.empty else []
    return render(request, "home/home.html", {**page, "hubs": hubs, "waiting": tab == "waiting"})


@require_GET
def list_bookmarks(request: HttpRequest) -> HttpResponse:
    """One's bookmarks."""
    kept = queries.kept_threads(signed_in_member(request), Kind.BOOKMARK, cursor=request.GET.get("after", ""))
    return render(request, "home/bookmarks.html", {"kept": kept, "paged": "after" in request.GET})


@require_GET
def list_follows(request: HttpRequest) -> HttpResponse:
    """What one follows."""
    page = queries.follows(signed_in_member(request), cursor=request.GET.get("after", ""))
    return render(request, "home/follows.html", {**page, "paged": "after" in request.GET})
