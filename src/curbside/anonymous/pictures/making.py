"""From received bytes to what is stored: pixels alone, in a size to zoom into and a small one, and the frames of a DICOM series.

Nothing here touches the database. The bytes that came are never written anywhere.
"""

import io
import threading
import zlib
from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _
from PIL import Image

from curbside.anonymous.pictures import vault
from curbside.anonymous.pictures.documents import FIRST_FRAME, FULL, PictureText, Shape
from curbside.deid.pictures.boxes import Box, black_out
from curbside.deid.pictures.encoding import KEPT_AS, Encoded, Format, encode
from curbside.kit.errors import Busy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curbside.deid.pictures.dicom import Series

SMALL_SIDE: Final = 640
MOST_STORED: Final = 8_000_000
"""Bytes of a lossless picture; a larger one is kept as JPEG."""
AT_ONCE: Final = 2
"""Pictures that one process unpacks at the same time: each may take some hundred megabytes."""
LONGEST_WAIT: Final = 20.0
_turns = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True, repr=False)
class Made:
    """A picture as it will be stored: what is sealed of it, and its files in their order."""

    text: PictureText
    files: Sequence[bytes]

    def store(self, file_id: int) -> None:
        """Write the files."""
        for number, data in enumerate(self.files):
            vault.write(file_id=file_id, number=number, data=data, key=self.text.key)


@contextmanager
def a_turn() -> "Iterator[None]":
    """Wait for a place among those that unpack pictures; raises Busy."""
    if not _turns.acquire(timeout=LONGEST_WAIT):
        raise Busy(_("Too many pictures arrive at once. Try again in a minute."))
    try:
        yield
    finally:
        _turns.release()


def make(data: bytes) -> Made:
    """What is kept of a file; raises PictureError."""
    from curbside.deid.pictures.opening import kind_of, open_picture

    kind = kind_of(data)
    if kind != "DICOM":
        return _made(open_picture(data), KEPT_AS[kind])
    from curbside.deid.pictures.dicom import read_dicom  # half a second to load, for the few who need it

    return _made_of(read_dicom(data))


def make_series(files: Sequence[bytes]) -> Made:
    """What is kept of several DICOM files of one series; raises PictureError."""
    from curbside.deid.pictures.dicom import read_series

    return _made_of(read_series(files))


def without(boxes: Iterable[Box], *, text: PictureText, files: Sequence[bytes]) -> Made:
    """The same picture with black pixels in the boxes, of every frame and in every size; raises NoSuchBox."""
    listed = list(boxes)
    picture = black_out(file_picture(files[FULL]), listed)
    made = _made(picture, "JPEG" if text.content_type == "image/jpeg" else "WEBP" if text.content_type == "image/webp" else "PNG")
    frames = [_frame_without(listed, data, grey=text.grey) for data in files[FIRST_FRAME:]]
    kept = replace(text, key=made.text.key, content_type=made.text.content_type, small=made.text.small, boxes=())
    return Made(kept, [*made.files, *frames])


def shown_frame(data: bytes, *, text: PictureText, center: float, width: float) -> Encoded:
    """One frame of a series as a picture; grey with this window, or the file's own for a width of 0."""
    if not text.grey:
        return Encoded(data, "image/png")
    values = _values(data)
    low, high = (center - width / 2, center + width / 2) if width > 0 else _window(text, values)
    shades = np.clip((values.astype(np.float32) - low) * (255 / max(high - low, 1e-6)), 0, 255).astype(np.uint8)
    return encode(Image.fromarray(255 - shades if text.inverted else shades), "PNG")


def frame_picture(data: bytes, *, text: PictureText) -> Image.Image:
    """One frame as pixels to look at."""
    return file_picture(shown_frame(data, text=text, center=0, width=0).data)


def _made(picture: Image.Image, form: Format) -> Made:
    full = encode(picture, form)
    if len(full.data) > MOST_STORED:
        full = encode(picture, "JPEG")
    small = picture.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    lesser = encode(small, "JPEG" if full.content_type == "image/jpeg" else form)
    text = PictureText(key=vault.fresh_key(), content_type=full.content_type, full=Shape(*picture.size), small=Shape(*small.size))
    return Made(text, [full.data, lesser.data])


def _made_of(series: "Series") -> Made:
    made = _made(series.frame(0), "PNG")
    grey = series.values.ndim == len("fyx")
    frames = [_packed(series, number) if grey else encode(series.frame(number), "PNG").data for number in range(series.frames)]
    asked = series.window
    text = replace(
        made.text,
        frames=series.frames,
        center=asked.center if asked else 0.0,
        width=asked.width if asked else 0.0,
        inverted=series.inverted,
        grey=grey,
    )
    return Made(text, [*made.files, *frames])


def _packed(series: "Series", number: int) -> bytes:
    """A frame's values, no larger than its picture is shown."""
    values = np.nan_to_num(np.asarray(series.values[number], dtype=np.float32))
    size = series.frame(number).size
    if size != values.shape[::-1]:
        values = np.asarray(Image.fromarray(values).resize(size, Image.Resampling.BOX))
    return _pack(values)


def _pack(values: npt.NDArray[np.float32]) -> bytes:
    whole = values.astype(np.int16)
    out = io.BytesIO()
    np.save(out, whole if np.array_equal(whole, values) else values, allow_pickle=False)
    return zlib.compress(out.getvalue(), 1)


def _values(data: bytes) -> "npt.NDArray[np.generic]":
    found: npt.NDArray[np.generic] = np.load(io.BytesIO(zlib.decompress(data)), allow_pickle=False)
    return found


def _frame_without(boxes: Sequence[Box], data: bytes, *, grey: bool) -> bytes:
    if not grey:
        return encode(black_out(file_picture(data), boxes), "PNG").data
    values = np.array(_values(data), dtype=np.float32)
    for box in boxes:
        values[max(0, box.y) : box.y + box.h, max(0, box.x) : box.x + box.w] = values.min()
    return _pack(values)


def _window(text: PictureText, values: "npt.NDArray[np.generic]") -> tuple[float, float]:
    if text.width > 0:
        return text.center - text.width / 2, text.center + text.width / 2
    return float(values.min()), float(values.max())


def file_picture(data: bytes) -> Image.Image:
    """Pixels of a file that was written here."""
    with Image.open(io.BytesIO(data)) as picture:
        return picture.convert("L" if picture.mode == "L" else "RGB")
