"""Boxes over a picture: proposed by a finder, or drawn by a person; and the blacking out of those that are confirmed."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

from PIL import Image

from curbside.deid.pictures.errors import NoSuchBox

BoxKind = Literal["text", "face", "own"]


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture in pixels from its upper left corner; `score` from 0 to 1 says how sure the finder is."""

    x: int
    y: int
    w: int
    h: int
    kind: BoxKind
    score: float

    def to_json(self) -> dict[str, int | float | str]:
        """As JSON holds it."""
        return asdict(self)


def box_between(left: float, top: float, right: float, bottom: float, *, kind: BoxKind, score: float, size: tuple[int, int]) -> Box:
    """The whole pixels that two corners touch, inside of the picture."""
    x, y = max(0, int(left)), max(0, int(top))
    w, h = min(size[0], int(right) + 1) - x, min(size[1], int(bottom) + 1) - y
    return Box(x, y, w, h, kind, round(float(score), 3))


def black_out(picture: Image.Image, boxes: Iterable[Box]) -> Image.Image:
    """A copy whose pixels in the boxes are black: overwritten, not covered. Raises NoSuchBox."""
    cleaned = picture.copy()
    for box in boxes:
        left, top = max(0, box.x), max(0, box.y)
        right, bottom = min(picture.width, box.x + box.w), min(picture.height, box.y + box.h)
        if right <= left or bottom <= top:
            raise NoSuchBox
        cleaned.paste(0 if cleaned.mode == "L" else (0, 0, 0), (left, top, right, bottom))
    return cleaned
