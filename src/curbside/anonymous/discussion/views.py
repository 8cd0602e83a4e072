"""Pages of comments: post, edit, remove, preview, and the way to one comment's place."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from curbside.anonymous.discussion import access, actions, queries
from curbside.anonymous.discussion.forms import CommentForm, SourcedForm, WarningForm, written_in
from curbside.anonymous.discussion.markdown import render_markdown
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.discussion.places import thread_address
from curbside.kit.ids import public_id
from curbside.kit.limits import RateLimit

PREVIEW_LIMIT = RateLimit(times=60, seconds=300)


@require_POST
def post_comment(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Post a comment or a reply, or show it first."""
    member = access.signed_in(request)
    opened = access.fetch_thread(reader=member, thread_id=thread_id)
    access.require_writer(member)
    form = CommentForm(request.POST)
    if not form.is_valid() or "preview" in request.POST:
        return _compose(request, form, address=opened.address, title=_("Your comment"), button=_("Post"))
    comment = actions.post_comment(thread=opened.thread, author=member, text=form.text(), parent_id=form.cleaned_data["parent"])
    return redirect("discussion:show_comment", comment.pk)


@require_GET
def show_comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Lead to the comment's place on its page."""
    comment, opened = access.fetch_comment(reader=access.signed_in(request), comment_id=comment_id)
    return redirect(_at(opened.address, comment))


@require_http_methods(["GET", "POST"])
def edit_comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Change the words of one's own comment."""
    member = access.signed_in(request)
    comment = access.fetch_own_comment(author=member, comment_id=comment_id)
    access.require_writer(member)
    form = CommentForm(request.POST if request.method == "POST" else None, initial=written_in(queries.comment_text(comment)))
    if request.method == "GET" or not form.is_valid() or "preview" in request.POST:
        return _compose(
            request, form, address=reverse("discussion:show_comment", args=[comment.pk]), title=_("Edit your comment"), button=_("Save")
        )
    attribution = queries.comment_text(comment).attribution
    actions.edit_comment(comment=comment, author=member, text=replace(form.text(), attribution=attribution))
    return redirect("discussion:show_comment", comment.pk)


@require_http_methods(["GET", "POST"])
def warn_of_comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Say that another's answer could do harm, and why."""
    member = access.signed_in(request)
    comment, _opened = access.fetch_comment(reader=member, comment_id=comment_id)
    access.require_writer(member)
    form = WarningForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid() or "preview" in request.POST:
        address = reverse("discussion:show_comment", args=[comment.pk])
        answer = render_markdown(queries.comment_text(comment).body, links=False) if comment.shown else SafeString()
        return _compose(request, form, address=address, title=_("Could this answer harm?"), button=_("Mark it"), answer=answer)
    warning = actions.warn_of(comment=comment, author=member, text=form.text())
    return redirect("discussion:show_comment", warning.pk)


@require_http_methods(["GET", "POST"])
def remove_comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Ask, then erase one's own comment."""
    comment = access.fetch_own_comment(author=access.signed_in(request), comment_id=comment_id)
    if request.method == "GET":
        html = render_markdown(queries.comment_text(comment).body)
        return render(request, "discussion/remove.html", {"comment": comment, "html": html})
    address = thread_address(reader=access.signed_in(request), thread=comment.thread)
    actions.remove_comment(comment=comment)
    messages.success(request, _("Your comment is erased."))
    return redirect(address or "/")


@require_POST
def preview_comment(request: HttpRequest) -> HttpResponse:
    """The words as they will look, for the page to put beside them. Nothing is kept."""
    PREVIEW_LIMIT.count(str(access.signed_in(request).pk))
    form = CommentForm(request.POST)
    html = render_markdown(form.text().body) if form.is_valid() else ""
    problems = [error for errors in form.errors.values() for error in errors]
    return render(request, "discussion/_preview.html", {"html": html, "errors": problems})


def _compose(
    request: HttpRequest, form: SourcedForm, *, address: str, title: str, button: str, answer: SafeString | None = None
) -> HttpResponse:
    """The form on a page of its own, below the answer that it is about where it is about one."""
    valid = form.is_valid()
    html = render_markdown(form.text().body) if valid and "preview" in request.POST else ""
    page = {"form": form, "address": address, "title": title, "button": button, "html": html, "answer": answer}
    return render(request, "discussion/compose.html", page, status=422 if form.is_bound and not valid else 200)


def _at(address: str, comment: Comment) -> str:
    place = queries.place_of(comment)
    return f"{address}{'?from=' + place if place else ''}#comment-{public_id(comment.pk)}"
