from pathlib import Path

import pytest
from django.test import Client

from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.moderation.models import Report
from curbside.anonymous.moderation.words import holds_harsh_words, prune
from curbside.kit.ids import public_id
from tests.anonymous.cases.cast import case_form, page_of, words_of

CLINICAL = (Path(__file__).parent / "clinical_sample.csv").read_text("utf-8").splitlines()


@pytest.mark.parametrize("text", [*CLINICAL, "urine", "HIV", "anal fissure", "VIH, orina", "Scunthorpe", ""])
def test_clinical_words_are_none_of_the_list(text: str) -> None:
    assert not holds_harsh_words(text)


@pytest.mark.parametrize("text", ["You ASSHOLE.", "eres un gilipollas", "Quel enfoiré !", "stronzo", "piece\nof *shit*"])
def test_harsh_words_are_found_whatever_their_letters_and_signs(text: str) -> None:
    assert holds_harsh_words(text)


def test_pruning_drops_what_clinical_texts_hold_in_any_language_and_what_is_spared() -> None:
    entries = ["anal", "Pezón", "asshole", "urine", "orgasm", "  "]
    assert prune(entries, clinical=CLINICAL, spared=["Orgasm"]) == ["asshole"]


def test_pruning_looks_at_whole_words() -> None:
    assert prune(["rect", "rectum"], clinical=CLINICAL) == ["rect"]


@pytest.mark.django_db(databases=["default", "ring"])
class TestNote:
    def test_a_harsh_case_is_posted_and_waits_for_a_moderator(self, as_other: Client, as_moderator: Client) -> None:
        as_other.post("/cases/new/", case_form(story="That asshole of a ventilator."))
        case = Case.objects.open().get()
        assert public_id(case.pk) in words_of(as_moderator.get("/moderation/queue/"))
        judge = f"/moderation/cases/{public_id(case.pk)}/judge/"
        assert "noted by a word list" in words_of(as_moderator.get(judge))
        as_moderator.post(judge, {"action": "keep", "reason": "abuse", "sanction": "", "weeks": "1"})
        assert Report.objects.get().outcome == Report.Outcome.KEPT

    def test_a_plain_case_waits_for_nobody(self, as_other: Client) -> None:
        as_other.post("/cases/new/", case_form(story=CLINICAL[0]))
        assert Case.objects.open().exists()
        assert not Report.objects.exists()

    def test_a_harsh_comment_is_shown_and_noted_once_however_often_it_is_edited(self, as_other: Client, case: Case) -> None:
        as_other.post(f"/threads/{public_id(case.thread_id)}/comments/", {"body": "Asshole."})
        comment = Comment.objects.get()
        for words in ("Asshole!", "Asshole!!"):
            as_other.post(f"/comments/{public_id(comment.pk)}/edit/", {"body": words})
        assert "Asshole!!" in words_of(as_other.get(page_of(case)))
        assert [(report.comment_id, report.reporter) for report in Report.objects.all()] == [(comment.pk, None)]
