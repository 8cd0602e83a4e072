"""Pages of polls: their lists, one of them, the composer, the vote, and one's own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from curbside.anonymous.discussion.access import require_writer, signed_in
from curbside.anonymous.polls import access, actions, queries
from curbside.anonymous.polls.forms import CasePollForm, FilterForm, PollForm, VoteForm, written_in
from curbside.anonymous.polls.models import Poll
from curbside.anonymous.polls.results import groups_in_words, view_poll
from curbside.anonymous.polls.viewing import SEEN


@require_GET
def list_polls(request: HttpRequest) -> HttpResponse:
    """Open or closed polls."""
    signed_in(request)
    filters = FilterForm(request.GET)
    chosen = filters.chosen()
    narrowed = {part: chosen[part] for part in ("specialty", "language")}
    polls = queries.poll_list(closed=chosen["which"] == "closed", **narrowed, cursor=request.GET.get("after", ""))
    page = {"filters": filters, "chosen": chosen, "polls": polls, "paged": "after" in request.GET}
    return render(request, "polls/poll_list.html", page)


@require_GET
def list_mine(request: HttpRequest) -> HttpResponse:
    """One's own polls; nobody else can ask for them."""
    rows, next_cursor = queries.own_polls(signed_in(request), cursor=request.GET.get("after", ""))
    return render(request, "polls/mine.html", {"rows": rows, "next_cursor": next_cursor})


@require_GET
def show_poll(request: HttpRequest, poll_id: int) -> HttpResponse:
    """One poll with its comments, or why a moderator hid or removed it."""
    member = signed_in(request)
    poll = access.fetch_poll(poll_id=poll_id)
    if poll.state != Poll.State.OPEN:
        return render(request, "polls/barred.html", {"poll": poll}, status=410)
    page = queries.poll_page(poll, reader=member, place=request.GET.get("from", ""))
    if not page.own and page.view.to_answer:
        SEEN.count(poll.pk)
    mine = {"view": page.view, "marks": page.marks, "tools": page.tools, "own": page.own, "shelf": page.shelf}
    return render(request, "polls/poll.html", {"page": page, "poll": poll, "asks": page.own, **mine})


@require_http_methods(["GET", "POST"])
def post_poll(request: HttpRequest) -> HttpResponse:
    """The composer of a new poll."""
    member = signed_in(request)
    if not member.may_write:
        return render(request, "polls/read_only.html", status=403)
    form = PollForm(request.POST if request.method == "POST" else None, initial={"language": get_language()})
    if not form.is_valid():
        return render(request, "polls/compose.html", {"form": form}, status=422 if form.is_bound else 200)
    poll = actions.post_poll(author=member, **form.place(), asked=form.asked())
    messages.success(request, _("Your poll is posted."))
    return redirect("polls:show_poll", poll.pk)


@require_http_methods(["GET", "POST"])
def edit_poll(request: HttpRequest, poll_id: int) -> HttpResponse:
    """The composer of one's own poll, as long as nobody has voted."""
    member = signed_in(request)
    poll = access.fetch_own_poll(author=member, poll_id=poll_id)
    require_writer(member)
    address = access.poll_address(reader=member, poll=poll)
    if poll.answer_count or poll.is_closed:
        return render(request, "polls/fixed.html", {"poll": poll, "address": address}, status=409)
    kind = CasePollForm if poll.inside else PollForm
    form = kind(request.POST if request.method == "POST" else None, initial=written_in(poll, queries.poll_text(poll)))
    if not form.is_valid() or (isinstance(form, CasePollForm) and not form.wanted):
        page = {"form": form, "poll": poll, "address": address}
        return render(request, "polls/compose.html", page, status=422 if form.is_bound else 200)
    place = form.place() if isinstance(form, PollForm) else {}
    actions.edit_poll(poll=poll, author=member, asked=form.asked(), **place)
    return redirect(address)


@require_POST
def vote(request: HttpRequest, poll_id: int) -> HttpResponse:
    """Ask once more, as a vote cannot be changed; then count it."""
    member = signed_in(request)
    poll = access.fetch_open_poll(reader=member, poll_id=poll_id)
    require_writer(member)
    text = queries.poll_text(poll)
    form = VoteForm(request.POST, options=text.options, multiple=poll.multiple)
    address = access.poll_address(reader=member, poll=poll)
    if not form.is_valid() or "sure" not in request.POST:
        chosen = form.cleaned_data.get("option", [])
        badges = groups_in_words(queries.groups_shown_by(member))
        page = {"form": form, "view": view_poll(poll, text, voted=False), "address": address, "badges": badges}
        page |= {"chosen": [(place, text.options[place]) for place in chosen], "places": set(chosen)}
        return render(request, "polls/confirm.html", page, status=200 if form.is_valid() else 422)
    actions.cast_vote(poll=poll, voter=member, options=form.cleaned_data["option"], wording=form.cleaned_data["wording"])
    messages.success(request, _("Your vote is counted."))
    return redirect(f"{address}#poll")


@require_http_methods(["GET", "POST"])
def close_poll(request: HttpRequest, poll_id: int) -> HttpResponse:
    """Ask, then end one's own poll before its day."""
    member = signed_in(request)
    poll = access.fetch_own_poll(author=member, poll_id=poll_id)
    address = access.poll_address(reader=member, poll=poll)
    if request.method == "GET":
        return render(request, "polls/close.html", {"poll": poll, "address": address, "question": queries.poll_text(poll).question})
    actions.close_poll(poll=poll)
    messages.success(request, _("Your poll is closed. Everyone can see its answers."))
    return redirect(address)


@require_http_methods(["GET", "POST"])
def remove_poll(request: HttpRequest, poll_id: int) -> HttpResponse:
    """Ask, then erase one's own poll."""
    member = signed_in(request)
    poll = access.fetch_own_poll(author=member, poll_id=poll_id)
    address = access.poll_address(reader=member, poll=poll)
    if request.method == "GET":
        return render(request, "polls/remove.html", {"poll": poll, "address": address, "question": queries.poll_text(poll).question})
    actions.remove_poll(poll=poll)
    messages.success(request, _("It is erased."))
    return redirect(address if poll.inside else "polls:list_polls")
