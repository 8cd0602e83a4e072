"""The reader's shelf for every page that wants it: read when a template first asks, and not before."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from curbside.anonymous.membership.models import Member
from curbside.anonymous.shelf.documents import OwnShelf
from curbside.anonymous.shelf.queries import own_shelf


def shelf_context(request: HttpRequest) -> dict[str, object]:
    """``shelf``, of whoever is signed in."""

    def read() -> OwnShelf:
        return own_shelf(request.user) if isinstance(request.user, Member) else OwnShelf()

    return {"shelf": SimpleLazyObject(read)}
