"""What is sealed of a picture, and what a case's own sealed document says of the pictures it shows."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from curbside.anonymous.sealing.secrecy import Document, JSONValue
from curbside.deid.pictures.boxes import Box, BoxKind

MOST_PICTURES: Final = 10
"""Under one case."""
LONGEST_CAPTION: Final = 300
LONGEST_REASON: Final = 300
FULL: Final = 0
SMALL: Final = 1
FIRST_FRAME: Final = 2
"""The numbers of a picture's files."""
_KINDS: Final[dict[str, BoxKind]] = {"text": "text", "face": "face", "own": "own"}


@dataclass(frozen=True, slots=True)
class Shape:
    """Width and height in pixels."""

    width: int
    height: int


@dataclass(frozen=True, slots=True, repr=False)
class PictureText:
    """The key of a picture's files, what they are, and where something was seen in them."""

    key: bytes
    content_type: str
    full: Shape
    small: Shape
    boxes: tuple[Box, ...] = ()
    frames: int = 0
    """Of a DICOM series: how many files of frames there are. Otherwise none."""
    center: float = 0.0
    width: float = 0.0
    """The window that the file asked for; none for 0, and for frames in colour."""
    inverted: bool = False
    grey: bool = False

    @classmethod
    def opened(cls, document: Document) -> Self:
        """From the sealed document."""
        found = document.get("boxes")
        boxes = found if isinstance(found, list) else []
        return cls(
            key=base64.b64decode(document.text("key")),
            content_type=document.text("type"),
            full=Shape(*_numbers(document.get("full"))),
            small=Shape(*_numbers(document.get("small"))),
            boxes=tuple(_box(box) for box in boxes if isinstance(box, dict)),
            frames=int(_number(document.get("frames"))),
            center=_number(document.get("center")),
            width=_number(document.get("width")),
            inverted=document.get("inverted") is True,
            grey=document.get("grey") is True,
        )

    def to_seal(self) -> dict[str, JSONValue]:
        """As the document that is sealed."""
        return {
            "key": base64.b64encode(self.key).decode(),
            "type": self.content_type,
            "full": [self.full.width, self.full.height],
            "small": [self.small.width, self.small.height],
            "boxes": [dict(box.to_json()) for box in self.boxes],
            "frames": self.frames,
            "center": self.center,
            "width": self.width,
            "inverted": self.inverted,
            "grey": self.grey,
        }


@dataclass(frozen=True, slots=True, repr=False)
class PictureNote:
    """What an author says of a picture, in the sealed document of what it hangs under."""

    picture_id: int
    caption: str
    alt: str
    consent: str
    """One of ``choices.Consent``."""
    reason: str
    """Why no consent is needed, where it is not."""
    shape: Shape
    frames: int = 0
    center: float = 0.0
    width: float = 0.0
    """Of a series: the window that the file asked for, to begin with."""

    @classmethod
    def opened(cls, value: JSONValue) -> Self | None:
        """From its place in a sealed document; None for anything else."""
        if not isinstance(value, dict) or not isinstance(value.get("id"), int):
            return None
        words = {part: str(value.get(part) or "") for part in ("caption", "alt", "consent", "reason")}
        return cls(
            picture_id=int(_number(value.get("id"))),
            **words,
            shape=Shape(*_numbers(value.get("shape"))),
            frames=int(_number(value.get("frames"))),
            center=_number(value.get("center")),
            width=_number(value.get("width")),
        )

    def to_seal(self) -> dict[str, JSONValue]:
        """As it stands in a sealed document."""
        words: dict[str, JSONValue] = {"caption": self.caption, "alt": self.alt, "consent": self.consent, "reason": self.reason}
        shape: list[JSONValue] = [self.shape.width, self.shape.height]
        series = {"frames": self.frames, "center": self.center, "width": self.width} if self.frames else {}
        return {"id": self.picture_id, **words, "shape": shape, **series}


def notes_in(value: JSONValue) -> tuple[PictureNote, ...]:
    """The pictures of a sealed list."""
    items = value if isinstance(value, list) else []
    return tuple(note for item in items if (note := PictureNote.opened(item)) is not None)


def _box(value: Mapping[str, JSONValue]) -> Box:
    x, y, w, h = (int(_number(value.get(part))) for part in "xywh")
    return Box(x, y, w, h, _KINDS.get(str(value.get("kind")), "own"), _number(value.get("score")))


def _number(value: JSONValue) -> float:
    return value if isinstance(value, int | float) else 0


def _numbers(value: JSONValue) -> tuple[int, int]:
    found = [int(_number(number)) for number in value] if isinstance(value, list) else []
    return (found[0], found[1]) if len(found) == len("wh") else (0, 0)
