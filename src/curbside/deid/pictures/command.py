"""`curbside deid picture FILE`: says what could identify someone in a picture, or writes a clean copy of it."""

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from PIL import Image
from rich.progress import track

from curbside.deid.pictures.boxes import black_out
from curbside.deid.pictures.dicom import read_dicom
from curbside.deid.pictures.encoding import KEPT_AS, encode
from curbside.deid.pictures.errors import PictureError, UnknownKind
from curbside.deid.pictures.finding import propose_boxes
from curbside.deid.pictures.opening import kind_of, open_picture

NOTHING_FOUND: Final = 0
FOUND: Final = 1
REFUSED: Final = 2


def picture_command(arguments: list[str]) -> int:
    """Print the proposed boxes as JSON, a line a frame. Exits 0 where nothing is left to black out, 1 where something is, 2 if refused."""
    parser = argparse.ArgumentParser(
        prog="curbside deid picture",
        description="Find text and faces in a picture or DICOM file. These are suggestions, not a guarantee: look yourself.",
    )
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--clean", type=Path, metavar="FOLDER", help="write the frames there, upright, without metadata, every proposed box black"
    )
    chosen = parser.parse_args(arguments)
    try:
        frames, form = frames_of(chosen.file.read_bytes())
        found = 0
        for number, frame in enumerate(track(frames, description="Looking", disable=not sys.stderr.isatty())):
            boxes = propose_boxes(frame)
            found += len(boxes)
            print(json.dumps({"frame": number, "width": frame.width, "height": frame.height, "boxes": [box.to_json() for box in boxes]}))
            if chosen.clean:
                chosen.clean.mkdir(parents=True, exist_ok=True)
                encoded = encode(black_out(frame, boxes), KEPT_AS[form])
                (chosen.clean / f"{number:03}.{encoded.content_type.rpartition('/')[2]}").write_bytes(encoded.data)
    except PictureError as error:
        print(error.sentence, file=sys.stderr)
        return REFUSED
    except OSError as error:
        print(f"{chosen.file}: {error.strerror}", file=sys.stderr)
        return REFUSED
    return FOUND if found and not chosen.clean else NOTHING_FOUND


def frames_of(data: bytes) -> tuple[list[Image.Image], str]:
    """Every frame of a picture or DICOM file, and its kind; raises PictureError. A DICOM file may lack the mark at its head."""
    try:
        form = kind_of(data)
    except UnknownKind:
        if data[1:2] == b"\0" and data[:1] in {b"\x02", b"\x08"}:  # the first element of a file without the mark
            form = "DICOM"
        else:
            raise
    if form != "DICOM":
        return [open_picture(data)], form
    series = read_dicom(data)
    return [series.frame(number) for number in range(series.frames)], form
