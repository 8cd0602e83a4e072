"""Looks at pictures that wait: finds text and faces in them. A picture that waits is a row that says so, so a restart loses nothing.

Runs in a process of its own: the models take some hundred megabytes, and seconds for each picture.
"""

import logging

from curbside.anonymous.pictures import vault
from curbside.anonymous.pictures.actions import begin_look, end_look, open_text, say_progress
from curbside.anonymous.pictures.documents import FIRST_FRAME, FULL
from curbside.anonymous.pictures.making import file_picture, frame_picture
from curbside.anonymous.pictures.models import Picture
from curbside.anonymous.pictures.queries import next_waiting
from curbside.deid.pictures.boxes import Box

log = logging.getLogger("curbside")


def look_at_next() -> bool:
    """Look at one picture that waits; whether there was one."""
    picture_id = next_waiting()
    if picture_id is None:
        return False
    picture = begin_look(picture_id=picture_id)
    if picture is None:
        return True
    try:
        end_look(picture=picture, boxes=_seen_in(picture))
    except Exception:  # whatever a model or a file does: it is tried again, not for ever, and the next one is looked at
        log.exception("pictures: one could not be looked at")
    return True


def _seen_in(picture: Picture) -> list[Box]:
    """What is seen in any frame, once where it is at the same place in several."""
    from curbside.deid.pictures.finding import propose_boxes

    text = open_text(picture)
    numbers = range(FIRST_FRAME, FIRST_FRAME + text.frames) if text.frames else [FULL]
    seen: list[Box] = []
    for done, number in enumerate(numbers, start=1):
        data = vault.read(file_id=picture.file_id, number=number, key=text.key)
        frame = frame_picture(data, text=text) if text.frames else file_picture(data)
        seen += [box for box in propose_boxes(frame) if not any(_same_place(box, other) for other in seen)]
        say_progress(picture=picture, percent=100 * done // len(numbers))
    return sorted(seen, key=lambda box: (box.y, box.x))


def _same_place(box: Box, other: Box) -> bool:
    """Whether one box stands for both."""
    return other.x <= box.x and other.y <= box.y and other.x + other.w >= box.x + box.w and other.y + other.h >= box.y + box.h
