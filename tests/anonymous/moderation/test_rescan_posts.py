"""What is posted already is searched again, and reported by how many of which kinds."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from curbside.anonymous.cases.documents import CaseText
from curbside.anonymous.cases.models import Case
from curbside.anonymous.membership.models import Member
from curbside.anonymous.moderation import rescanning
from curbside.anonymous.moderation.models import Report
from curbside.anonymous.moderation.rescanning import Place, rescan
from curbside.anonymous.sealing.models import SealedText
from curbside.anonymous.sealing.queries import read_text
from curbside.anonymous.sealing.secrecy import TextId
from curbside.kit.ids import public_id
from tests.anonymous.cases.cast import a_case, a_comment, case_form, page_of, words_of

pytestmark = pytest.mark.django_db(databases=["default", "ring"])
TELLING = CaseText("A fall", "Mrs Okonkwo, NHS number 943 476 5919, fell.", "What now?")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "rescan")


def test_a_post_that_tells_waits_for_a_moderator_without_what_it_tells(author: Member, as_moderator: Client, place: Place) -> None:
    case = a_case(author, text=TELLING)
    assert rescan(place).reported == 1
    report = Report.objects.get()
    assert (report.case_id, report.reporter, report.reason) == (case.pk, None, "patient")
    assert dict(read_text(TextId(report.text_id or 0))) == {"found": {"NAME": 1, "NHS_NUMBER": 1}, "decided": False}
    assert "found by the guard" in words_of(as_moderator.get("/moderation/queue/"))
    page = words_of(as_moderator.get(f"/moderation/cases/{public_id(case.pk)}/judge/"))
    assert "found by the guard: a name (1), an NHS number (1)" in page


def test_clean_posts_are_reported_by_nobody(author: Member, place: Place) -> None:
    a_comment(a_case(author), author)
    count = rescan(place)
    assert (count.looked, count.reported) == (2, 0)
    assert not Report.objects.exists()


def test_a_comment_is_searched_and_says_that_its_author_was_asked(as_other: Client, case: Case, as_moderator: Client, place: Place) -> None:
    body = {"body": "Ring Mrs Okonkwo on 07700 900123.", "guard_kept": "all"}
    as_other.post(f"/threads/{public_id(case.thread_id)}/comments/", body)
    assert rescan(place).kinds == {"NAME": 1, "PHONE": 1}
    report = Report.objects.get()
    page = words_of(as_moderator.get(f"/moderation/comments/{public_id(report.comment_id)}/judge/"))
    assert "Its author was asked when posting" in page


def test_what_waits_or_was_judged_is_not_reported_again_until_it_is_edited(
    author: Member, as_author: Client, as_moderator: Client, place: Place
) -> None:
    case = a_case(author, text=TELLING)
    assert [rescan(place).reported, rescan(place).reported] == [1, 0]
    judge = f"/moderation/cases/{public_id(case.pk)}/judge/"
    as_moderator.post(judge, {"action": "keep", "reason": "patient", "sanction": "", "weeks": "1"})
    assert Report.objects.get().text_id is None
    assert rescan(place).reported == 0
    as_author.post(f"{page_of(case)}edit/", case_form(story=TELLING.story, guard_kept="all"))
    assert rescan(place).reported == 1
    assert Report.objects.get().outcome == Report.Outcome.OPEN


def test_a_stopped_run_goes_on_where_it_was(author: Member, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescanning, "BATCH", 1)
    for _ in range(3):
        a_case(author, text=TELLING)

    class Stopped(Exception):
        pass

    def stop(_looked: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        rescan(place, progress=stop)
    assert Report.objects.count() == 1
    assert rescan(Place.kept_in(place.file)).looked == 2
    assert Report.objects.count() == 3
    assert not place.file.exists()


def test_a_file_that_is_none_of_ours_begins_anew(tmp_path: Path) -> None:
    (tmp_path / "rescan").write_text("[1", encoding="ascii")
    assert Place.kept_in(tmp_path / "rescan").last == 0


def test_a_batch_takes_as_many_queries_as_one_post(author: Member, other: Member, place: Place) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            rescan(place)
        return len(seen)

    a_case(author)
    one = queries()
    for turn in range(19):
        a_case(author if turn % 2 else other)
    assert queries() == one


def test_the_command_says_what_it_did(author: Member, settings: LazySettings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings.DATA_DIR = tmp_path
    a_case(author, text=TELLING)
    call_command("rescan_posts", anew=False)
    assert "1 posts were searched; 1 are newly reported to the moderators: name 1, nhs number 1." in capsys.readouterr().out
    assert SealedText.objects.count() == 2
