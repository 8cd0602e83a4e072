"""A finished case study: told with its outcome from the start, which a reader is shown once they gave a list or turned the page."""

import pytest
from django.test import Client

from curbside.anonymous.cases.actions import remind_authors
from curbside.anonymous.cases.models import Case
from curbside.anonymous.membership.models import Member
from curbside.anonymous.search.sources import all_texts
from tests.anonymous.cases.cast import a_comment, case_form, page_of, words_of

pytestmark = pytest.mark.django_db(databases=["default", "ring"])
STUDY = case_form(outcome_diagnosis="Cholinesterase deficiency", outcome_words="Slept it off on the **ventilator**.")


@pytest.fixture
def study(as_author: Client) -> Case:
    assert as_author.post("/cases/new/", STUDY).status_code == 302
    return Case.objects.get()


def test_it_is_shown_as_such_and_its_outcome_after_a_list(study: Case, as_other: Client, author: Member) -> None:
    a_comment(study, author, "It runs in families.")
    words = words_of(as_other.get(page_of(study)))
    assert "finished case study" in words
    for part in ("ventilator", "Cholinesterase", "It runs in families"):
        assert part not in words
    as_other.post(f"{page_of(study)}list/", {"diagnoses": "Myasthenia gravis"})
    words = words_of(as_other.get(page_of(study)))
    for part in ("<strong>ventilator</strong>", "Cholinesterase deficiency", "It runs in families", "1 list, given blind"):
        assert part in words
    assert "finished case study" in words_of(as_other.get("/?stage=told"))


def test_the_page_can_be_turned_without_a_list(study: Case, as_other: Client) -> None:
    assert "Turn the page without a list" in words_of(as_other.get(page_of(study)))
    as_other.post(f"{page_of(study)}look/")
    assert "ventilator" in words_of(as_other.get(page_of(study)))


def test_its_author_sees_all_changes_the_outcome_and_asks_nothing(
    study: Case, as_author: Client, as_other: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "ventilator" in words_of(as_author.get(page_of(study)))
    assert "My question is answered" not in words_of(as_author.get(page_of(study)))
    as_author.post(f"{page_of(study)}answered/")
    as_author.post(f"{page_of(study)}close/", {"diagnosis": "", "words": "Woke at noon."})
    as_author.post(f"{page_of(study)}edit/", case_form(title="Another title"))
    study.refresh_from_db()
    assert (study.stage, study.blind) == (Case.Stage.TOLD, True)
    assert "Woke at noon." not in words_of(as_other.get(page_of(study)))
    assert "Woke at noon." in words_of(as_author.get(page_of(study)))
    monkeypatch.setattr("curbside.anonymous.cases.actions.REMIND_AFTER", -1)
    assert remind_authors() == 0


def test_a_diagnosis_alone_is_asked_for_its_story_with_what_was_typed(as_author: Client) -> None:
    response = as_author.post("/cases/new/", STUDY | {"outcome_words": ""})
    assert response.status_code == 422
    assert "Cholinesterase deficiency" in words_of(response)
    assert "Say what happened as well" in words_of(response)
    assert not Case.objects.exists()


def test_search_shows_neither_the_outcome_nor_the_comments(study: Case, author: Member) -> None:
    a_comment(study, author, "It runs in families.")
    found = " ".join(f"{text.head} {text.body}" for texts in all_texts() for text in texts)
    assert "twitch" in found
    assert "ventilator" not in found
    assert "families" not in found


def test_a_lesson_takes_no_outcome(as_author: Client) -> None:
    as_author.post("/lessons/new/", STUDY)
    assert Case.objects.get().stage == Case.Stage.ASKED
