"""Pages of the lounge: its threads, beginning one, and changing one's own. A thread has the page of a case, marked as the lounge's."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from curbside.anonymous.cases import actions
from curbside.anonymous.cases.forms import LoungeForm, written_in
from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.queries import case_list, case_text
from curbside.anonymous.discussion.access import require_writer
from curbside.anonymous.lounge import access
from curbside.anonymous.membership.access import signed_in_member


@require_GET
def list_threads(request: HttpRequest) -> HttpResponse:
    """The lounge's threads, newest first."""
    threads = case_list(kind=Case.Kind.LOUNGE, specialty="", language="", cursor=request.GET.get("after", ""))
    return render(request, "lounge/threads.html", {"cases": threads, "paged": "after" in request.GET})


@require_http_methods(["GET", "POST"])
def post_thread(request: HttpRequest) -> HttpResponse:
    """Begin a thread."""
    member = signed_in_member(request)
    require_writer(member)
    form = LoungeForm(request.POST if request.method == "POST" else None, initial={"language": get_language()})
    if not form.is_valid():
        return _compose(request, form)
    language = form.place()["language"]
    thread = actions.post_case(author=member, kind=Case.Kind.LOUNGE, specialty="", language=language, text=form.text())
    messages.success(request, _("Your thread is posted."), extra_tags="posted")
    return redirect("cases:show_case", thread.pk)


@require_http_methods(["GET", "POST"])
def edit_thread(request: HttpRequest, case_id: int) -> HttpResponse:
    """Change one's own thread."""
    member = signed_in_member(request)
    thread = access.fetch_own_thread(author=member, case_id=case_id)
    require_writer(member)
    old = case_text(thread)
    form = LoungeForm(request.POST if request.method == "POST" else None, initial={"language": thread.language, **written_in(old)})
    if not form.is_valid():
        return _compose(request, form, thread=thread)
    actions.edit_case(case=thread, author=member, **form.place(), text=old.reworded(form.text()))
    return redirect("cases:show_case", thread.pk)


def _compose(request: HttpRequest, form: LoungeForm, *, thread: Case | None = None) -> HttpResponse:
    return render(request, "lounge/compose.html", {"form": form, "thread": thread}, status=422 if form.is_bound else 200)
