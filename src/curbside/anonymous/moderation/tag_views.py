"""The page on which a moderator corrects a case's specialty, conditions and urgency."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from curbside.anonymous.moderation import access, waiting
from curbside.anonymous.moderation.forms import TagsForm
from curbside.anonymous.moderation.tags import correct_tags as put_right


@require_http_methods(["GET", "POST"])
def correct_tags(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show the tags with their case, then put them right."""
    role = access.require_role(request)
    case = access.fetch_post_to_retag(role, case_id=case_id)
    text = waiting.case_words(case)
    initial = TagsForm.written_in(text, specialty=case.specialty)
    form = TagsForm(request.POST) if request.method == "POST" else TagsForm(initial=initial)
    if not form.is_valid():
        page = {"form": form, "case": case, "text": text}
        return render(request, "moderation/tags.html", page, status=422 if form.is_bound else 200)
    put_right(moderator=role.member, case=case, **form.tags())
    messages.success(request, _("Done. Its author is told."))
    return redirect("cases:show_case", case_id)
