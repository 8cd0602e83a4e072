"""Pages of hubs: all of them, and one with its newest cases or with those that wait."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from curbside.anonymous.cases.hubs import access, queries
from curbside.anonymous.cases.hubs.actions import MEASURED_DAYS
from curbside.anonymous.cases.queries import CaseList


@require_GET
def list_hubs(request: HttpRequest) -> HttpResponse:
    """Every specialty's hub."""
    return render(request, "cases/hubs.html", {"hubs": queries.all_hubs(), "days": MEASURED_DAYS})


@require_GET
def show_hub(request: HttpRequest, specialty: str) -> HttpResponse:
    """A specialty's open cases, newest first."""
    slug = access.fetch_hub(specialty)
    return _hub(request, slug, queries.newest_cases(slug, cursor=request.GET.get("after", "")), tab="newest")


@require_GET
def show_waiting(request: HttpRequest, specialty: str) -> HttpResponse:
    """Those that wait for an answer, oldest first."""
    slug = access.fetch_hub(specialty)
    return _hub(request, slug, queries.waiting_cases(slug, cursor=request.GET.get("after", "")), tab="waiting")


def _hub(request: HttpRequest, slug: str, cases: CaseList, *, tab: str) -> HttpResponse:
    page = {
        "hub": queries.hub_of(slug),
        "cases": cases,
        "tab": tab,
        "waiting": tab == "waiting",
        "paged": "after" in request.GET,
        "days": MEASURED_DAYS,
    }
    return render(request, "cases/hub.html", page)
