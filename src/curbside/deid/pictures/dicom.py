"""DICOM: frames to grey or RGB with window and level, and the header after the basic profile of PS3.15, annex E.

What is published are frames as pictures, so no header leaves; the cleaned header is for the command line. Pixels are always looked at for
text, whatever BurnedInAnnotation says: nothing here reads that tag.
"""

import io
import logging
import struct
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt
from dicomanonymizer import simpledicomanonymizer
from PIL import Image
from pydicom import Dataset, FileDataset, dcmread
from pydicom.dataset import FileMetaDataset
from pydicom.errors import InvalidDicomError
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut
from pydicom.pixels.utils import pixel_array
from pydicom.uid import ImplicitVRLittleEndian

from curbside.deid.pictures.errors import (
    Broken,
    NoPixels,
    NotDecoded,
    PictureError,
    SeveralSeries,
    TooLarge,
    TooManyFrames,
    TooManyPixels,
    TwoKindsAtOnce,
)
from curbside.deid.pictures.opening import MOST_PIXELS, bare, check_size

T = TypeVar("T")

MOST_BYTES: Final = 50_000_000
MOST_FRAMES: Final = 60
PROFILE: Final = "dicomfields_2026c"
_PREAMBLE: Final = 128
_PROGRAMS: Final = (b"MZ", b"\x7fELF", b"PK", b"%PDF", b"<", b"#!")
_COLOURED: Final = 3
_REPEATING: Final = 0xFF00
_DRAWN_GROUPS: Final = (0x5000, 0x6000)
"""Curves and overlays, where names are drawn as well."""
Rules = Mapping[tuple[int, ...], Callable[[Dataset, tuple[int, int]], None]]
_BROKEN: Final = (
    OSError, ValueError, TypeError, AttributeError, KeyError, IndexError, EOFError, NotImplementedError, RuntimeError, MemoryError,
    OverflowError, RecursionError, struct.error, InvalidDicomError,
)  # fmt: skip
"""What pydicom and its decoders raise on damaged files."""

logging.getLogger("pydicom").setLevel(logging.CRITICAL)  # its warnings quote values


@dataclass(frozen=True, slots=True)
class Window:
    """Which values are shown: from black at `center - width / 2` to white at `center + width / 2`."""

    center: float
    width: float


@dataclass(frozen=True, slots=True)
class Series:
    """The frames of one file: values after the modality's rescaling, or colours; and how the file asks that grey be shown."""

    values: npt.NDArray[np.generic]
    """(frames, rows, columns) of float32 for grey, (frames, rows, columns, 3) of uint8 for colour."""
    window: Window | None
    inverted: bool
    """Whether the lowest value is white."""

    @property
    def frames(self) -> int:
        """How many."""
        return int(self.values.shape[0])

    def frame(self, number: int, window: Window | None = None) -> Image.Image:
        """One frame as a picture of 8 bits; with another window than the file's, if one is given. Colour knows no window."""
        values = self.values[number]
        if values.ndim == _COLOURED:
            return bare(Image.fromarray(values))
        chosen = window or self.window or _whole(values)
        low = chosen.center - chosen.width / 2
        shades = np.clip((values.astype(np.float32) - low) * (255 / max(chosen.width, 1e-6)), 0, 255).astype(np.uint8)
        return bare(Image.fromarray(255 - shades if self.inverted else shades))


def read_dicom(data: bytes) -> Series:
    """The frames of a DICOM file; raises PictureError."""
    return _guarded(lambda: _frames(_dataset(data)), NotDecoded)


def read_series(files: Sequence[bytes]) -> Series:
    """The frames of several files of one series, in its own order; raises PictureError."""
    return _guarded(lambda: _joined(files), NotDecoded)


def clean_dicom(data: bytes) -> bytes:
    """The file after the basic profile: identifying elements emptied, replaced or removed, in sequences too, with all overlays."""
    return _guarded(lambda: _cleaned(_dataset(data)), Broken)


def _guarded(work: Callable[[], T], otherwise: type[PictureError]) -> T:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return work()
        except PictureError:
            raise
        except _BROKEN as error:
            raise otherwise from error


def _dataset(data: bytes) -> FileDataset:
    if len(data) > MOST_BYTES:
        raise TooLarge
    if data[:_PREAMBLE].startswith(_PROGRAMS):
        raise TwoKindsAtOnce
    try:
        return dcmread(io.BytesIO(data), force=True)
    except _BROKEN as error:
        raise Broken from error


def _frames(dataset: FileDataset) -> Series:
    if not any(name in dataset for name in ("PixelData", "FloatPixelData", "DoubleFloatPixelData")):
        raise NoPixels
    check_size(int(dataset.Columns), int(dataset.Rows))
    count = int(dataset.get("NumberOfFrames") or 1)
    if count > MOST_FRAMES:
        raise TooManyFrames
    if int(dataset.Columns) * int(dataset.Rows) * count > MOST_PIXELS:
        raise TooManyPixels
    if "TransferSyntaxUID" not in dataset.file_meta:
        dataset.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian
    values = pixel_array(dataset)
    colour = dataset.PhotometricInterpretation
    if colour == "PALETTE COLOR":
        values = apply_color_lut(values, dataset)
    if values.ndim >= _COLOURED and values.shape[-1] == _COLOURED:
        shifted = values if values.dtype == np.uint8 else (values >> (values.dtype.itemsize * 8 - 8)).astype(np.uint8)
        return Series(shifted.reshape(count, *shifted.shape[-3:]), None, inverted=False)
    grey = np.asarray(apply_modality_lut(values, dataset), dtype=np.float32)
    return Series(grey.reshape(count, *grey.shape[-2:]), _asked_window(dataset), inverted=colour == "MONOCHROME1")


def _joined(files: Sequence[bytes]) -> Series:
    if sum(map(len, files)) > MOST_BYTES:
        raise TooLarge
    if len(files) > MOST_FRAMES:
        raise TooManyFrames
    datasets = sorted((_dataset(data) for data in files), key=_place_in_series)
    parts = [_frames(dataset) for dataset in datasets]
    kinds = {(part.values.shape[1:], part.values.dtype, part.inverted) for part in parts}
    if len(kinds) != 1 or len({str(dataset.get("SeriesInstanceUID", "")) for dataset in datasets}) != 1:
        raise SeveralSeries
    if sum(part.frames for part in parts) > MOST_FRAMES:
        raise TooManyFrames
    values = np.concatenate([part.values for part in parts])
    if values.shape[0] * values.shape[1] * values.shape[2] > MOST_PIXELS:
        raise TooManyPixels
    return Series(values, parts[0].window, inverted=parts[0].inverted)


def _place_in_series(dataset: Dataset) -> int:
    number = dataset.get("InstanceNumber")
    return int(number) if number is not None else 0


def _asked_window(dataset: Dataset) -> Window | None:
    """The first window that the file names."""
    center, width = dataset.get("WindowCenter"), dataset.get("WindowWidth")
    if center is None or width is None:
        return None
    first = [float(value if isinstance(value, (int, float, str)) else value[0]) for value in (center, width)]
    return Window(*first) if first[1] > 0 else None


def _whole(values: npt.NDArray[np.generic]) -> Window:
    low, high = float(values.min()), float(values.max())
    return Window((low + high) / 2, high - low)


def _cleaned(dataset: FileDataset) -> bytes:
    rules = simpledicomanonymizer.initialize_actions(PROFILE)
    _clean_level(dataset, rules)
    dataset.remove_private_tags()
    dataset.preamble = b"\0" * _PREAMBLE
    dataset.file_meta = _bare_head(dataset)
    dataset.PatientIdentityRemoved = "YES"
    dataset.DeidentificationMethod = "PS3.15 basic profile"
    out = io.BytesIO()
    dataset.save_as(out, enforce_file_format=False)
    simpledicomanonymizer.dictionary.clear()  # it would tie new UIDs to the old ones for as long as the process lives
    return out.getvalue()


def _bare_head(dataset: FileDataset) -> FileMetaDataset:
    """A head that names no instance and no sender but the new ones."""
    head = FileMetaDataset()
    head.TransferSyntaxUID = dataset.file_meta.get("TransferSyntaxUID", ImplicitVRLittleEndian)
    head.MediaStorageSOPClassUID = dataset.get("SOPClassUID", "")
    head.MediaStorageSOPInstanceUID = dataset.get("SOPInstanceUID", "")
    return head


def _clean_level(dataset: Dataset, rules: Rules) -> None:
    """Apply the profile to one level and those below; overlays, curves and what cannot be parsed go."""
    for tag in list(dataset.keys()):
        group = tag.group & _REPEATING
        if group in _DRAWN_GROUPS or tag.is_private:
            del dataset[tag]
            continue
        rule = rules.get((tag.group, tag.element))
        if rule is simpledicomanonymizer.delete:
            del dataset[tag]  # the library's own would leave a date in the place of a removed one
        elif rule is not None:
            rule(dataset, (tag.group, tag.element))
        if tag in dataset and dataset[tag].VR == "SQ":
            for item in dataset[tag].value:
                _clean_level(item, rules)
