"""Pages and bytes of pictures: receiving them, deciding what is black, how far the looking is, and the pictures themselves."""

from typing import Final

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from curbside.anonymous.discussion.access import require_writer, signed_in
from curbside.anonymous.pictures import access, actions, queries
from curbside.anonymous.pictures.composing import Card, receive_files
from curbside.anonymous.pictures.forms import OWN_ROWS, NoteForm, chosen_boxes
from curbside.deid.pictures.encoding import Encoded
from curbside.kit.errors import Conflict, PublicError
from curbside.kit.sizes import even_size

SANDBOX: Final = "default-src 'none'; sandbox"


@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Keep what a page's script sends, and give its card for the composer."""
    member = signed_in(request)
    require_writer(member)
    problems: list[str] = []
    came = receive_files(request, sender=member, problems=problems)
    if not came:
        raise PublicError(" ".join(problems) or _("No picture came. Choose one and try again."))
    cards = [Card(item, NoteForm(prefix=item.held)) for item in queries.held_pictures(sender=member, picture_ids=came)]
    return render(request, "pictures/_cards.html", {"cards": cards, "problems": problems})


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, held_id: str) -> HttpResponse:
    """What was seen in one's picture, to confirm or reject, and to add to."""
    member = signed_in(request)
    picture = access.fetch_held(held=held_id, sender=member)
    item = queries.held_picture(picture, queries.picture_text(picture), sender=member)
    page = {"item": item, "own_rows": range(OWN_ROWS), "problem": ""}
    if request.method == "GET":
        return render(request, "pictures/decide.html", page)
    try:
        boxes = chosen_boxes(request.POST, item.shape)
    except ValidationError as error:
        return render(request, "pictures/decide.html", page | {"problem": error.messages[0], "typed": request.POST}, status=422)
    actions.decide(picture=picture, boxes=boxes)
    return redirect("pictures:decide", held_id)


@require_GET
def show_status(request: HttpRequest, held_id: str) -> HttpResponse:
    """How far one's picture is, for the composer to put in its place."""
    member = signed_in(request)
    picture = access.fetch_held(held=held_id, sender=member)
    item = queries.held_picture(picture, queries.picture_text(picture), sender=member)
    return render(request, "pictures/_status.html", {"item": item})


@require_POST
def drop(request: HttpRequest, held_id: str) -> HttpResponse:
    """Erase one's picture that hangs nowhere yet."""
    picture = access.fetch_held(held=held_id, sender=signed_in(request))
    if picture.thread_id is not None:
        raise Conflict(_("This picture is published. Take it out where it is shown, under “Edit”."))
    actions.erase_pictures(picture_ids=[picture.pk])
    return HttpResponse(status=204) if request.htmx else render(request, "pictures/dropped.html")


@require_GET
def held_bytes(request: HttpRequest, held_id: str, size: str) -> HttpResponse:
    """One's own picture."""
    picture = access.fetch_held(held=held_id, sender=signed_in(request))
    return answer_picture(queries.picture_bytes(picture, size=_size(size)))


@require_GET
def held_frame(request: HttpRequest, held_id: str, number: int) -> HttpResponse:
    """A frame of one's own series."""
    picture = access.fetch_held(held=held_id, sender=signed_in(request))
    return answer_picture(queries.frame_bytes(picture, number=number, window=_window(request)))


@require_GET
def shown_bytes(request: HttpRequest, picture_id: int, size: str) -> HttpResponse:
    """A picture that hangs somewhere."""
    picture = access.fetch_shown(reader=signed_in(request), picture_id=picture_id)
    return answer_picture(queries.picture_bytes(picture, size=_size(size)))


@require_GET
def shown_frame(request: HttpRequest, picture_id: int, number: int) -> HttpResponse:
    """A frame of a series that hangs somewhere."""
    picture = access.fetch_shown(reader=signed_in(request), picture_id=picture_id)
    return answer_picture(queries.frame_bytes(picture, number=number, window=_window(request)))


def answer_picture(encoded: Encoded) -> HttpResponse:
    """As a picture and nothing else, in few sizes: what follows a picture's end is ignored."""
    response = HttpResponse(encoded.data.ljust(even_size(len(encoded.data)), b"\0"), content_type=encoded.content_type)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Content-Disposition"] = "inline"
    return response


def _size(word: str) -> str:
    if word not in queries.SIZES:
        raise Http404
    return word


def _window(request: HttpRequest) -> dict[str, float]:
    """Center and width as asked, where both are numbers that can be."""
    found = {}
    for part in ("center", "width"):
        try:
            found[part] = max(-1e7, min(1e7, float(request.GET.get(part, ""))))
        except ValueError:
            return {}
    return found if found["width"] > 0 else {}
