"""Finds text and faces. The models are loaded once, at first use, from files that ship with the packages; nothing is downloaded."""

import threading
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image
from rapidocr import RapidOCR
from rapidocr.ch_ppocr_det.utils import TextDetOutput
from rapidocr.ch_ppocr_rec.typings import TextRecOutput

from curbside.deid.pictures.boxes import Box, box_between

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

FACE_SCORE: Final = 0.4
FACE_SIDE: Final = 1280
"""Faces are looked for in a picture no larger than this."""
READ_SCORE: Final = 0.5
"""From here on the reader is believed."""
_FEWEST_LETTERS: Final = 2
_BROAD: Final = 8
"""A box is broad that takes more than this part of the picture, across and down."""
_LINE: Final = 2.5
"""How much longer than high a box is that may be a line of writing, whether it can be read or not."""
STRIDE: Final = 32
_CELL: Final = 4
_OVERLAP: Final = 0.3
_OUTPUTS: Final = ("537", "538", "539", "540")
_one_at_a_time = threading.Lock()
"""Neither model is made for two threads at once."""


class Face(NamedTuple):
    """Corners in pixels of the network's input."""

    left: float
    top: float
    right: float
    bottom: float
    score: float


def propose_boxes(picture: Image.Image) -> list[Box]:
    """Every part that looks like text or a face, from the top down.

    Text is proposed where it is seen, whether it could be read or not; only what is as broad as an organ must be read as words.
    """
    pixels = np.asarray(picture.convert("RGB"))
    with _one_at_a_time:
        found = [*_texts(pixels), *_faces(pixels)]
    return sorted((box for box in found if box.w > 0 and box.h > 0), key=lambda box: (box.y, box.x))


@cache
def _reader() -> RapidOCR:
    return RapidOCR(params={"Global.log_level": "critical"})


@cache
def _face_finder() -> cv2.dnn.Net:
    model = files("curbside.deid.pictures").joinpath("models/centerface.onnx").read_bytes()
    return cv2.dnn.readNetFromONNX(np.frombuffer(model, np.uint8))


def _texts(pixels: Pixels) -> list[Box]:
    size = (pixels.shape[1], pixels.shape[0])
    found = _reader()(pixels[:, :, ::-1].copy(), use_det=True, use_cls=False, use_rec=False)
    if not isinstance(found, TextDetOutput) or found.boxes is None or found.scores is None:
        return []
    boxes = [
        box_between(*corners.min(axis=0), *corners.max(axis=0), kind="text", score=score, size=size)
        for corners, score in zip(found.boxes, found.scores, strict=True)
    ]
    return [box for box in boxes if not _is_broad(box, size) or _reads_as_words(pixels, box)]


def _is_broad(box: Box, size: tuple[int, int]) -> bool:
    """Whether it is large both ways and no line: an organ, a lesion or a whole scan is taken for text like that, and words seldom are."""
    return box.w * _BROAD > size[0] and box.h * _BROAD > size[1] and max(box.w, box.h) < _LINE * min(box.w, box.h)


def _reads_as_words(pixels: Pixels, box: Box) -> bool:
    """Whether at least two letters or digits are read in it."""
    part = pixels[box.y : box.y + box.h, box.x : box.x + box.w, ::-1].copy()
    read = _reader()(part, use_det=False, use_cls=False, use_rec=True)
    if not isinstance(read, TextRecOutput) or not read.txts or not read.scores:
        return False
    return read.scores[0] >= READ_SCORE and sum(letter.isalnum() for letter in read.txts[0]) >= _FEWEST_LETTERS


def _faces(pixels: Pixels) -> list[Box]:
    height, width = pixels.shape[:2]
    scale = min(1.0, FACE_SIDE / max(width, height))
    inner = tuple(-(-max(1, round(side * scale)) // STRIDE) * STRIDE for side in (width, height))
    blob = cv2.dnn.blobFromImage(pixels, 1.0, inner, (0, 0, 0), swapRB=False, crop=False)
    network = _face_finder()
    network.setInput(blob)
    heat, scales, offsets, _marks = network.forward(list(_OUTPUTS))
    across, down = width / inner[0], height / inner[1]
    return [
        box_between(
            face.left * across,
            face.top * down,
            face.right * across,
            face.bottom * down,
            kind="face",
            score=face.score,
            size=(width, height),
        )
        for face in _strongest(_decode(heat[0, 0], scales[0], offsets[0]))
    ]


def _decode(heat: Floats, scales: Floats, offsets: Floats) -> list[Face]:
    """Each warm cell of the heat map with the box it stands for, as CenterFace's paper tells."""
    faces = []
    for row, column in zip(*np.where(heat > FACE_SCORE), strict=True):
        height, width = np.exp(scales[:, row, column]) * _CELL
        middle_y, middle_x = (row + offsets[0, row, column] + 0.5) * _CELL, (column + offsets[1, row, column] + 0.5) * _CELL
        faces.append(
            Face(middle_x - width / 2, middle_y - height / 2, middle_x + width / 2, middle_y + height / 2, float(heat[row, column]))
        )
    return faces


def _strongest(faces: list[Face]) -> list[Face]:
    """Of boxes that overlap, the surest."""
    kept: list[Face] = []
    for face in sorted(faces, key=lambda face: -face.score):
        if all(_shared(face, other) < _OVERLAP for other in kept):
            kept.append(face)
    return kept


def _shared(one: Face, other: Face) -> float:
    width = max(0.0, min(one.right, other.right) - max(one.left, other.left))
    height = max(0.0, min(one.bottom, other.bottom) - max(one.top, other.top))
    both = sum((face.right - face.left) * (face.bottom - face.top) for face in (one, other))
    return width * height / ((both - width * height) or 1)
