"""Writes of shelves: put one thing there, take one away. Each write changes one thing, so that two windows lose nothing of each other."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from curbside.anonymous.membership.models import Member
from curbside.anonymous.sealing.actions import NoSuchText, erase_texts, rewrite_text, seal_text
from curbside.anonymous.sealing.secrecy import TextId
from curbside.anonymous.shelf.documents import MOST, Kind, OwnShelf
from curbside.anonymous.shelf.making import make_missing_shelves
from curbside.anonymous.shelf.models import Shelf
from curbside.kit.clock import today
from curbside.kit.errors import Conflict
from curbside.kit.ids import public_id
from curbside.kit.limits import RateLimit

if TYPE_CHECKING:
    from curbside.anonymous.sealing.secrecy import Document

SHELF_LIMIT = RateLimit(times=120, seconds=600)
_FULL = ngettext_lazy("At most %(most)d fits there. Take one away first.", "At most %(most)d fit there. Take some away first.", "most")


def put(*, member: Member, kind: Kind, value: str, said: str = "") -> None:
    """Put something on the member's shelf; raises Conflict, saying how much fits, where there is no room."""
    _change(member, lambda shelf: _with(shelf, kind, value, said))


def take(*, member: Member, kind: Kind, value: str) -> None:
    """Take something from it; nothing where it is not there."""
    _change(member, lambda shelf: shelf.without(kind, value))


def follow_member(*, member: Member, other: Member) -> None:
    """Follow what another posts from today on: what they posted before is no list that one may ask for."""
    letters = public_id(other.pk)
    _change(member, lambda shelf: shelf if letters in shelf[Kind.MEMBER] else _with(shelf, Kind.MEMBER, letters, today().isoformat()))


def write_note(*, member: Member, about: Member, words: str, before: str) -> None:
    """Keep a note on another, or none for no words; raises Conflict where the note is no longer what it was when the form was opened."""
    letters = public_id(about.pk)

    def noted(shelf: OwnShelf) -> OwnShelf:
        if shelf[Kind.NOTE].get(letters, "") not in {before, words}:
            raise Conflict(_("This note was changed in another window. Join the two and keep them."))
        return _with(shelf, Kind.NOTE, letters, words) if words else shelf.without(Kind.NOTE, letters)

    _change(member, noted)


def _with(shelf: OwnShelf, kind: Kind, value: str, said: str) -> OwnShelf:
    if value not in shelf[kind] and len(shelf[kind]) >= MOST[kind]:
        raise Conflict(_FULL % {"most": MOST[kind]})
    return shelf.put(kind, value, said)


def _change(member: Member, change: Callable[[OwnShelf], OwnShelf]) -> None:
    SHELF_LIMIT.count(str(member.pk))

    def changed(document: "Document") -> "Document":
        return change(OwnShelf.opened(document)).to_seal()

    with transaction.atomic():
        shelf = _row_of(member)
        try:
            rewrite_text(text_id=TextId(shelf.text_id), change=changed)
        except NoSuchText:
            # The ring lost its key: what lay there can be opened by nobody, so it begins anew.
            shelf.text_id = seal_text(document=change(OwnShelf()).to_seal())
            shelf.save(update_fields=["text_id"])


def _row_of(member: Member) -> Shelf:
    rows = Shelf.objects.select_for_update()
    shelf = rows.filter(member=member).first()
    if shelf is None:
        make_missing_shelves()
        shelf = rows.get(member=member)
    return shelf


@transaction.atomic
def erase_shelf_of(*, member: Member) -> None:
    """A leaving member's shelf: its key goes first, so no backup opens it."""
    erase_texts(text_ids=[TextId(text_id) for text_id in Shelf.objects.filter(member=member).values_list("text_id", flat=True)])
    Shelf.objects.filter(member=member).delete()
