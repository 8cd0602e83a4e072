"""The two addresses of reactions. Without scripts they lead back to where the button stood; htmx gets the buttons anew."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from curbside.anonymous.discussion import access
from curbside.anonymous.discussion.models import Reaction
from curbside.anonymous.discussion.own import own_marks
from curbside.anonymous.discussion.places import is_askers, reader_asks
from curbside.anonymous.discussion.reacting import mark_as_asker, react
from curbside.anonymous.discussion.reactions import counts_of_comment, counts_of_thread
from curbside.kit.errors import NotAllowed, PublicError

_OWN = gettext_lazy("You wrote this yourself.")


@require_POST
def react_to_thread(request: HttpRequest, thread_id: int) -> HttpResponse:
    """React to what a thread hangs under."""
    member = access.signed_in(request)
    opened = access.fetch_thread(reader=member, thread_id=thread_id)
    kind = _kind(request)
    if reader_asks(reader=member, thread=opened.thread):
        raise NotAllowed(_OWN)
    react(member=member, thread=opened.thread, comment=None, kind=kind)
    if not request.headers.get("HX-Request"):
        return redirect(opened.address)
    thread = access.fetch_thread(reader=member, thread_id=thread_id).thread
    context = {"counts": counts_of_thread(thread), "marks": own_marks(reader=member, thread=thread), "asks": False}
    return render(request, "discussion/_own_post_reactions.html", context)


@require_POST
def react_to_comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """React to a comment, or say that it helped; from whoever asked, that is said without a row of theirs."""
    member = access.signed_in(request)
    comment, opened = access.fetch_comment(reader=member, comment_id=comment_id)
    kind, asks = _kind(request), reader_asks(reader=member, thread=opened.thread)
    if comment.author_id == member.pk or (comment.by_opener and asks):
        raise NotAllowed(_OWN)
    if kind is Reaction.Kind.HELPED and (is_askers(comment) or comment.is_warning):
        raise NotAllowed(_("Only an answer can help."))
    if kind is Reaction.Kind.HELPED and asks:
        access.require_writer(member)
        mark_as_asker(comment=comment)
    else:
        react(member=member, thread=opened.thread, comment=comment, kind=kind)
    if not request.headers.get("HX-Request"):
        return redirect("discussion:show_comment", comment.pk)
    comment, _opened = access.fetch_comment(reader=member, comment_id=comment_id)
    counts = counts_of_comment(comment, asked=is_askers(comment))
    context = {"counts": counts, "marks": own_marks(reader=member, thread=opened.thread), "asks": asks}
    return render(request, "discussion/_own_reactions.html", context)


def _kind(request: HttpRequest) -> Reaction.Kind:
    try:
        return Reaction.Kind(request.POST.get("kind", ""))
    except ValueError as error:
        raise PublicError(_("That could not be read. Reload the page and try again.")) from error
