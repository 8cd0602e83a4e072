"""Pages of reported private messages: report one, and judge one."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from curbside.anonymous.discussion.access import signed_in
from curbside.anonymous.discussion.reasons import Reason
from curbside.anonymous.messages.access import fetch_received_message, recipient_of
from curbside.anonymous.messages.queries import shown_message
from curbside.anonymous.moderation import access, letters, waiting
from curbside.anonymous.moderation.forms import MessageJudgementForm, MessageReportForm


@require_http_methods(["GET", "POST"])
def report_message(request: HttpRequest, message_id: int) -> HttpResponse:
    """Ask what is wrong with a message, which the member's browser opens for the report, then bring it to the moderators."""
    member = signed_in(request)
    message = fetch_received_message(member=member, message_id=message_id)
    form = MessageReportForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        sealed = json.dumps(shown_message(message, reader=member).for_page())
        page = {"form": form, "message": message, "own_key": recipient_of(member), "content": sealed}
        return render(request, "moderation/report_message.html", page, status=422 if form.is_bound else 200)
    said = form.cleaned_data
    letters.report_message(reporter=member, message=message, reason=Reason(said["reason"]), quoted=said["quoted"], words=said["words"])
    messages.success(request, _("Reported. What comes of it stands here; moderators do not see who you are."))
    return redirect("moderation:show_mine")


@require_http_methods(["GET", "POST"])
def judge_message(request: HttpRequest, report_id: int) -> HttpResponse:
    """A reported message as its reporter read it, and the judgement."""
    role = access.require_role(request)
    report = access.fetch_message_report(role, report_id=report_id)
    form = MessageJudgementForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        page = {"form": form, "report": report, "letter": waiting.letter_of(report)}
        return render(request, "moderation/judge_message.html", page, status=422 if form.is_bound else 200)
    letters.judge_message(moderator=role.member, report=report, judgement=form.chosen())
    messages.success(request, _("Done. Both read it under “Moderation and you”."))
    return redirect("moderation:show_queue")
