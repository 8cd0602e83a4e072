"""The pictures of a composer: those that were sent with the form, what is said of each, and whether all of it may be published."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from curbside.anonymous.membership.models import Member
from curbside.anonymous.pictures.access import read_held
from curbside.anonymous.pictures.actions import receive_picture, receive_series
from curbside.anonymous.pictures.documents import MOST_PICTURES, PictureNote
from curbside.anonymous.pictures.forms import NoteForm, said_of
from curbside.anonymous.pictures.queries import HeldPicture, held_pictures
from curbside.deid.pictures.errors import TooLarge
from curbside.kit.errors import PublicError

DICOM_MARK: Final = b"DICM"
"""Behind 128 bytes at the head of a file."""


@dataclass(frozen=True, slots=True)
class Card:
    """A picture in a composer, and what is said of it."""

    item: HeldPicture
    form: NoteForm

    @property
    def counts(self) -> bool:
        """Whether it is to be shown."""
        return not self.form.is_out


@dataclass(frozen=True, slots=True)
class Gallery:
    """The pictures of one composer."""

    cards: Sequence[Card]
    asked_to_add: bool = False
    """Whether the form was sent to add pictures, or with pictures that are not looked at yet, and not to publish."""
    undecided_allowed: bool = False
    problems: list[str] = field(default_factory=list)
    most: int = MOST_PICTURES

    @property
    def waits(self) -> bool:
        """Whether a picture that is to be shown was not decided upon."""
        return any(card.counts and not card.item.picture.decided for card in self.cards)

    def is_valid(self) -> bool:
        """Whether all is said that must be said before it is published; otherwise ``problems`` and the forms have sentences."""
        shown = [card for card in self.cards if card.counts]
        if len(shown) > MOST_PICTURES:
            self.problems.append(_("At most %(most)d pictures fit. Leave some out.") % {"most": MOST_PICTURES})
        if self.waits and not self.undecided_allowed:
            self.problems.append(_("A picture was not decided upon. Look at it and decide, or say below that you publish it as it is."))
        wrong = [card for card in shown if not card.form.is_valid()]  # each says what is missing
        return not wrong and not self.problems

    def notes(self) -> tuple[PictureNote, ...]:
        """To seal, of a valid gallery."""
        return tuple(card.form.note(card.item) for card in self.cards if card.counts)


def read_gallery(request: HttpRequest, *, sender: Member, notes: Sequence[PictureNote] = ()) -> Gallery:
    """The pictures of a composer's form, with those that came along; of a form not sent yet those that hang there. Three queries."""
    if request.method != "POST":
        cards = _cards(sender, [note.picture_id for note in notes])
        said = {note.picture_id: said_of(note) for note in notes}
        return Gallery([Card(item, NoteForm(prefix=item.held, initial=said[item.picture.pk])) for item in cards])
    sent = [picture_id for held in request.POST.getlist("picture") if (picture_id := read_held(held=held, sender=sender)) is not None]
    problems: list[str] = []
    came = receive_files(request, sender=sender, problems=problems, most=max(0, MOST_PICTURES - len(sent)))
    return Gallery(
        [_card(item, request.POST) for item in _cards(sender, [*sent, *came])],
        asked_to_add="add" in request.POST or bool(came or problems),
        undecided_allowed="undecided" in request.POST,
        problems=problems,
    )


def receive_files(request: HttpRequest, *, sender: Member, problems: list[str], most: int = MOST_PICTURES) -> list[int]:
    """Keep the pictures that came with a request; what is wrong with one goes into ``problems`` and leaves the others."""
    files = request.FILES.getlist("files")
    if not files and _said_length(request) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        problems.append(_(TooLarge.sentence))
    sent = [group for group in _grouped([file.read() for file in files]) if group]
    if len(sent) > most:
        problems.append(_("At most %(most)d pictures fit. Leave some out.") % {"most": MOST_PICTURES})
    return [picture_id for group in sent[:most] if (picture_id := _receive(group, sender, problems)) is not None]


def _said_length(request: HttpRequest) -> int:
    """Bytes, by the request's own word; 0 where that is no number."""
    said = str(request.META.get("CONTENT_LENGTH", ""))
    return int(said) if said.isascii() and said.isdigit() and len(said) <= len("20000000000") else 0


def _grouped(files: Sequence[bytes]) -> list[list[bytes]]:
    """Each picture by itself; DICOM files that come together are one series."""
    series = [data for data in files if data[128:132] == DICOM_MARK]
    return [*([data] for data in files if data[128:132] != DICOM_MARK), series]


def _receive(group: Sequence[bytes], sender: Member, problems: list[str]) -> int | None:
    try:
        if len(group) > 1:
            return receive_series(sender=sender, files=group).pk
        return receive_picture(sender=sender, data=group[0]).pk
    except PublicError as error:
        problems.append(str(error.sentence))
        return None


def _cards(sender: Member, picture_ids: Sequence[int]) -> list[HeldPicture]:
    return held_pictures(sender=sender, picture_ids=picture_ids) if picture_ids else []


def _card(item: HeldPicture, data: QueryDict) -> Card:
    """With what was typed; a picture that just came has nothing typed, and is not told of what is missing."""
    prefix = f"{item.held}-"
    bound = any(part.startswith(prefix) for part in data)
    return Card(item, NoteForm(data, prefix=item.held) if bound else NoteForm(prefix=item.held))
