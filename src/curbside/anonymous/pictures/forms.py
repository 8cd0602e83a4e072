"""What an author says of each picture, and which boxes are to be black."""

from collections.abc import Sequence
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.discussion.forms import TextField
from curbside.anonymous.pictures.choices import Consent
from curbside.anonymous.pictures.documents import LONGEST_CAPTION, LONGEST_REASON, PictureNote, Shape
from curbside.anonymous.pictures.queries import HeldPicture
from curbside.deid.pictures.boxes import Box

MOST_BOXES: Final = 200
OWN_ROWS: Final = 3
"""Rows in which boxes can be typed."""
_OWN: Final = ("own_x", "own_y", "own_w", "own_h")


class NoteForm(forms.Form):
    """What is said of one picture."""

    caption = TextField(
        longest=LONGEST_CAPTION, label=_("Caption"), help_text=_("What it is and when in the course. No name, place or date.")
    )
    alt = TextField(longest=LONGEST_CAPTION, label=_("In words, for who cannot see it"))
    consent = forms.ChoiceField(
        label=_("Consent of the patient"),
        choices=lambda: [("", _("Choose")), *Consent.choices],
        widget=forms.Select({"class": "select w-full"}),
        error_messages={"required": _("Say whether consent is held, or why it is not needed.")},
    )
    reason = TextField(longest=LONGEST_REASON, label=_("Why none is needed"))
    out = forms.BooleanField(label=_("Leave this picture out"), required=False, widget=forms.CheckboxInput({"class": "checkbox"}))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # Django's own arguments, passed through
        for part in ("caption", "alt", "reason"):
            self.fields[part].required = False

    def clean(self) -> dict[str, object]:
        """A reason where no consent is needed."""
        fields: dict[str, object] = super().clean() or {}
        if fields.get("consent") == Consent.NOT_NEEDED and not fields.get("reason") and not fields.get("out"):
            self.add_error("reason", ValidationError(_("Say why: readers see it.")))
        return fields

    @property
    def is_out(self) -> bool:
        """Whether the picture is not to be shown after all."""
        return self.is_bound and bool(self.data.get(self.add_prefix("out")))

    def note(self, item: HeldPicture) -> PictureNote:
        """To seal, of a valid form."""
        words = {part: str(self.cleaned_data[part]) for part in ("caption", "alt", "consent", "reason")}
        if words["consent"] != Consent.NOT_NEEDED:
            words["reason"] = ""
        center, width = item.window
        return PictureNote(picture_id=item.picture.pk, **words, shape=item.shape, frames=item.frames, center=center, width=width)


def said_of(note: PictureNote) -> dict[str, object]:
    """What the form of a note that stands shows."""
    return {part: getattr(note, part) for part in ("caption", "alt", "consent", "reason")}


def chosen_boxes(data: QueryDict, shape: Shape) -> list[Box]:
    """The proposals that were confirmed and the boxes that were drawn or typed; raises ValidationError with a sentence."""
    typed = [" ".join(row) for row in zip(*(data.getlist(part) for part in _OWN), strict=False) if any(part.strip() for part in row)]
    written = [*data.getlist("box"), *typed]
    if len(written) > MOST_BOXES:
        raise ValidationError(_now("Too many boxes. Draw fewer, larger ones."))
    return [_box(text.split(), shape) for text in written]


def _box(numbers: Sequence[str], shape: Shape) -> Box:
    if len(numbers) != len(_OWN) or not all(number.isascii() and number.isdigit() and len(number) <= len("16000") for number in numbers):
        raise ValidationError(_now("A box is four whole numbers: left, top, width and height, in pixels."))
    x, y, w, h = map(int, numbers)
    if w < 1 or h < 1 or x >= shape.width or y >= shape.height:
        raise ValidationError(_now("A box lies outside of the picture. Draw it again."))
    return Box(x, y, w, h, "own", 1.0)
