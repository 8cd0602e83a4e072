"""Pages of reports and judgements: report, the queue, judge, what a member is told, appeal, and the public counts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from curbside.anonymous.discussion.access import signed_in
from curbside.anonymous.discussion.reasons import Reason
from curbside.anonymous.moderation import access, appeals, judging, waiting
from curbside.anonymous.moderation.forms import AppealForm, JudgementForm, ReportForm
from curbside.anonymous.moderation.notes import notes_on
from curbside.anonymous.pictures.access import fetch_under
from curbside.anonymous.pictures.queries import picture_bytes
from curbside.anonymous.pictures.views import answer_picture


@require_http_methods(["GET", "POST"])
def report_post(request: HttpRequest, case_id: int | None = None, comment_id: int | None = None) -> HttpResponse:
    """Ask what is wrong with a post, then bring it to the moderators."""
    member = signed_in(request)
    post = access.fetch_shown_post(case_id=case_id, comment_id=comment_id)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "moderation/report.html", {"form": form, "post": post}, status=422 if form.is_bound else 200)
    judging.report_post(reporter=member, post=post, reason=Reason(form.cleaned_data["reason"]), words=form.cleaned_data["words"])
    messages.success(request, _("Reported. What comes of it stands here; nobody is told that it was you."))
    return redirect("moderation:show_mine")


@require_GET
def show_queue(request: HttpRequest) -> HttpResponse:
    """What waits for this moderator."""
    role = access.require_role(request)
    page = {"heading": _("Waiting for a moderator"), "heads": [_("Post"), _("Reasons"), _("Reports"), _("Specialty")]}
    found = {"rows": waiting.queue_rows(role), "appeals": waiting.appeals_for(role), "role": role, "hub": waiting.hub_label(role)}
    found["letters"] = waiting.message_reports(role)
    return render(request, "moderation/queue.html", {**page, **found})


@require_http_methods(["GET", "POST"])
def judge_post(request: HttpRequest, case_id: int | None = None, comment_id: int | None = None) -> HttpResponse:
    """A post with its reports, and the judgement."""
    role = access.require_role(request)
    post = access.fetch_post_to_judge(role, case_id=case_id, comment_id=comment_id)
    form = JudgementForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        page = {"form": form, "post": post, "matter": waiting.matter_of(post), "notes": notes_on(post)}
        return render(request, "moderation/judge.html", page, status=422 if form.is_bound else 200)
    judging.judge_post(moderator=role.member, post=post, judgement=form.chosen())
    messages.success(request, _("Done. Its author and those who reported it are told."))
    return redirect("moderation:show_queue")


@require_GET
def show_picture(request: HttpRequest, case_id: int, picture_id: int) -> HttpResponse:
    """A picture of a case that a moderator judges, hidden or not."""
    post = access.fetch_post_to_judge(access.require_role(request), case_id=case_id)
    return answer_picture(picture_bytes(fetch_under(thread_id=post.case.thread_id, picture_id=picture_id), size="full"))


@require_GET
def show_mine(request: HttpRequest) -> HttpResponse:
    """What became of one's reports, and what was decided about one's posts."""
    return render(request, "moderation/mine.html", {"mine": waiting.mine_of(signed_in(request))})


@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Ask another moderator to look at a decision about one's own post."""
    decision = access.fetch_own_decision(author=signed_in(request), decision_id=decision_id)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "moderation/appeal.html", {"form": form, "decision": decision}, status=422 if form.is_bound else 200)
    appeals.appeal(decision=decision, words=form.cleaned_data["words"])
    messages.success(request, _("Another moderator will look at it."))
    return redirect("moderation:show_mine")


@require_http_methods(["GET", "POST"])
def judge_appeal(request: HttpRequest, decision_id: int) -> HttpResponse:
    """An appeal, for a moderator who did not decide before."""
    role = access.require_role(request)
    decision = access.fetch_appeal(role, decision_id=decision_id)
    post = access.fetch_appealed_post(decision)
    if request.method == "GET":
        matter, quoted = waiting.matter_of(post) if post else None, waiting.quoted_for(decision)
        page = {"decision": decision, "words": waiting.appeal_words(decision), "matter": matter, "quoted": quoted}
        return render(request, "moderation/judge_appeal.html", page)
    appeals.judge_appeal(moderator=role.member, decision=decision, post=post, reverse=request.POST.get("verdict") == "reverse")
    messages.success(request, _("Done. Its author is told."))
    return redirect("moderation:show_queue")


@login_not_required
@require_GET
def show_counts(request: HttpRequest) -> HttpResponse:
    """How often moderators did what, by month; open to everyone."""
    page = {"heading": _("What moderators did, in numbers"), "heads": [_("Month"), _("What"), _("Why"), _("Times")]}
    return render(request, "moderation/counts.html", {**page, "rows": waiting.counts_by_month()})
