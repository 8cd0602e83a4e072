"""The page of searches. What is asked is neither stored nor logged, and stands in the address only as this server alone can read it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from curbside.anonymous.discussion.access import signed_in
from curbside.anonymous.membership.models import Member
from curbside.anonymous.search.asking import Unclear
from curbside.anonymous.search.finding import MOST_PAGES, Question, find
from curbside.anonymous.search.forms import SearchForm, form_of
from curbside.anonymous.search.links import open_question, seal_question
from curbside.anonymous.search.matching import NO_FILTERS
from curbside.kit.limits import RateLimit

SEARCH_LIMIT = RateLimit(times=60, seconds=60)


@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """The form; with a question, what is found."""
    member = signed_in(request)
    if request.method == "POST":
        return _ask(request, member)
    question = open_question(request.GET.get("for", ""), member_id=member.pk) or Question()
    if question.empty:
        return render(request, "search/search.html", {"form": form_of(question)})
    SEARCH_LIMIT.count(str(member.pk))
    return _answer(request, question)


def _ask(request: HttpRequest, member: Member) -> HttpResponse:
    form = SearchForm(request.POST)
    if not form.is_valid():
        return render(request, "search/search.html", {"form": form}, status=422)
    question = form.question()
    link = "" if question.empty else "?for=" + seal_question(question, member_id=member.pk)
    return redirect(reverse("search:search") + link)


def _answer(request: HttpRequest, question: Question) -> HttpResponse:
    page = {"form": form_of(question), "question": question, "narrowed": bool(question.condition) or question.filters != NO_FILTERS}
    try:
        found = find(question, page=_page(request))
    except Unclear as error:
        return render(request, "search/search.html", {**page, "unclear": error.sentence})
    return render(request, "search/search.html", {**page, "found": found})


def _page(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return min(max(int(text[:3]), 1), MOST_PAGES) if text.isascii() and text.isdigit() else 1
