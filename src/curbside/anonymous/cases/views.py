"""Pages of cases and lessons: their lists, one of them, the composer, and one's own posts."""

from dataclasses import replace
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from curbside.anonymous.cases import access, actions, own, queries
from curbside.anonymous.cases.differentials import actions as lists
from curbside.anonymous.cases.differentials.forms import ListForm
from curbside.anonymous.cases.differentials.looking import has_looked, remember_look
from curbside.anonymous.cases.differentials.queries import own_record
from curbside.anonymous.cases.documents import CaseText
from curbside.anonymous.cases.facts import shown_facts
from curbside.anonymous.cases.forms import FORMS, CaseForm, FilterForm, OutcomeForm, written_in
from curbside.anonymous.cases.hints import hints_of, missing_in
from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.viewing import VIEWS
from curbside.anonymous.discussion.access import require_writer, signed_in
from curbside.anonymous.discussion.markdown import render_markdown
from curbside.anonymous.discussion.views import PREVIEW_LIMIT
from curbside.anonymous.pictures.composing import Gallery, read_gallery
from curbside.anonymous.polls.forms import CasePollForm
from curbside.anonymous.polls.viewing import SEEN
from curbside.kit.errors import PublicError

PSEUDONYM: Final = "pseudonym"
ALIAS: Final = "alias"


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The list of cases for members; for everyone else what this place is."""
    if not request.user.is_authenticated:
        return render(request, "cases/start.html", {"least": settings.BADGE_LEAST})
    return _list(request, Case.Kind.CASE)


@require_GET
def list_lessons(request: HttpRequest) -> HttpResponse:
    """The list of lessons."""
    return _list(request, Case.Kind.LESSON)


def _list(request: HttpRequest, kind: Case.Kind) -> HttpResponse:
    filters = FilterForm(request.GET, kind=kind)
    chosen = filters.chosen()
    cases = queries.case_list(kind=kind, **chosen, cursor=request.GET.get("after", ""))
    page = {"filters": filters, "chosen": chosen, "cases": cases, "paged": "after" in request.GET, "kind": kind}
    return render(request, "cases/case_list.html", {**page, "address": queries.list_address(kind)})


@require_GET
def show_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """One case with its comments, or why a moderator hid or removed it."""
    member = signed_in(request)
    case = access.fetch_case(case_id=case_id)
    if case.state != Case.State.OPEN:
        return render(request, "cases/barred.html", {"case": case, "address": queries.list_address(case.kind)}, status=410)
    looked = has_looked(request, member_id=member.pk, case_id=case.pk)
    page = queries.case_page(case, reader=member, place=request.GET.get("from", ""), looked=looked)
    if not page.own:
        VIEWS.count(case.pk)
        if page.poll and page.poll.to_answer:
            SEEN.count(page.poll.poll.pk)
    return render(request, "cases/case.html", {**_of(page), "asks": page.own})


def _of(page: queries.CasePage) -> dict[str, object]:
    return {"page": page, "case": page.case, "marks": page.marks, "tools": page.tools, "shelf": page.shelf}


@require_POST
def give_list(request: HttpRequest, case_id: int) -> HttpResponse:
    """Give one's list of diagnoses for a case that asks what it is."""
    member = signed_in(request)
    case = access.fetch_case_to_list(reader=member, case_id=case_id)
    require_writer(member)
    looked, form = has_looked(request, member_id=member.pk, case_id=case.pk), ListForm(request.POST)
    if not form.is_valid():
        page = queries.case_page(case, reader=member, place="", looked=looked, form=form)
        return render(request, "cases/case.html", _of(page), status=422)
    lists.give_list(case=case, salt=queries.case_text(case).salt, member=member, diagnoses=form.named(), looked=looked)
    return redirect(f"{reverse('cases:show_case', args=[case.pk])}#lists")


@require_POST
def look_first(request: HttpRequest, case_id: int) -> HttpResponse:
    """Be shown others' answers without having given a list; the browser keeps that, and a list given later is marked."""
    member = signed_in(request)
    case = access.fetch_case_to_list(reader=member, case_id=case_id)
    response = redirect(f"{reverse('cases:show_case', args=[case.pk])}#lists")
    remember_look(request, response, member_id=member.pk, case_id=case.pk)
    return response


@require_GET
def list_my_lists(request: HttpRequest) -> HttpResponse:
    """How often one's own lists held the outcome; nobody else can ask."""
    return render(request, "cases/my_lists.html", {"record": own_record(signed_in(request))})


@require_GET
def list_my_aliases(request: HttpRequest) -> HttpResponse:
    """One's own cases and lessons under aliases; nobody else can ask for them."""
    rows, next_cursor = own.own_alias_cases(signed_in(request), cursor=request.GET.get("after", ""))
    return render(request, "cases/my_aliases.html", {"rows": rows, "next_cursor": next_cursor, "opened": own.OPENED})


@require_http_methods(["GET", "POST"])
def post_case(request: HttpRequest, kind: Case.Kind) -> HttpResponse:
    """The composer of a new case or lesson.

    It is one page for both ways of posting, so that opening it says nothing. What is posted as nobody never comes here: a script takes it
    elsewhere (cases.oneoffs).
    """
    member = signed_in(request)
    if not member.may_write:
        return render(request, "cases/read_only.html", {"member": member}, status=403)
    under = request.POST.get("under", PSEUDONYM)
    if under not in {PSEUDONYM, ALIAS}:
        raise PublicError(_("This was sent with your sign-in, so it was not posted as nobody, nor at all. Reload the page and try again."))
    form, gallery = _form(request, kind, written={"language": get_language()}), read_gallery(request, sender=member)
    poll_form = _poll_form(request)
    if not _is_ready(request, form, gallery) or not poll_form.is_valid():
        return _compose(request, form, gallery, kind=kind, poll_form=poll_form)
    poll, text = poll_form.asked() if poll_form.wanted else None, replace(form.text(), pictures=gallery.notes())
    case = actions.post_case(author=member, kind=kind, **form.place(), text=text, poll=poll, alias=under == ALIAS)
    posted = _("Your lesson is posted.") if kind is Case.Kind.LESSON else _("Your case is posted.")
    messages.success(request, posted, extra_tags="posted")
    return redirect("cases:show_case", case.pk)


@require_http_methods(["GET", "POST"])
def edit_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """The composer of one's own case."""
    member = signed_in(request)
    case = access.fetch_own_case(author=member, case_id=case_id)
    require_writer(member)
    if case.is_lounge:
        return redirect("lounge:edit_thread", case.pk)
    old = queries.case_text(case)
    written = {"specialty": case.specialty, "language": case.language, **written_in(old)}
    kind = Case.Kind(case.kind)
    form, gallery = _form(request, kind, written=written), read_gallery(request, sender=member, notes=old.pictures)
    if not _is_ready(request, form, gallery):
        return _compose(request, form, gallery, kind=kind, case_id=case.pk)
    text = replace(old.reworded(form.text()), pictures=gallery.notes())
    actions.edit_case(case=case, author=member, **form.place(), text=text)
    return redirect("cases:show_case", case.pk)


@require_http_methods(["GET", "POST"])
def close_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Say what happened in one's own case."""
    member = signed_in(request)
    case = access.fetch_own_question(author=member, case_id=case_id)
    require_writer(member)
    old = queries.case_text(case)
    told = {"diagnosis": str(old.outcome.diagnosis or ""), "words": old.outcome.words} if old.outcome else {}
    form = OutcomeForm(request.POST if request.method == "POST" else None, initial=told)
    if request.method == "GET" or not form.is_valid():
        return render(request, "cases/close.html", {"case": case, "title": old.title, "form": form}, status=422 if form.is_bound else 200)
    actions.close_case(case=case, author=member, outcome=form.outcome())
    messages.success(request, _("Your case is closed. Those who answered under a pseudonym are told."))
    return redirect("cases:show_case", case.pk)


@require_POST
def mark_answered(request: HttpRequest, case_id: int) -> HttpResponse:
    """Say that one's question is answered, or that it is not after all."""
    member = signed_in(request)
    case = access.fetch_own_question(author=member, case_id=case_id)
    require_writer(member)
    actions.mark_answered(case=case, answered="not" not in request.POST)
    return redirect("cases:show_case", case.pk)


@require_http_methods(["GET", "POST"])
def remove_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Ask, then erase one's own case."""
    case = access.fetch_own_case(author=signed_in(request), case_id=case_id)
    if request.method == "GET":
        return render(request, "cases/remove.html", {"case": case, "title": queries.case_text(case).title})
    actions.remove_case(case=case)
    messages.success(request, _("It is erased."))
    return redirect(queries.list_address(case.kind))


@require_POST
def preview_case(request: HttpRequest, kind: Case.Kind) -> HttpResponse:
    """The case or lesson as it will look, for the composer to put below itself. Nothing is kept."""
    PREVIEW_LIMIT.count(str(signed_in(request).pk))
    return render(request, "cases/_preview.html", {**_preview(FORMS[kind](request.POST)), "kind": kind})


@require_GET
def list_mine(request: HttpRequest) -> HttpResponse:
    """One's own cases; nobody else can ask for them."""
    rows, next_cursor = own.own_cases(signed_in(request), cursor=request.GET.get("after", ""))
    return render(request, "cases/mine.html", {"rows": rows, "next_cursor": next_cursor})


@require_GET
def list_my_comments(request: HttpRequest) -> HttpResponse:
    """One's own comments; nobody else can ask for them."""
    comments, next_cursor = own.own_comment_list(signed_in(request), cursor=request.GET.get("after", ""))
    return render(request, "cases/my_comments.html", {"comments": comments, "next_cursor": next_cursor})


def _form(request: HttpRequest, kind: Case.Kind, *, written: dict[str, object]) -> CaseForm:
    """The form as it was sent; where it was sent to add pictures alone, with what was typed and without a word on what is missing."""
    if request.method != "POST":
        return FORMS[kind](initial=written)
    if "add" in request.POST:
        return FORMS[kind](initial={part: request.POST.get(part, "") for part in FORMS[kind].base_fields})
    return FORMS[kind](request.POST)


def _poll_form(request: HttpRequest) -> CasePollForm:
    """Likewise, the poll inside."""
    if request.method == "POST" and "add" not in request.POST:
        return CasePollForm(request.POST)
    typed = {part: request.POST[f"poll-{part}"] for part in CasePollForm.base_fields if f"poll-{part}" in request.POST}
    return CasePollForm(initial=typed)


def _is_ready(request: HttpRequest, form: CaseForm, gallery: Gallery) -> bool:
    """Whether it was sent to be published, and may be."""
    if request.method == "GET" or "preview" in request.POST or gallery.asked_to_add:
        return False
    form_is_valid = form.is_valid()
    return gallery.is_valid() and form_is_valid  # both say what is missing


def _compose(
    request: HttpRequest,
    form: CaseForm,
    gallery: Gallery,
    *,
    kind: Case.Kind,
    case_id: int | None = None,
    poll_form: CasePollForm | None = None,
) -> HttpResponse:
    page: dict[str, object] = {"form": form, "gallery": gallery, "poll_form": poll_form, "kind": kind, "case_id": case_id}
    page |= {"most": settings.ONE_OFFS_A_DAY, "hints": hints_of(kind)}
    page |= {"under": request.POST.get("under", PSEUDONYM)}
    page |= {"address": queries.list_address(kind), **(_preview(form) if "preview" in request.POST else {})}
    to_publish = request.method == "POST" and not {"preview", "add"} & request.POST.keys()
    refused = to_publish or gallery.problems or (form.is_bound and not form.is_valid())
    return render(request, "cases/compose.html", page, status=422 if refused else 200)


def _preview(form: CaseForm) -> dict[str, object]:
    """What a preview shows: of each field as much as can be shown, and what readers will miss."""
    form.is_valid()
    written = {part: str(form.cleaned_data.get(part, "")) for part in ("title", "story", "question")}
    facts = form.facts()
    return {
        "preview": {
            "title": written["title"],
            "story": render_markdown(written["story"]),
            "question": render_markdown(written["question"]),
            "facts": shown_facts(facts),
            "missing": missing_in(
                CaseText(written["title"], written["story"], written["question"], facts=facts),
                specialty=str(form.cleaned_data.get("specialty", "")),
            ),
            "errors": [(form[part].label, error) for part, errors in form.errors.items() if part in form.fields for error in errors],
        }
    }
