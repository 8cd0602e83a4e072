"""Pages of cases: the home of the community, one case, the composer, and one's own posts."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from curbside.anonymous.cases import access, actions, queries
from curbside.anonymous.cases.forms import CaseForm, FilterForm
from curbside.anonymous.cases.viewing import VIEWS
from curbside.anonymous.discussion.access import require_writer, signed_in
from curbside.anonymous.discussion.forms import CommentForm
from curbside.anonymous.discussion.markdown import render_markdown
from curbside.anonymous.discussion.views import PREVIEW_LIMIT


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The list of cases for members; for everyone else what this place is."""
    if not request.user.is_authenticated:
        return render(request, "cases/start.html", {"least": settings.BADGE_LEAST})
    filters = FilterForm(request.GET)
    chosen = filters.chosen()
    cases = queries.case_list(**chosen, cursor=request.GET.get("after", ""))
    return render(request, "cases/case_list.html", {"filters": filters, "chosen": chosen, "cases": cases, "paged": "after" in request.GET})


@require_GET
def show_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """One case with its comments."""
    member = signed_in(request)
    case = access.fetch_case(case_id=case_id)
    page = queries.case_page(case, reader=member, place=request.GET.get("from", ""))
    if not page.own:
        VIEWS.count(case.pk)
    return render(request, "cases/case.html", {"page": page, "case": case, "form": CommentForm(auto_id="new-%s")})


@require_http_methods(["GET", "POST"])
def post_case(request: HttpRequest) -> HttpResponse:
    """The composer of a new case."""
    member = signed_in(request)
    if not member.may_write:
        return render(request, "cases/read_only.html", {"member": member}, status=403)
    form = CaseForm(request.POST if request.method == "POST" else None, initial={"language": get_language()})
    if request.method == "GET" or not form.is_valid() or "preview" in request.POST:
        return _compose(request, form, title=_("New case"))
    case = actions.post_case(author=member, **form.place(), text=form.text())
    messages.success(request, _("Your case is posted."))
    return redirect("cases:show_case", case.pk)


@require_http_methods(["GET", "POST"])
def edit_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """The composer of one's own case."""
    member = signed_in(request)
    case = access.fetch_own_case(author=member, case_id=case_id)
    require_writer(member)
    old = queries.case_text(case)
    written = {"specialty": case.specialty, "language": case.language, "title": old.title, "story": old.story, "question": old.question}
    form = CaseForm(request.POST if request.method == "POST" else None, initial=written)
    if request.method == "GET" or not form.is_valid() or "preview" in request.POST:
        return _compose(request, form, title=_("Edit your case"), case_id=case.pk)
    actions.edit_case(case=case, author=member, **form.place(), text=form.text(attribution=old.attribution))
    return redirect("cases:show_case", case.pk)


@require_http_methods(["GET", "POST"])
def remove_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Ask, then erase one's own case."""
    case = access.fetch_own_case(author=signed_in(request), case_id=case_id)
    if request.method == "GET":
        return render(request, "cases/remove.html", {"case": case, "title": queries.case_text(case).title})
    actions.remove_case(case=case)
    messages.success(request, _("Your case is erased."))
    return redirect("cases:home")


@require_POST
def preview_case(request: HttpRequest) -> HttpResponse:
    """The case as it will look, for the composer to put below itself. Nothing is kept."""
    PREVIEW_LIMIT.count(str(signed_in(request).pk))
    return render(request, "cases/_preview.html", _preview(CaseForm(request.POST)))


@require_GET
def list_mine(request: HttpRequest) -> HttpResponse:
    """One's own cases; nobody else can ask for them."""
    cases = queries.own_cases(signed_in(request), cursor=request.GET.get("after", ""))
    return render(request, "cases/mine.html", {"cases": cases})


@require_GET
def list_my_comments(request: HttpRequest) -> HttpResponse:
    """One's own comments; nobody else can ask for them."""
    comments, next_cursor = queries.own_comment_list(signed_in(request), cursor=request.GET.get("after", ""))
    return render(request, "cases/my_comments.html", {"comments": comments, "next_cursor": next_cursor})


def _compose(request: HttpRequest, form: CaseForm, *, title: str, case_id: int | None = None) -> HttpResponse:
    page = {"form": form, "heading": title, "case_id": case_id, **(_preview(form) if "preview" in request.POST else {})}
    return render(request, "cases/compose.html", page, status=422 if form.is_bound and not form.is_valid() else 200)


def _preview(form: CaseForm) -> dict[str, object]:
    """What a preview shows: of each field as much as can be shown."""
    form.is_valid()
    written = {part: str(form.cleaned_data.get(part, "")) for part in ("title", "story", "question")}
    return {
        "preview": {
            "title": written["title"],
            "story": render_markdown(written["story"]),
            "question": render_markdown(written["question"]),
            "errors": [(form[part].label, error) for part in ("title", "story", "question") for error in form.errors.get(part, [])],
        }
    }
