"""The form by which moderators leave each other a note."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from curbside.anonymous.moderation import access, notes
from curbside.anonymous.moderation.forms import NoteForm


@require_http_methods(["GET", "POST"])
def write_note(request: HttpRequest, case_id: int | None = None, comment_id: int | None = None) -> HttpResponse:
    """Ask for a note on a post or its author, then keep it."""
    role = access.require_role(request)
    post = access.fetch_post_to_judge(role, case_id=case_id, comment_id=comment_id)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        page = {"form": form, "post": post, "notes": notes.notes_on(post)}
        return render(request, "moderation/note.html", page, status=422 if form.is_bound else 200)
    said = form.cleaned_data
    notes.write_note(moderator=role.member, post=post, words=said["words"], of_author=said["of_author"])
    messages.success(request, _("Kept for a month, for moderators alone."))
    return redirect("moderation:judge_comment", comment_id) if comment_id else redirect("moderation:judge_case", case_id)
