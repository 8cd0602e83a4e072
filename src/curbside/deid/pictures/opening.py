"""Opens the bytes of a picture: what kind it is by its first bytes, limits before anything is unpacked, pixels alone afterwards."""

import io
import struct
import warnings
import zlib
from typing import Final

import numpy as np
import pillow_heif
from PIL import Image, ImageCms, ImageOps

from curbside.deid.pictures.errors import Broken, PictureError, TooLarge, TooManyFrames, TooManyPixels, TwoKindsAtOnce, UnknownKind

MOST_BYTES: Final = 20_000_000
MOST_PIXELS: Final = 50_000_000
LONGEST_SIDE: Final = 16_000
SHOWN_SIDE: Final = 4096
"""A picture's longer side once opened: enough to zoom, and no unusual number of pixels that tells the camera."""

_HEIF_BRANDS: Final = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_FOREIGN_ENDS: Final = (b"PK\x05\x06", b"PK\x03\x04")
_FOREIGN_STARTS: Final = (b"<html", b"<script", b"<!doctype html", b"<svg", b"<?php", b"%pdf-")
_PAGE_READERS_LOOK: Final = 1024
"""Readers of PDF and HTML look for their mark in the first kilobyte."""
_ARCHIVE_END: Final = 65_557
"""An archive's directory ends at most so far from the end of its file."""
_BROKEN: Final = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    TypeError,
    struct.error,
    zlib.error,
    MemoryError,
    RuntimeError,
    IndexError,
    KeyError,
)
"""What the decoders raise on damaged files."""

pillow_heif.register_heif_opener(thumbnails=False)


def kind_of(data: bytes) -> str:
    """JPEG, PNG, WEBP, HEIF, TIFF or DICOM, by the first bytes alone; raises UnknownKind."""
    if data[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return "HEIF"
    if data[128:132] == b"DICM":
        return "DICOM"
    if data[:4] in {b"II*\0", b"MM\0*"}:
        return "TIFF"
    raise UnknownKind


def open_picture(data: bytes) -> Image.Image:
    """The pixels, upright, as grey or sRGB, without anything else that the file held; raises PictureError."""
    if len(data) > MOST_BYTES:
        raise TooLarge
    kind = kind_of(data)
    if kind == "DICOM":
        raise UnknownKind
    refuse_two_kinds(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _open(data, kind)
        except PictureError:
            raise
        except Image.DecompressionBombError as error:
            raise TooManyPixels from error
        except _BROKEN as error:
            raise Broken from error


def refuse_two_kinds(data: bytes) -> None:
    """Raise TwoKindsAtOnce where other programs would open the same bytes as an archive or a page."""
    start = data[:_PAGE_READERS_LOOK].lower()
    if any(mark in start for mark in _FOREIGN_STARTS) or _FOREIGN_ENDS[0] in data[-_ARCHIVE_END:]:
        raise TwoKindsAtOnce


def _open(data: bytes, kind: str) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=[kind]) as picture:
        check_size(*picture.size)
        if kind in {"PNG", "WEBP", "TIFF"} and getattr(picture, "n_frames", 1) > 1:
            raise TooManyFrames
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        return bare(_in_srgb(upright))


def check_size(width: int, height: int) -> None:
    """Raise TooManyPixels before they are unpacked."""
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise TooManyPixels


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Colours as a browser without the picture's profile shows them."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "RGBA", "CMYK", "L"}:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(
            picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB" if picture.mode == "CMYK" else None
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # a profile of another mode, or a damaged one: the numbers as they are
    return changed or picture


def bare(picture: Image.Image) -> Image.Image:
    """The pixels in an image made anew, grey or RGB, on white where they were transparent, no larger than is shown."""
    if picture.mode.startswith(("I", "F")):
        picture = _in_eight_bits(picture)
    elif picture.mode == "1":
        picture = picture.convert("L")
    elif picture.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in picture.info:
        upper = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", upper.size, "white"), upper).convert("RGB")
    elif picture.mode not in {"L", "RGB"}:
        picture = picture.convert("RGB")
    if max(picture.size) > SHOWN_SIDE:
        picture.thumbnail((SHOWN_SIDE, SHOWN_SIDE), Image.Resampling.LANCZOS)
    return Image.fromarray(np.array(picture))


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    values = np.nan_to_num(np.asarray(picture, dtype=np.float64))
    low, high = values.min(), values.max()
    return Image.fromarray(((values - low) * (255 / ((high - low) or 1))).astype(np.uint8))
