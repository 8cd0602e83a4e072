"""What is proposed on pictures that hold no text, and on those that do: before and after broad boxes must read as words.

    CURBSIDE_REAL_DATA=... .venv/bin/python -m bench.deid_pictures

For each picture the share that would be black, and how many text boxes there are. The burned-in set says what must stay proposed.
"""

import json
import os
import sys
import time
from pathlib import Path
from unittest.mock import patch

import numpy as np
from PIL import Image

from curbside.deid.pictures import finding
from curbside.deid.pictures.command import frames_of
from curbside.deid.pictures.errors import PictureError

PADDING = 25
"""The burned-in set's boxes were drawn on pictures with such a margin."""


def share(picture: Image.Image, *, reading: bool) -> tuple[float, int, np.ndarray, float]:
    """Blackened share, boxes of text, the mask of both, and seconds."""
    begun = time.perf_counter()
    with patch.object(finding, "_is_broad", finding._is_broad if reading else lambda _box, _size: False):  # noqa: SLF001 - what it was before
        boxes = finding.propose_boxes(picture)
    mask = np.zeros(picture.size[::-1], bool)
    for box in boxes:
        mask[box.y : box.y + box.h, box.x : box.x + box.w] = True
    return float(mask.mean()), sum(box.kind == "text" for box in boxes), mask, time.perf_counter() - begun


def main() -> None:
    if "CURBSIDE_REAL_DATA" not in os.environ:
        print("deid_pictures: CURBSIDE_REAL_DATA is not set; skipped")
        sys.exit(0)
    folder = Path(os.environ["CURBSIDE_REAL_DATA"]) / "images"
    truth = json.loads((folder / "burned_in/ground_truth.json").read_text())
    print(f"{'picture':<40} {'black before':>12} {'after':>7} {'boxes before':>12} {'after':>6} {'s before':>9} {'after':>6}  proposed")
    for file in sorted(path for place in ("burned_in", "dicom", "clinical", "faces") for path in (folder / place).iterdir()):
        try:
            picture = frames_of(file.read_bytes())[0][0]
        except PictureError:
            continue
        before, after = share(picture, reading=False), share(picture, reading=True)
        words = truth.get(f"sample_data/{file.stem}.dcm", []) if file.suffix == ".png" else []
        found = [_covered(after[2], word) for word in words]
        said = f"{sum(part > 0.9 for part in found)} of {len(found)}" if found else ""
        print(
            f"{file.parent.name + '/' + file.name:<40} {before[0]:12.1%} {after[0]:7.1%} {before[1]:12} {after[1]:6}"
            f" {before[3]:9.2f} {after[3]:6.2f}  {said}"
        )


def _covered(mask: np.ndarray, word: dict[str, int]) -> float:
    left, top = word["left"] - PADDING, word["top"] - PADDING
    return float(mask[top : top + word["height"], left : left + word["width"]].mean())


if __name__ == "__main__":
    main()
