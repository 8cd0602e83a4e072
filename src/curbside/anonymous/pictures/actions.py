"""Writes of pictures: receive, look at, decide, hang under a thread, erase.

Files are written before the rows that name them, and go after.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from curbside.anonymous.discussion.access import require_writer
from curbside.anonymous.discussion.models import Thread
from curbside.anonymous.discussion.shared import page_changed
from curbside.anonymous.membership.models import Member
from curbside.anonymous.pictures import vault
from curbside.anonymous.pictures.documents import FIRST_FRAME, PictureText
from curbside.anonymous.pictures.making import Made, a_turn, make, make_series, without
from curbside.anonymous.pictures.models import MOST_TRIES, Picture, last_forgotten_day
from curbside.anonymous.sealing.actions import erase_texts, reseal_text, seal_text
from curbside.anonymous.sealing.queries import read_text
from curbside.anonymous.sealing.secrecy import TextId
from curbside.deid.pictures.boxes import Box
from curbside.deid.pictures.errors import PictureError
from curbside.kit.errors import Conflict, PublicError
from curbside.kit.ids import PublicId, public_id, random_id
from curbside.kit.limits import RateLimit

SEND_LIMIT: Final = RateLimit(times=60, seconds=3600)
_strays_before: Final[set[str]] = set()


def receive_picture(*, sender: Member, data: bytes) -> Picture:
    """Keep a picture's pixels and nothing else of the file; raises PublicError with a sentence about the file."""
    return _receive(sender, lambda: make(data))


def receive_series(*, sender: Member, files: Sequence[bytes]) -> Picture:
    """Keep several DICOM files as the frames of one picture; raises PublicError with a sentence about them."""
    return _receive(sender, lambda: make_series(files))


def _receive(sender: Member, make_it: Callable[[], Made]) -> Picture:
    require_writer(sender)
    SEND_LIMIT.count(str(sender.pk))
    try:
        with a_turn():
            made = make_it()
    except PictureError as error:
        raise PublicError(_(error.sentence)) from error
    file_id = random_id()
    made.store(file_id)
    return Picture.objects.create(file_id=file_id, text_id=seal_text(document=made.text.to_seal()))


def open_text(picture: Picture) -> PictureText:
    """What is sealed of it; raises Conflict where it was erased meanwhile. Two queries."""
    document = read_text(TextId(picture.text_id))
    if document.erased:
        raise Conflict(_("This picture was removed meanwhile."))
    return PictureText.opened(document)


def begin_look(*, picture_id: int) -> Picture | None:
    """Count a try at looking; None where nothing is to be looked at, or too often was."""
    waiting = Picture.objects.waiting().filter(pk=picture_id)
    if waiting.filter(tries__gte=MOST_TRIES).update(state=Picture.State.UNSEEN):
        return None
    return waiting.first() if waiting.update(tries=F("tries") + 1) else None


def say_progress(*, picture: Picture, percent: int) -> None:
    """How far the looking is."""
    Picture.objects.waiting().filter(pk=picture.pk).update(percent=min(100, max(0, percent)))


@transaction.atomic
def end_look(*, picture: Picture, boxes: Sequence[Box]) -> None:
    """Keep what was seen, unless the picture was decided upon, changed or erased meanwhile."""
    row = Picture.objects.waiting().select_for_update().filter(pk=picture.pk, file_id=picture.file_id).first()
    if row is None:
        return
    text = open_text(row)
    _reseal(row, replace(text, boxes=tuple(boxes)))
    Picture.objects.filter(pk=row.pk).update(state=Picture.State.LOOKED, percent=100)


def decide(*, picture: Picture, boxes: Sequence[Box]) -> None:
    """Overwrite the pixels in the boxes, in every stored size and frame, and count the picture as decided. Raises PublicError."""
    text = open_text(picture)
    if not boxes:
        _settle(picture, replace(text, boxes=()), file_id=picture.file_id)
        return
    made, file_id = _blackened(picture, text, boxes), random_id()
    made.store(file_id)
    try:
        _settle(picture, made.text, file_id=file_id)
    except Conflict:
        vault.erase(file_id)
        raise


@transaction.atomic
def _settle(picture: Picture, text: PictureText, *, file_id: int) -> None:
    """Put the decided version in place of the one that was decided upon."""
    same = Picture.objects.select_for_update().filter(pk=picture.pk, file_id=picture.file_id)
    if not same.update(state=Picture.State.DECIDED, file_id=file_id):
        raise Conflict(_("This picture was changed or removed meanwhile. Look at it again."))
    _reseal(picture, text)
    if file_id != picture.file_id:
        transaction.on_commit(lambda: vault.erase(picture.file_id))
    if picture.thread_id:
        page_changed(thread_id=picture.thread_id)


def _blackened(picture: Picture, text: PictureText, boxes: Sequence[Box]) -> Made:
    numbers = range(FIRST_FRAME + text.frames)
    files = [vault.read(file_id=picture.file_id, number=number, key=text.key) for number in numbers]
    try:
        with a_turn():
            return without(boxes, text=text, files=files)
    except PictureError as error:
        raise PublicError(_(error.sentence)) from error


def _reseal(row: Picture, text: PictureText) -> None:
    reseal_text(text_id=TextId(row.text_id), document=text.to_seal())


def hang(*, thread: Thread, picture_ids: Sequence[int]) -> None:
    """Have these pictures, and no others, under the thread. Call inside the writer's transaction; raises Conflict where one is gone."""
    erase_pictures(picture_ids=list(Picture.objects.under(thread.pk).exclude(pk__in=picture_ids).values_list("pk", flat=True)))
    new = Picture.objects.filter(pk__in=picture_ids, thread=None)
    new.update(thread=thread, came_on=None)
    if Picture.objects.under(thread.pk).count() != len(set(picture_ids)):
        raise Conflict(_("A picture was removed meanwhile, or belongs elsewhere. Add it again."))


def erase_pictures_under(*, thread_ids: Collection[int]) -> None:
    """Erase all pictures of these threads. Call inside a transaction."""
    erase_pictures(picture_ids=list(Picture.objects.filter(thread__in=thread_ids).values_list("pk", flat=True)))


@transaction.atomic
def erase_pictures(*, picture_ids: Collection[int]) -> None:
    """Their keys leave the ring, their rows and files go."""
    rows = list(Picture.objects.select_for_update().filter(pk__in=picture_ids).values_list("pk", "text_id", "file_id"))
    if not rows:
        return
    erase_texts(text_ids=[TextId(text_id) for _pk, text_id, _file_id in rows])
    Picture.objects.filter(pk__in=[pk for pk, _text_id, _file_id in rows]).delete()
    transaction.on_commit(lambda: _erase_files([file_id for _pk, _text_id, file_id in rows]))


def _erase_files(file_ids: Sequence[int]) -> None:
    for file_id in file_ids:
        vault.erase(file_id)


def erase_forgotten() -> int:
    """Erase pictures that hung nowhere for a day, and files that no row names; gives how many pictures."""
    forgotten = list(Picture.objects.forgotten_since(last_forgotten_day()).values_list("pk", flat=True))
    erase_pictures(picture_ids=forgotten)
    _erase_strays()
    vault.level_times()
    return len(forgotten)


def _erase_strays() -> None:
    """Files that had no row at the last run either: a crash leaves some, and one whose row is only now being written is not among them."""
    stored = list(vault.stored_versions())
    known = {public_id(file_id) for file_id in Picture.objects.values_list("file_id", flat=True)}
    strays = {version for version in stored if version not in known}
    for version in strays & _strays_before:
        vault.erase(PublicId().to_python(version))
    _strays_before.clear()
    _strays_before.update(strays)
