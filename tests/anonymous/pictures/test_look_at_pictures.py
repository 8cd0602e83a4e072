"""Pictures that wait are looked at in the background; what was seen is proposed, and a restart loses nothing."""

import pytest
from django.core.management import call_command
from django.test import Client

from curbside.anonymous.membership.models import Member
from curbside.anonymous.pictures.actions import begin_look, decide, end_look, receive_picture
from curbside.anonymous.pictures.looking import look_at_next
from curbside.anonymous.pictures.models import MOST_TRIES, Picture
from curbside.anonymous.pictures.queries import picture_text
from curbside.deid.pictures import finding
from curbside.deid.pictures.boxes import Box
from tests.anonymous.cases.cast import words_of
from tests.anonymous.pictures.cast import a_dicom, held

pytestmark = pytest.mark.django_db(databases=["default", "ring"])
NAME = Box(5, 6, 20, 8, "text", 0.9)


@pytest.fixture
def sees(monkeypatch: pytest.MonkeyPatch) -> list[Box]:
    """What the finder finds; the finder itself has tests of its own."""
    seen = [NAME]
    monkeypatch.setattr(finding, "propose_boxes", lambda _picture: list(seen))
    return seen


def test_what_was_seen_is_proposed_and_ticked(as_author: Client, author: Member, picture: Picture, sees: list[Box]) -> None:
    call_command("look_at_pictures", "--once")
    assert "1 place looks like text or a face." in words_of(as_author.get(f"/pictures/held/{held(picture, author)}/status/"))
    words = words_of(as_author.get(f"/pictures/held/{held(picture, author)}/"))
    assert 'value="5 6 20 8"' in words
    assert "checked" in words


def test_nothing_found_is_said_as_no_guarantee(as_author: Client, author: Member, picture: Picture, sees: list[Box]) -> None:
    sees.clear()
    assert look_at_next()
    assert not look_at_next()
    assert "not a guarantee" in words_of(as_author.get(f"/pictures/held/{held(picture, author)}/"))


def test_the_same_place_in_every_frame_is_proposed_once(author: Member, sees: list[Box]) -> None:
    series = receive_picture(sender=author, data=a_dicom(frames=3))
    assert look_at_next()
    assert picture_text(series).boxes == (NAME,)


def test_a_picture_that_the_finder_fails_on_is_left_to_the_doctor(
    as_author: Client, author: Member, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_picture: object) -> list[Box]:
        raise RuntimeError

    monkeypatch.setattr(finding, "propose_boxes", fail)
    for _ in range(MOST_TRIES + 1):
        assert look_at_next()
    assert not look_at_next()
    assert "It could not be looked at." in words_of(as_author.get(f"/pictures/held/{held(picture, author)}/status/"))


def test_a_look_that_was_broken_off_is_begun_again(picture: Picture, sees: list[Box]) -> None:
    assert begin_look(picture_id=picture.pk)
    assert look_at_next()
    picture.refresh_from_db()
    assert (picture.state, picture.percent) == (Picture.State.LOOKED, 100)


def test_what_is_seen_too_late_changes_nothing(picture: Picture) -> None:
    looking = begin_look(picture_id=picture.pk)
    assert looking
    decide(picture=picture, boxes=[NAME])
    end_look(picture=looking, boxes=[NAME])
    picture.refresh_from_db()
    assert picture.decided
    assert picture_text(picture).boxes == ()


def test_how_far_it_is_can_be_read_without_a_script(as_author: Client, author: Member, picture: Picture) -> None:
    Picture.objects.update(percent=40)
    assert "40 %" in words_of(as_author.get(f"/pictures/held/{held(picture, author)}/"))
