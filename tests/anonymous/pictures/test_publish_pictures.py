"""Pictures under a case: decided upon before it is published, with what its author says of each, and gone with it."""

import json
from pathlib import Path

import pytest
from django.test import Client

from curbside.anonymous.cases.actions import erase_cases_of, hide_case, remove_case
from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.queries import case_text
from curbside.anonymous.membership.models import Member
from curbside.anonymous.pictures.actions import decide, receive_picture
from curbside.anonymous.pictures.documents import MOST_PICTURES, PictureNote, Shape
from curbside.anonymous.pictures.models import Picture
from curbside.anonymous.sealing.models import RingKey
from curbside.kit.ids import public_id
from tests.anonymous.cases.cast import TEXT, case_form, page_of, stranger, words_of
from tests.anonymous.cases.queries import named_queries
from tests.anonymous.pictures.cast import a_dicom, a_png, as_file, held, with_pictures
from tests.fresh import show_passkey

pytestmark = pytest.mark.django_db(databases=["default", "ring"])
NEW = "/cases/new/"


@pytest.fixture
def decided(picture: Picture) -> Picture:
    decide(picture=picture, boxes=[])
    return picture


def _posted(client: Client, pictures: list[Picture], author: Member, **changes: object) -> Case:
    response = client.post(NEW, with_pictures(pictures, author, **changes))
    assert response.status_code == 302, words_of(response)
    return Case.objects.get()


def test_a_case_is_published_with_its_picture(as_author: Client, as_other: Client, author: Member, decided: Picture) -> None:
    case = _posted(as_author, [decided], author)
    decided.refresh_from_db()
    assert (decided.thread_id, decided.came_on, case.has_pictures) == (case.thread_id, None, True)
    assert case_text(case).pictures == (PictureNote(decided.pk, "Day three", "", "written", "", Shape(80, 60)),)
    words = words_of(as_other.get(page_of(case)))
    assert all(part in words for part in ("Day three", "Consent is held in writing.", f"/pictures/{public_id(decided.pk)}/small/"))
    assert ">pictures</span>" in words_of(as_other.get("/"))


def test_every_member_and_nobody_else_sees_a_published_picture(
    as_author: Client, as_other: Client, as_read_only: Client, author: Member, decided: Picture
) -> None:
    case = _posted(as_author, [decided], author)
    for address in (f"/pictures/{public_id(decided.pk)}/full/", f"{page_of(case)}pictures/1/"):
        for client in (as_other, as_read_only):
            assert client.get(address).status_code == 200
        assert stranger().get(address).status_code == 302
        assert as_other.post(address).status_code == 405
    hide_case(case=case, reason=None)
    for address in (f"/pictures/{public_id(decided.pk)}/full/", f"{page_of(case)}pictures/1/"):
        assert as_other.get(address).status_code == 404


def test_a_published_picture_costs_four_queries_beside_the_reader(
    as_author: Client, as_other: Client, author: Member, decided: Picture
) -> None:
    _posted(as_author, [decided], author)
    with named_queries() as names:
        as_other.get(f"/pictures/{public_id(decided.pk)}/full/")
    assert names == [
        "select membership_session", "select membership_member", "select pictures_picture", "select cases_case",
        "select sealing_sealedtext", "select sealing_ringkey",
    ]  # fmt: skip


def test_a_case_costs_the_same_queries_with_one_and_with_ten_pictures(as_author: Client, as_other: Client, author: Member) -> None:
    asked = []
    for number in (1, MOST_PICTURES):
        pictures = [receive_picture(sender=author, data=a_png()) for _ in range(number)]
        as_author.post(NEW, with_pictures(pictures, author, undecided="1"))
        case = Case.objects.order_by("-has_pictures").exclude(thread__pictures=None).filter(thread__pictures=pictures[0]).get()
        with named_queries() as names:
            assert words_of(as_other.get(page_of(case))).count("<figure") == number
        asked.append(names)
    assert asked[0] == asked[1]


def test_an_undecided_picture_is_not_published_unless_the_author_says_so(as_author: Client, author: Member, picture: Picture) -> None:
    response = as_author.post(NEW, with_pictures([picture], author))
    assert response.status_code == 422
    assert "A picture was not decided upon." in words_of(response)
    assert "Day three" in words_of(response)
    assert not Case.objects.exists()
    _posted(as_author, [picture], author, undecided="1")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"consent": ""}, "Say whether consent is held, or why it is not needed."),
        ({"consent": "none"}, "Say why: readers see it."),
        ({"caption": "x" * 301}, "This is 301 characters long"),
    ],
)
def test_consent_must_be_stated_for_each_picture(
    as_author: Client, author: Member, decided: Picture, changes: dict[str, str], sentence: str
) -> None:
    response = as_author.post(NEW, with_pictures([decided], author, **changes))
    assert response.status_code == 422
    assert sentence in words_of(response)
    assert TEXT.title in words_of(response)
    assert not Case.objects.exists()


def test_readers_see_why_no_consent_is_needed(as_author: Client, author: Member, decided: Picture) -> None:
    case = _posted(as_author, [decided], author, consent="none", reason="A stain without a patient")
    assert "No consent needed: A stain without a patient" in words_of(as_author.get(page_of(case)))


def test_a_picture_left_out_is_not_published(as_author: Client, author: Member, decided: Picture) -> None:
    case = _posted(as_author, [decided], author, out="on", consent="")
    assert not case.has_pictures
    assert not case_text(case).pictures


def test_pictures_can_be_added_without_a_script_and_words_stay(as_author: Client, author: Member) -> None:
    form = case_form(question="") | {"add": "1", "files": [as_file(a_png()), as_file(b"no picture")]}
    response = as_author.post(NEW, form)
    words = words_of(response)
    assert "no twitch after 45 minutes" in words
    assert "This field is required" not in words
    assert "This is no picture that can be read here." in words
    assert held(Picture.objects.get(), author) in words
    assert not Case.objects.exists()


def test_files_sent_along_with_the_post_are_shown_before_it_is_published(as_author: Client) -> None:
    response = as_author.post(NEW, case_form() | {"files": as_file(a_png())})
    assert "Look and decide" in words_of(response)
    assert not Case.objects.exists()


def test_an_eleventh_picture_is_refused(as_author: Client, author: Member, decided: Picture) -> None:
    more = [receive_picture(sender=author, data=a_png()) for _ in range(MOST_PICTURES)]
    response = as_author.post(NEW, with_pictures([decided, *more], author, undecided="1"))
    assert response.status_code == 422
    assert "At most 10 pictures fit." in words_of(response)


def test_anothers_picture_cannot_be_published(as_other: Client, author: Member, other: Member, decided: Picture) -> None:
    as_other.post(NEW, with_pictures([decided], author))
    case = Case.objects.get()
    assert not case.has_pictures
    decided.refresh_from_db()
    assert decided.thread_id is None


def test_a_published_picture_cannot_be_taken_to_another_case(as_author: Client, author: Member, decided: Picture) -> None:
    _posted(as_author, [decided], author)
    assert as_author.post(NEW, with_pictures([decided], author)).status_code == 409
    assert as_author.post(f"/pictures/held/{held(decided, author)}/drop/").status_code == 409
    assert Case.objects.count() == 1


def test_editing_keeps_changes_and_takes_out_pictures(as_author: Client, author: Member, decided: Picture) -> None:
    case = _posted(as_author, [decided], author)
    edit = f"{page_of(case)}edit/"
    assert "Day three" in words_of(as_author.get(edit))
    as_author.post(edit, with_pictures([decided], author, caption="Day four"))
    case.refresh_from_db()
    assert [note.caption for note in case_text(case).pictures] == ["Day four"]
    as_author.post(edit, with_pictures([decided], author, out="on"))
    case.refresh_from_db()
    assert (case.has_pictures, Picture.objects.exists()) == (False, False)


def test_what_happened_leaves_the_pictures(as_author: Client, author: Member, decided: Picture) -> None:
    case = _posted(as_author, [decided], author)
    as_author.post(f"{page_of(case)}close/", {"diagnosis": "", "words": "Well."})
    case.refresh_from_db()
    assert len(case_text(case).pictures) == 1
    assert Picture.objects.exists()


@pytest.mark.parametrize("leaves", [True, False])
def test_pictures_go_with_their_case(
    as_author: Client, author: Member, picture: Picture, files: Path, django_capture_on_commit_callbacks: object, leaves: bool
) -> None:
    case = _posted(as_author, [picture], author, undecided="1")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator] # pytest-django's own
        erase_cases_of(member=author) if leaves else remove_case(case=case)
    assert not Picture.objects.exists()
    assert not RingKey.objects.filter(text_id=picture.text_id).exists()
    assert not [path for path in files.rglob("*") if path.is_file()]
    assert not Case.objects.get().has_pictures


def test_ones_export_says_which_pictures_and_where(as_author: Client, author: Member, decided: Picture) -> None:
    _posted(as_author, [decided], author)
    exported = json.loads(show_passkey(as_author).post("/membership/export/").content)
    assert "Day three" in json.dumps(exported)
    assert f"/pictures/{public_id(decided.pk)}/full/" in json.dumps(exported)


@pytest.mark.parametrize("zoom", ["", "?zoom=1", "?zoom=4", "?zoom=<script>", "?frame=99999&center=x&width=0"])
def test_the_large_view_works_without_a_script(as_author: Client, author: Member, decided: Picture, zoom: str) -> None:
    case = _posted(as_author, [decided], author)
    words = words_of(as_author.get(f"{page_of(case)}pictures/1/{zoom}"))
    assert f"/pictures/{public_id(decided.pk)}/full/" in words
    assert 'alt="Day three"' in words
    for number in (0, 2, 99):
        assert as_author.get(f"{page_of(case)}pictures/{number}/").status_code == 404


def test_a_series_is_shown_by_frame_level_and_window(as_author: Client, author: Member) -> None:
    series = receive_picture(sender=author, data=a_dicom())
    decide(picture=series, boxes=[])
    case = _posted(as_author, [series], author)
    words = words_of(as_author.get(f"{page_of(case)}pictures/1/?frame=2&center=40&width=400"))
    assert f"/pictures/{public_id(series.pk)}/frames/2/?center=40&amp;width=400" in words
    assert as_author.get(f"/pictures/{public_id(series.pk)}/frames/2/?center=40&width=400").status_code == 200


def test_pictures_of_an_alias_lead_to_nobody_and_go_with_who_left(as_author: Client, author: Member, decided: Picture) -> None:
    case = _posted(as_author, [decided], author, under="alias")
    decided.refresh_from_db()
    assert (case.author_id, decided.thread_id) == (None, case.thread_id)
    assert str(author.pk) not in str(Picture.objects.values_list().get())
    assert "Day three" in words_of(as_author.get(f"{page_of(case)}edit/"))
    erase_cases_of(member=author)
    assert not Picture.objects.exists()
