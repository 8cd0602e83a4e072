"""Pages of hubs: all of them, and one with its newest cases or with those that wait."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from curbside.anonymous.cases.hubs import access, queries
from curbside.anonymous.cases.hubs.actions import MEASURED_DAYS
from curbside.anonymous.cases.hubs.countries import LEAST_AUTHORS, all_countries, newest_from, open_countries
from curbside.anonymous.cases.queries import CaseList
from curbside.kit.countries import country_label


@require_GET
def list_hubs(request: HttpRequest) -> HttpResponse:
    """Every specialty's hub."""
    return render(
        request,
        "cases/hubs.html",
        {"hubs": queries.all_hubs(), "countries": all_countries(), "least": LEAST_AUTHORS, "days": MEASURED_DAYS},
    )


@require_GET
def show_hub(request: HttpRequest, specialty: str) -> HttpResponse:
    """A specialty's open cases, newest first."""
    slug = access.fetch_hub(specialty)
    return _hub(request, slug, queries.newest_cases(slug, cursor=request.GET.get("after", "")), tab="newest")


@require_GET
def show_country(request: HttpRequest, country: str) -> HttpResponse:
    """Open cases of members who show a badge of the country, where there are enough of them."""
    code = access.fetch_country(country)
    listed = newest_from(code, cursor=request.GET.get("after", "")) if open_countries([code]) else None
    page = {"hub": {"slug": code, "label": country_label(code)}, "cases": listed, "paged": "after" in request.GET, "least": LEAST_AUTHORS}
    return render(request, "cases/country.html", page)


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
