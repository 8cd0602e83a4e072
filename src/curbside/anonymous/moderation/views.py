"""Pages of moderation: the log, and three questions that ask for a reason before anything happens."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from curbside.anonymous.discussion.access import signed_in
from curbside.anonymous.moderation import access, actions, judging, queries
from curbside.anonymous.moderation.forms import ReasonForm
from curbside.anonymous.moderation.judging import Judgement
from curbside.anonymous.moderation.models import Decision


@require_GET
def show_log(request: HttpRequest) -> HttpResponse:
    """What moderators did."""
    access.require_moderator(request)
    entries = queries.log_page(request.GET.get("page", ""))
    page = {"heading": _("What moderators did"), "heads": [_("Day"), _("What"), _("Why"), _("Where")]}
    return render(request, "moderation/log.html", {**page, "entries": entries, "rows": entries.object_list})


@require_GET
def show_post(request: HttpRequest, case_id: int) -> HttpResponse:
    """Lead to the page of a case or poll that a log or a decision names."""
    signed_in(request)
    return redirect(access.page_of_post(case_id=case_id))


@require_http_methods(["GET", "POST"])
def remove_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Ask why, then remove a case."""
    role = access.require_role(request)
    post = access.fetch_post_to_remove(role, case_id=case_id)
    form = _form(request)
    if not form.is_valid():
        return _ask(request, form, back=post.address, question=_("Remove this post?"), button=_("Remove"))
    judging.judge_post(moderator=role.member, post=post, judgement=Judgement(Decision.Action.REMOVE, form.chosen()))
    messages.success(request, _("Removed. Its page says why."))
    return redirect(post.address)


@require_http_methods(["GET", "POST"])
def remove_comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Ask why, then remove a comment."""
    role = access.require_role(request)
    post = access.fetch_post_to_remove(role, comment_id=comment_id)
    form = _form(request)
    if not form.is_valid():
        back = reverse("discussion:show_comment", args=[comment_id])
        return _ask(request, form, back=back, question=_("Remove this comment?"), button=_("Remove"))
    judging.judge_post(moderator=role.member, post=post, judgement=Judgement(Decision.Action.REMOVE, form.chosen()))
    messages.success(request, _("Removed. In its place stands why."))
    return redirect(post.address)


@require_http_methods(["GET", "POST"])
def block_quota(request: HttpRequest, case_id: int) -> HttpResponse:
    """Ask why, then end the day's one-off posts of whoever wrote this one."""
    access.require_moderator(request)
    case = access.fetch_one_off_of_today(case_id=case_id)
    form = _form(request)
    back = reverse("cases:show_case", args=[case.pk])
    if not form.is_valid():
        question = _("End the one-off posts of its author for today?")
        return _ask(request, form, back=back, question=question, button=_("End them"), quota=True)
    actions.block_quota(case=case, reason=form.chosen())
    messages.success(request, _("Whoever wrote this cannot post as nobody again before tomorrow (UTC)."))
    return redirect(back)


def _form(request: HttpRequest) -> ReasonForm:
    return ReasonForm(request.POST if request.method == "POST" else None)


def _ask(request: HttpRequest, form: ReasonForm, *, back: str, question: str, button: str, quota: bool = False) -> HttpResponse:
    page = {"form": form, "back": back, "question": question, "button": button, "quota": quota}
    return render(request, "moderation/ask.html", page, status=422 if form.is_bound else 200)
