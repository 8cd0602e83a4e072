"""The page that shows one picture of a case large: zoomed, and a series by its frames and window."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from curbside.anonymous.cases import access, queries
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.access import signed_in
from curbside.anonymous.pictures.showing import read_view


@require_GET
def show_picture(request: HttpRequest, case_id: int, number: int) -> HttpResponse:
    """One picture, with the ways to its neighbours and back. Three queries."""
    signed_in(request)
    case = access.fetch_case(case_id=case_id)
    if case.state != Case.State.OPEN:
        raise Http404
    pictures = queries.pictures_of(case, queries.case_text(case))
    if not 1 <= number <= len(pictures):
        raise Http404
    shown, last = pictures[number - 1], len(pictures)
    page = {
        "shown": shown,
        "number": number,
        "total": last,
        "back": reverse("cases:show_case", args=[case.pk]),
        "before": pictures[number - 2].address if number > 1 else "",
        "after": pictures[number].address if number < last else "",
        "content_language": case.language,
    }
    return render(request, "pictures/show.html", page | read_view(request.GET, shown.note).context())
