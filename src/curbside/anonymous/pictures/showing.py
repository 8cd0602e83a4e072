"""How one picture is shown large: how far zoomed, and of a series which frame with which window.

The address says it, so that it works without a script, and going back leads to what one saw.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from curbside.anonymous.pictures.documents import PictureNote

ZOOMS: Final = {"1": 1, "2": 2, "4": 4}


@dataclass(frozen=True, slots=True)
class View:
    """What is asked for."""

    note: PictureNote
    zoom: int
    """How many screen pixels a pixel takes; 0 to fit the window."""
    frame: int
    center: str
    width: str

    def context(self) -> dict[str, object]:
        """For the page."""
        factor, shape = self.zoom or 1, self.note.shape
        return {
            "zoom": self.zoom,
            "frames": self.note.frames,
            "frame": self.frame,
            "center": self.center,
            "width": self.width,
            "frame_url": reverse("pictures:frame", args=[self.note.picture_id, 1]),
            "source": self._source(),
            "shown_width": shape.width * factor,
            "shown_height": shape.height * factor,
        }

    def _source(self) -> str:
        if not self.note.frames:
            return reverse("pictures:bytes", args=[self.note.picture_id, "full"])
        address = reverse("pictures:frame", args=[self.note.picture_id, self.frame])
        window = {"center": self.center, "width": self.width}
        return f"{address}?{urlencode(window)}" if all(window.values()) else address


def read_view(asked: Mapping[str, object], note: PictureNote) -> View:
    """From the address; what is no number counts as not said."""
    frame = str(asked.get("frame", ""))
    number = int(frame) if frame.isascii() and frame.isdigit() and len(frame) <= len("60") else 1
    words = {part: str(asked.get(part, "")) for part in ("center", "width")}
    return View(note, ZOOMS.get(str(asked.get("zoom", "")), 0), max(1, min(number, note.frames or 1)), **words)
