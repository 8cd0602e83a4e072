"""Pictures are received without what their files tell, sealed, and their sender's alone until they are published."""

import io
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from PIL import Image

from curbside.anonymous.membership.models import Member
from curbside.anonymous.pictures import vault
from curbside.anonymous.pictures.actions import decide, erase_forgotten, erase_pictures, receive_picture
from curbside.anonymous.pictures.models import Picture
from curbside.anonymous.pictures.queries import picture_text
from curbside.anonymous.sealing.cipher import Unreadable
from curbside.anonymous.sealing.models import RingKey
from curbside.deid.pictures.boxes import Box
from curbside.deid.pictures.errors import Broken, SeveralSeries, TooLarge, TooManyFrames, UnknownKind
from curbside.kit.ids import random_id
from tests.anonymous.cases.cast import stranger, words_of
from tests.anonymous.cases.queries import named_queries
from tests.anonymous.pictures.cast import a_dicom, a_png, a_telling_jpeg, as_file, held

pytestmark = pytest.mark.django_db(databases=["default", "ring"])
SEND = "/pictures/"


def _address(picture: Picture, sender: Member, rest: str = "") -> str:
    return f"/pictures/held/{held(picture, sender)}/{rest}"


def _stored(files: Path) -> list[Path]:
    return [path for path in files.rglob("*") if path.is_file()]


def test_a_picture_is_kept_upright_and_without_what_its_file_told(as_author: Client, author: Member, files: Path) -> None:
    words = words_of(as_author.post(SEND, {"files": as_file(a_telling_jpeg(), "Mary Example.jpg")}))
    assert "Being looked at" in words
    assert "Example" not in words
    shown = as_author.get(_address(Picture.objects.get(), author, "full/"))
    assert (shown.headers["Content-Type"], Image.open(io.BytesIO(shown.content)).size) == ("image/jpeg", (40, 60))
    assert not [secret for secret in (b"Mary", b"Nikon", b"Hospital") if secret in shown.content]
    assert not [path for path in _stored(files) if b"\xff\xd8\xff" in path.read_bytes()]


def test_nothing_tells_who_sent_it_nor_when(author: Member, picture: Picture, files: Path) -> None:
    assert str(author.pk) not in str(Picture.objects.values_list().get())
    assert {path.stat().st_mtime for path in files.rglob("*")} == {946_684_800}
    assert {path.stat().st_size for path in _stored(files)} == {vault.LEAST + 28}


def test_pictures_come_with_headers_that_let_them_do_nothing(as_author: Client, author: Member, picture: Picture) -> None:
    response = as_author.get(_address(picture, author, "small/"))
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    assert len(response.content) % 2048 == 0


def test_nobody_but_its_sender_reaches_a_picture(as_author: Client, as_other: Client, author: Member, picture: Picture) -> None:
    for rest in ("", "status/", "full/", "small/"):
        assert as_author.get(_address(picture, author, rest)).status_code == 200
        assert as_other.get(_address(picture, author, rest)).status_code == 404
        assert stranger().get(_address(picture, author, rest)).status_code == 302
    for rest in ("full/", "small/", "frames/1/"):
        assert as_author.get(f"/pictures/{held(picture, author)[:13]}/{rest}").status_code == 404


@pytest.mark.parametrize("size", ["other", "0"])
def test_other_sizes_are_nowhere(as_author: Client, author: Member, picture: Picture, size: str) -> None:
    assert as_author.get(_address(picture, author, f"{size}/")).status_code == 404


@pytest.mark.parametrize(
    ("data", "error"), [(b"<svg xmlns='http://www.w3.org/2000/svg'/>", UnknownKind), (a_png()[:60], Broken), (bytes(9), UnknownKind)]
)
def test_a_file_that_is_no_picture_gets_a_sentence(as_author: Client, data: bytes, error: type[UnknownKind]) -> None:
    response = as_author.post(SEND, {"files": as_file(data)})
    assert response.status_code == 400
    assert error.sentence in words_of(response)
    assert not Picture.objects.exists()


def test_too_large_a_file_is_not_even_held(as_author: Client, settings: LazySettings) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = as_author.post(SEND, {"files": as_file(bytes(2000))})
    assert response.status_code == 400
    assert TooLarge.sentence in words_of(response)


def test_no_file_and_no_right_to_write_get_a_sentence(as_author: Client, as_read_only: Client) -> None:
    assert as_author.post(SEND).status_code == 400
    assert as_read_only.post(SEND, {"files": as_file(a_png())}).status_code == 403
    assert stranger().post(SEND).status_code == 302
    assert as_author.get(SEND).status_code == 405


def test_ticked_boxes_are_overwritten_in_the_stored_copy(as_author: Client, author: Member, picture: Picture) -> None:
    response = as_author.post(_address(picture, author), {"box": ["10 10 20 15"], "own_x": ["60", ""], "own_y": ["40", ""],
                                                          "own_w": ["5", ""], "own_h": ["5", ""]})  # fmt: skip
    assert response.headers["Location"] == _address(picture, author)
    shown = Image.open(io.BytesIO(as_author.get(_address(picture, author, "full/")).content))
    assert [shown.getpixel(at) for at in ((9, 10), (10, 10), (29, 24), (62, 42), (70, 50))] == [(255,) * 3, *[(0,) * 3] * 3, (255,) * 3]
    small = Image.open(io.BytesIO(as_author.get(_address(picture, author, "small/")).content))
    assert small.getpixel((12, 12)) == (0, 0, 0)
    assert "Decided" in words_of(as_author.get(_address(picture, author)))


def test_rejecting_every_box_decides_and_changes_nothing(as_author: Client, author: Member, picture: Picture) -> None:
    before = as_author.get(_address(picture, author, "full/")).content
    as_author.post(_address(picture, author))
    assert as_author.get(_address(picture, author, "full/")).content == before
    assert Picture.objects.get().decided


@pytest.mark.parametrize("box", ["1 2 3", "a b c d", "-1 0 5 5", "900 0 5 5", "0 0 0 5", "0 0 99999999 5", "²" * 3])
def test_a_box_that_is_none_gets_a_sentence(as_author: Client, author: Member, picture: Picture, box: str) -> None:
    response = as_author.post(_address(picture, author), {"box": box})
    assert response.status_code == 422
    assert "field-error" in words_of(response)
    assert not Picture.objects.get().decided


def test_the_version_before_the_blackening_is_gone(picture: Picture, files: Path, django_capture_on_commit_callbacks: object) -> None:
    key, old = picture_text(picture).key, picture.file_id
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator] # pytest-django's own
        decide(picture=picture, boxes=[Box(0, 0, 9, 9, "own", 1)])
    picture.refresh_from_db()
    assert picture.file_id != old
    assert picture_text(picture).key != key
    with pytest.raises(FileNotFoundError):
        vault.read(file_id=old, number=0, key=key)
    assert len(list((files / "pictures").iterdir())) == 1


def test_a_dropped_picture_leaves_no_key_no_row_and_no_file(
    as_author: Client, author: Member, picture: Picture, files: Path, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator] # pytest-django's own
        assert as_author.post(_address(picture, author, "drop/")).status_code == 200
    assert not Picture.objects.exists()
    assert not RingKey.objects.filter(text_id=picture.text_id).exists()
    assert not _stored(files)
    assert as_author.get(_address(picture, author)).status_code == 404


def test_pictures_that_hang_nowhere_go_after_a_day(author: Member, picture: Picture) -> None:
    assert erase_forgotten() == 0
    Picture.objects.update(came_on="2026-01-01")
    receive_picture(sender=author, data=a_png())
    assert erase_forgotten() == 1
    assert Picture.objects.count() == 1


def test_files_without_a_row_go_with_the_second_sweep(picture: Picture, files: Path) -> None:
    vault.write(file_id=random_id(), number=0, data=b"stray", key=vault.fresh_key())
    for left in (2, 1):
        erase_forgotten()
        assert len(list((files / "pictures").iterdir())) == left


def test_a_file_in_anothers_place_does_not_open(picture: Picture) -> None:
    key = picture_text(picture).key
    with pytest.raises(Unreadable):
        vault.read(file_id=picture.file_id, number=0, key=vault.fresh_key())
    assert vault.read(file_id=picture.file_id, number=0, key=key)[1:4] == b"PNG"


def test_a_picture_costs_the_same_queries_whatever_its_size(as_author: Client, author: Member) -> None:
    asked = []
    for side in (40, 900):
        address = _address(receive_picture(sender=author, data=a_png(side, side)), author, "full/")
        with named_queries() as names:
            as_author.get(address)
        asked.append(names)
    assert asked[0] == asked[1] == [
        "select membership_session", "select membership_member", "select pictures_picture", "select sealing_sealedtext",
        "select sealing_ringkey",
    ]  # fmt: skip


def test_frames_of_dicom_follow_the_window_that_is_asked_for(as_author: Client, author: Member) -> None:
    as_author.post(SEND, {"files": as_file(a_dicom(), "scan.dcm")})
    address = _address(Picture.objects.get(), author, "frames/")
    shades = [
        Image.open(io.BytesIO(as_author.get(f"{address}{rest}").content)).getpixel((3, 3))
        for rest in ("1/", "2/?center=500&width=1000", "2/?center=1500&width=1000", "1/?center=x&width=nan")
    ]
    assert shades == [127, 255, 0, 127]
    assert as_author.get(f"{address}3/").status_code == 404
    assert as_author.get(f"{address}0/").status_code == 404


def test_dicom_files_that_come_together_are_one_series_in_its_own_order(as_author: Client, author: Member) -> None:
    as_author.post(SEND, {"files": [as_file(a_dicom(1, value=value, number=number)) for number, value in ((2, 400), (1, 300))]})
    picture = Picture.objects.get()
    shades = [
        Image.open(io.BytesIO(as_author.get(_address(picture, author, f"frames/{number}/?center=350&width=100")).content)).getpixel((3, 3))
        for number in (1, 2)
    ]
    assert shades == [0, 255]


def test_dicom_files_of_two_series_get_a_sentence(as_author: Client) -> None:
    response = as_author.post(SEND, {"files": [as_file(a_dicom(1, series=series)) for series in ("1.2", "1.3")]})
    assert response.status_code == 400
    assert SeveralSeries.sentence in words_of(response)
    assert not Picture.objects.exists()


def test_too_long_a_series_gets_a_sentence(as_author: Client) -> None:
    response = as_author.post(SEND, {"files": [as_file(a_dicom(31, number=number)) for number in (1, 2)]})
    assert TooManyFrames.sentence in words_of(response)


def test_boxes_are_black_in_every_frame(as_author: Client, author: Member) -> None:
    picture = receive_picture(sender=author, data=a_dicom())
    decide(picture=picture, boxes=[Box(0, 0, 4, 4, "own", 1)])
    for number in (1, 2):
        frame = Image.open(io.BytesIO(as_author.get(_address(picture, author, f"frames/{number}/?center=1000&width=1")).content))
        assert (frame.getpixel((1, 1)), frame.getpixel((9, 9))) == (frame.getpixel((2, 2)), 127)


def test_erasing_twice_is_no_error(picture: Picture) -> None:
    for _ in range(2):
        erase_pictures(picture_ids=[picture.pk])
