"""What is told of a case beside its story: sealed with it, shown, kept by an edit, and asked for where it is missing."""

import pytest
from django.test import Client

from curbside.anonymous.cases.documents import CaseText, Facts, Named
from curbside.anonymous.cases.fields import read_conditions
from curbside.anonymous.cases.hints import missing_in
from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.queries import case_text
from curbside.anonymous.conditions.actions import load_conditions
from curbside.anonymous.conditions.sources import SourceCondition, SourceTerm
from curbside.anonymous.sealing.secrecy import Document
from tests.anonymous.cases.cast import TEXT, case_form, page_of, words_of

pytestmark = pytest.mark.django_db(databases=["default", "ring"])
NEW = "/cases/new/"
TOLD = {
    "asks": "diagnosis",
    "urgency": "today",
    "age": "30-39",
    "sex": "female",
    "conditions": "infarto de miocardio\nE78.5\na rare thing",
    "medicines": "Suxamethonium 100 mg\nPropofol",
    "tests": "Dibucaine number 20",
    "interests": "Talks paid by a maker of sugammadex",
}


@pytest.fixture(autouse=True)
def conditions(db: None) -> None:
    infarct = SourceCondition("I21.9", "Acute myocardial infarction, unspecified", (SourceTerm("es", "Infarto de miocardio", same=True),))
    load_conditions(conditions=[infarct, SourceCondition("E78.5", "Hyperlipidemia, unspecified", ())])


def test_what_is_told_beside_the_story_stands_on_the_page_and_in_the_sealed_document(as_author: Client, as_other: Client) -> None:
    as_author.post(NEW, case_form(**TOLD))
    case = Case.objects.get()
    facts = case_text(case).facts
    assert facts.conditions == (
        Named("Acute myocardial infarction, unspecified", "I21.9"),
        Named("Hyperlipidemia, unspecified", "E78.5"),
        Named("a rare thing"),
    )
    words = words_of(as_other.get(page_of(case)))
    for part in (
        "female, 30 to 39 years",
        "I21.9",
        "a rare thing",
        "Propofol",
        "Dibucaine number 20",
        "paid by a maker",
        "What is it?",
        "Today",
    ):
        assert part in words


def test_a_list_tells_what_a_case_asks_and_how_soon_an_answer_helps(as_author: Client) -> None:
    as_author.post(NEW, case_form(**TOLD))
    words = words_of(as_author.get("/"))
    assert "What is it?" in words
    assert "Today" in words


def test_an_edit_shows_all_that_was_told_and_keeps_it(as_author: Client) -> None:
    as_author.post(NEW, case_form(**TOLD))
    case = Case.objects.get()
    before = case_text(case)
    words = words_of(as_author.get(f"{page_of(case)}edit/"))
    assert "I21.9 Acute myocardial infarction, unspecified" in words
    changed = TOLD | {"conditions": "\n".join(map(str, before.facts.conditions))}
    as_author.post(f"{page_of(case)}edit/", case_form(**changed, title="Another title"))
    assert case_text(case).facts == before.facts


def test_who_declares_nothing_is_shown_to_have_said_none(as_author: Client) -> None:
    as_author.post(NEW, case_form())
    assert "none, says the author" in words_of(as_author.get(page_of(Case.objects.get())))


def test_an_older_document_opens_without_what_came_later() -> None:
    text = CaseText.opened(Document({"title": "a", "story": "b", "question": "c"}))
    assert text == CaseText("a", "b", "c", facts=Facts(interests=None))


def test_a_document_comes_back_as_it_was_sealed() -> None:
    facts = Facts("30-39", "female", (Named("x", "A00"), Named("y")), ("m",), ("t",), "days", "action", "")
    text = CaseText("a", "b", "c", "d", facts=facts)
    assert CaseText.opened(text.to_seal()) == text


def test_a_value_of_ones_own_making_is_refused(as_author: Client) -> None:
    assert as_author.post(NEW, case_form(age="31")).status_code == 422
    assert as_author.post(NEW, case_form(medicines="x\n" * 2 + "\n".join(map(str, range(31))))).status_code == 422
    assert not Case.objects.exists()


def test_markup_in_a_line_is_shown_as_it_was_typed(as_author: Client) -> None:
    as_author.post(NEW, case_form(medicines="<script>alert(1)</script>", conditions="<img src=x>", interests="<b>me</b>"))
    words = words_of(as_author.get(page_of(Case.objects.get())))
    for part in ("<script>alert", "<img src=x>", "<b>me</b>"):
        assert part not in words


def test_a_condition_named_twice_stands_once() -> None:
    assert read_conditions(["I21.9", "infarto de miocardio"]) == (Named("Acute myocardial infarction, unspecified", "I21.9"),)


def test_a_preview_asks_for_what_readers_of_the_specialty_will_miss(as_author: Client) -> None:
    words = words_of(as_author.post("/cases/preview/", case_form(specialty="ophthalmology")))
    assert "allergies, or that none are known" in words
    assert "sight of each eye" in words
    assert "the course" in words
    assert as_author.post(NEW, case_form(specialty="ophthalmology")).status_code == 302


def test_what_is_told_is_not_asked_for() -> None:
    text = CaseText("t", "For two weeks; no known allergies; exam normal; paracetamol was tried.", "q", facts=Facts(medicines=("m",)))
    assert missing_in(text, specialty="") == []


def test_a_case_without_any_of_it_costs_no_look_at_the_conditions(as_author: Client) -> None:
    as_author.post(NEW, case_form())
    assert case_text(Case.objects.get()).facts == Facts(interests="")
    assert case_text(Case.objects.get()).title == TEXT.title
