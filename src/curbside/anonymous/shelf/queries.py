"""Reads of shelves: one's own for pages, and many at once for whoever tells members of things."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import CharField, F, Func, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from curbside.anonymous.membership.leaving import Piece
from curbside.anonymous.membership.models import Member
from curbside.anonymous.sealing.models import SealedText
from curbside.anonymous.sealing.queries import open_text, read_text_named, read_texts
from curbside.anonymous.sealing.secrecy import KeyId, TextId, TextKey
from curbside.anonymous.shelf.documents import OF_MEMBERS, Kind, OwnShelf
from curbside.anonymous.shelf.models import Shelf
from curbside.kit.ids import PublicId, public_id


def own_shelf(member: Member) -> OwnShelf:
    """The member's shelf; an empty one where there is none yet. Two queries: the document, and its key in the ring."""
    return OwnShelf.opened(read_text_named(Shelf.objects.filter(member=member).values_list("text_id", flat=True)))


@dataclass(frozen=True, slots=True, repr=False)
class SealedShelf:
    """A shelf that a page's query of the reader's own marks brought along, as text: the text's id, a colon, the ciphertext in hex."""

    key_id: KeyId
    written: str

    def opened(self, key: TextKey | None) -> OwnShelf:
        """With its key; an empty one where that is gone. No query."""
        text_id, _colon, ciphertext = self.written.partition(":")
        return OwnShelf.opened(open_text(bytes.fromhex(ciphertext), text_id=TextId(int(text_id)), key=key))


def sealed_shelf(member: Member) -> QuerySet[SealedText]:
    """The sealed shelf, for a page's query of marks: ``written`` is what SealedShelf takes."""
    own = Shelf.objects.filter(member=member).values("text_id")
    in_hex = {
        "sqlite": Func(F("ciphertext"), function="HEX", output_field=CharField()),
        "postgresql": Func(F("ciphertext"), Value("hex"), function="ENCODE", output_field=CharField()),
    }
    held = SealedText.objects.filter(pk__in=own, key_id__isnull=False)
    return held.annotate(
        written=Concat(Cast(F("pk"), CharField()), Value(":"), in_hex[connection.vendor], output_field=CharField()),
    )


def shelves_of(member_ids: Collection[int]) -> dict[int, OwnShelf]:
    """The shelves of those of these members who have one. Three queries."""
    places = {member_id: TextId(text_id) for member_id, text_id in _places(member_ids)}
    documents = read_texts(list(places.values()))
    return {member_id: OwnShelf.opened(documents[text_id]) for member_id, text_id in places.items()}


def _places(member_ids: Collection[int]) -> Sequence[tuple[int, int]]:
    return list(Shelf.objects.filter(member__in=member_ids).values_list("member_id", "text_id"))


def who_hear(member_ids: Collection[int], *, of: int) -> list[int]:
    """Those of these members who neither mute nor block another. Three queries."""
    shelves = shelves_of(member_ids)
    return [member_id for member_id in member_ids if member_id not in shelves or not shelves[member_id].mutes(of)]


def pseudonyms_of(letters: Collection[str]) -> Mapping[str, str]:
    """The pseudonyms of members by the letters of their ids; those who left are not there. One query."""
    ids = [PublicId().to_python(value) for value in letters]
    return {public_id(pk): pseudonym for pk, pseudonym in Member.objects.filter(pk__in=ids).values_list("pk", "pseudonym")}


@dataclass(frozen=True, slots=True)
class Named:
    """A member on a shelf, and what is said of them."""

    letters: str
    pseudonym: str
    """Empty for who left."""
    said: str


def named_members(shelf: OwnShelf, kinds: Sequence[Kind]) -> list[list[Named]]:
    """The members that lie there, of each kind, the latest first. One query."""
    pseudonyms = pseudonyms_of({letters for kind in kinds for letters in shelf[kind]})
    return [[Named(letters, pseudonyms.get(letters, ""), said) for letters, said in reversed(list(shelf[kind].items()))] for kind in kinds]


def export_shelf(*, member: Member) -> tuple[str, Sequence[Piece]]:
    """What lies on the member's shelf, for their own export."""
    shelf = own_shelf(member)
    pseudonyms = pseudonyms_of({value for kind in OF_MEMBERS for value in shelf[kind]})
    return _("Shelf"), [_piece(kind, value, said, pseudonyms) for kind in Kind for value, said in shelf[kind].items()]


def _piece(kind: Kind, value: str, said: str, pseudonyms: Mapping[str, str]) -> Piece:
    named = pseudonyms.get(value, _("a member who left")) if kind in OF_MEMBERS else value
    return {"kind": kind.value, "what": named, **({"said": said} if said else {})}
