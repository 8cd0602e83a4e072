"""Writes pixels as a file that holds nothing else."""

import io
from dataclasses import dataclass
from typing import Final, Literal

from PIL import Image

Format = Literal["JPEG", "PNG", "WEBP"]
CONTENT_TYPES: Final[dict[Format, str]] = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
KEPT_AS: Final[dict[str, Format]] = {"JPEG": "JPEG", "HEIF": "JPEG", "PNG": "PNG", "TIFF": "PNG", "DICOM": "PNG", "WEBP": "WEBP"}
"""What each kind of file becomes: lossless stays lossless."""
QUALITY: Final = 90


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture as a file's bytes."""

    data: bytes
    content_type: str


def encode(picture: Image.Image, form: Format) -> Encoded:
    """The pixels alone: an image made anew has no metadata that could be written along."""
    out = io.BytesIO()
    fresh = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    if form == "PNG":
        fresh.save(out, "PNG", optimize=False)
    else:
        fresh.save(out, form, quality=QUALITY)
    return Encoded(out.getvalue(), CONTENT_TYPES[form])
