import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.conf import settings as site
from django.core.management import CommandError, call_command

from curbside.anonymous.cases.demo import read_cases
from curbside.anonymous.cases.documents import LONGEST_QUESTION, LONGEST_STORY, LONGEST_TITLE
from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.queries import case_text
from curbside.anonymous.discussion.documents import LONGEST_COMMENT
from curbside.anonymous.discussion.models import Comment, Thread
from curbside.anonymous.membership.models import Member, Passkey
from curbside.credential.field import SCALAR_ORDER
from curbside.kit.clock import this_minute
from curbside.kit.specialties import SPECIALTIES

pytestmark = pytest.mark.django_db(databases=["default", "ring"])
FOLDER = Path(site.BASE_DIR).parents[2] / "demo" / "cases"


@pytest.fixture
def few(tmp_path: Path) -> Path:
    lines = (FOLDER / "casimedicos_es.jsonl").read_text(encoding="utf-8").splitlines()[:5]
    (tmp_path / "few.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def seed(folder: Path) -> str:
    said = StringIO()
    call_command("seed_demo", "--from", str(folder), stdout=said)
    return said.getvalue()


def test_the_shipped_files_hold_at_least_300_cases_in_three_languages_each_with_its_attribution() -> None:
    cases = read_cases(FOLDER)
    by_language = {code: sum(case.language == code for case in cases) for code in ("en", "es", "fr")}
    assert by_language["en"] >= 120
    assert by_language["es"] >= 100
    assert by_language["fr"] >= 100
    assert len({case.text.story for case in cases}) == len(cases)
    for case in cases:
        assert case.specialty in SPECIALTIES
        assert "CC BY 4.0" in case.text.attribution
        assert 0 < len(case.text.title) <= LONGEST_TITLE
        assert 0 < len(case.text.story) <= LONGEST_STORY
        assert 0 < len(case.text.question) <= LONGEST_QUESTION
        assert all(0 < len(comment.text.body) <= LONGEST_COMMENT for comment in case.comments)


def test_no_case_stands_in_two_languages() -> None:
    numbers = [
        json.loads(line)["attribution"]
        for file in FOLDER.glob("casimedicos_*.jsonl")
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    assert len(set(numbers)) == len(numbers)


def test_it_posts_every_case_by_members_marked_as_demo_who_cannot_sign_in(few: Path) -> None:
    assert "Posted 5 cases." in seed(few)
    assert Case.objects.count() == 5
    assert Member.objects.filter(is_demo=True).count() == Member.objects.count() == 40
    assert not Passkey.objects.exists()
    assert all(int.from_bytes(bytes(member.nullifier)) > SCALAR_ORDER for member in Member.objects.all())


def test_posts_lie_within_the_last_sixty_days_and_comments_after_their_case(few: Path) -> None:
    seed(few)
    oldest = this_minute() - timedelta(days=60)
    for comment in Comment.objects.select_related("thread__case"):
        assert oldest <= comment.thread.case.posted_at <= comment.posted_at <= this_minute()
        assert comment.posted_at.second == 0


def test_counts_and_authors_are_true(few: Path) -> None:
    seed(few)
    for thread in Thread.objects.all():
        assert thread.comment_count == thread.comments.count()
        assert all(comment.author_id != thread.case.author_id for comment in thread.comments.filter(parent=None))
        assert all(reply.author_id == thread.case.author_id for reply in thread.comments.exclude(parent=None))
    assert {case_text(case) for case in Case.objects.all()} == {case.text for case in read_cases(few)}


def test_a_second_run_changes_nothing(few: Path) -> None:
    seed(few)
    assert "already there" in seed(few)
    assert (Case.objects.count(), Member.objects.count()) == (5, 40)


def test_it_refuses_in_production(few: Path, settings: LazySettings) -> None:
    settings.MODE = "production"
    with pytest.raises(CommandError, match="demos only"):
        seed(few)


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"no \*\.jsonl files"):
        seed(tmp_path)
