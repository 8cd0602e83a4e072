"""Reads pictures: what waits to be looked at, how far each is, and the bytes to show. Each a fixed number of queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from curbside.anonymous.membership.models import Member
from curbside.anonymous.pictures import vault
from curbside.anonymous.pictures.access import held_id
from curbside.anonymous.pictures.documents import FIRST_FRAME, FULL, SMALL, PictureNote, PictureText, Shape
from curbside.anonymous.pictures.making import SMALL_SIDE, shown_frame
from curbside.anonymous.pictures.models import Picture
from curbside.anonymous.sealing.cipher import Unreadable
from curbside.anonymous.sealing.queries import read_texts
from curbside.anonymous.sealing.secrecy import TextId
from curbside.deid.pictures.boxes import Box
from curbside.deid.pictures.encoding import Encoded
from curbside.kit.ids import public_id

SIZES: Final = {"full": FULL, "small": SMALL}


@dataclass(frozen=True, slots=True)
class HeldPicture:
    """A picture as its sender's pages show it."""

    picture: Picture
    held: str
    shape: Shape
    small: Shape
    frames: int
    window: tuple[float, float]
    boxes: Sequence[Box]

    @property
    def open_boxes(self) -> int:
        """How many proposals wait for an answer."""
        return len(self.boxes)

    @property
    def frame_numbers(self) -> range:
        """Of a series."""
        return range(1, self.frames + 1)

    @property
    def letter(self) -> int:
        """How large numbers over the picture are, in its own pixels."""
        return max(12, self.shape.width // 40)

    @property
    def version(self) -> str:
        """Another one after each change of its pixels, so that a browser asks anew."""
        return public_id(self.picture.file_id)

    @property
    def small_url(self) -> str:
        """Where its small version is."""
        return reverse("pictures:held_bytes", args=[self.held, "small"])


def next_waiting() -> int | None:
    """Any picture that waits to be looked at. One query."""
    return Picture.objects.waiting().order_by("pk").values_list("pk", flat=True).first()


def count_fileless() -> int:
    """How many pictures have no files. One query."""
    stored = set(vault.stored_versions())
    return sum(public_id(file_id) not in stored for file_id in Picture.objects.values_list("file_id", flat=True))


def held_pictures(*, sender: Member, picture_ids: Collection[int]) -> list[HeldPicture]:
    """These pictures, in this order, as far as they are there. Three queries."""
    rows = Picture.objects.in_bulk(list(picture_ids))
    documents = read_texts([TextId(row.text_id) for row in rows.values()])
    texts = {row.pk: documents[TextId(row.text_id)] for row in rows.values()}
    found = [rows[picture_id] for picture_id in dict.fromkeys(picture_ids) if picture_id in rows]
    return [held_picture(row, PictureText.opened(texts[row.pk]), sender=sender) for row in found if not texts[row.pk].erased]


def held_picture(picture: Picture, text: PictureText, *, sender: Member) -> HeldPicture:
    """One of them. No query."""
    held = held_id(picture_id=picture.pk, sender=sender)
    return HeldPicture(picture, held, text.full, text.small, text.frames, (text.center, text.width), text.boxes)


def picture_text(picture: Picture) -> PictureText:
    """What is sealed of it; 404 where it was erased meanwhile. Two queries."""
    document = read_texts([TextId(picture.text_id)])[TextId(picture.text_id)]
    if document.erased:
        raise Http404
    return PictureText.opened(document)


def picture_bytes(picture: Picture, *, size: str) -> Encoded:
    """A picture as a browser shows it. Two queries."""
    text = picture_text(picture)
    return Encoded(_file(picture, text, SIZES[size]), text.content_type)


def frame_bytes(picture: Picture, *, number: int, window: Mapping[str, float]) -> Encoded:
    """A frame of a series, counted from 1, with the window that is asked for. Two queries."""
    text = picture_text(picture)
    if not 1 <= number <= text.frames:
        raise Http404
    data = _file(picture, text, FIRST_FRAME + number - 1)
    return shown_frame(data, text=text, center=window.get("center", 0.0), width=window.get("width", 0.0))


def _file(picture: Picture, text: PictureText, number: int) -> bytes:
    try:
        return vault.read(file_id=picture.file_id, number=number, key=text.key)
    except (FileNotFoundError, Unreadable) as error:  # a change at this very moment, or a lost file
        raise Http404 from error


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture under a text, as every reader sees it."""

    note: PictureNote
    alt: str
    small: Shape
    address: str
    """Of the page that shows it large."""


def shown_pictures(notes: Sequence[PictureNote], *, addresses: Sequence[str]) -> list[ShownPicture]:
    """What is shown of the pictures of a text. No query."""
    return [
        ShownPicture(note, note.alt or note.caption or _("Picture %(number)d") % {"number": number}, _smaller(note.shape), address)
        for number, (note, address) in enumerate(zip(notes, addresses, strict=True), start=1)
    ]


def exported_pictures(notes: Sequence[PictureNote]) -> list[dict[str, object]]:
    """What one's own export holds of one's pictures: what one said of each, and where it is while it is there. No query."""
    return [
        {
            "caption": note.caption,
            "alt": note.alt,
            "consent": note.consent,
            "reason": note.reason,
            "address": f"{settings.ORIGIN}{reverse('pictures:bytes', args=[note.picture_id, 'full'])}",
        }
        for note in notes
    ]


def _smaller(shape: Shape) -> Shape:
    """The shape of the small version, so that the page does not move when it arrives."""
    longest = max(shape.width, shape.height, SMALL_SIDE)
    return Shape(max(1, shape.width * SMALL_SIDE // longest), max(1, shape.height * SMALL_SIDE // longest))
