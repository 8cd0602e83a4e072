"""The guard's address finds places in a draft, and neither keeps it nor learns whose it is."""

import io
import logging

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client

from curbside.anonymous.guard.finding import findings_in, units_of
from curbside.anonymous.guard.passes import pass_of
from curbside.anonymous.guard.views import LONGEST, MARK_LIMIT
from curbside.kit.clock import today

STORY = "Mrs Okonkwo, NHS number 943 476 5919, fell."


def ask(client: Client, texts: object, **more: object) -> HttpResponse:
    body = {"texts": texts, "language": "en", "pass": pass_of(today()), **more}
    response: HttpResponse = client.post("/guard/", body, content_type="application/json")  # type: ignore[assignment] # the test client's own type
    return response


def quotes(response: HttpResponse, texts: dict[str, str]) -> set[tuple[str, str, str]]:
    found = response.json()["findings"]  # type: ignore[attr-defined] # the test client's own
    return {(each["field"], texts[each["field"]][each["start"] : each["end"]], each["kind"]) for each in found}


def test_a_draft_comes_back_as_places(nobody: Client) -> None:
    texts = {"title": "A fall", "story": STORY, "question": "What would you tell Okonkwo?"}
    response = ask(nobody, texts)
    assert quotes(response, texts) == {
        ("story", "Okonkwo", "NAME"),
        ("story", "943 476 5919", "NHS_NUMBER"),
        ("question", "Okonkwo", "NAME"),
    }
    [story, question] = [each for each in response.json()["findings"] if each["kind"] == "NAME"]  # type: ignore[attr-defined]
    assert (story["group"], story["replacement"]) == (question["group"], "the patient")
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


def test_places_are_counted_as_scripts_count(nobody: Client) -> None:
    [found] = ask(nobody, {"story": "😀😀 Write to ana@example.org."}).json()["findings"]  # type: ignore[attr-defined]
    assert (found["start"], found["end"]) == (14, 29)
    assert units_of("a😀b", (0, 1, 2, 3)) == {0: 0, 1: 1, 2: 3, 3: 4}


def test_nothing_is_asked_of_the_database(nobody: Client, settings: LazySettings) -> None:
    """pytest-django refuses any query here, as the test has no mark."""
    assert ask(nobody, {"story": STORY}).status_code == 200


def test_no_word_reaches_a_log(nobody: Client) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logging.getLogger().addHandler(handler)
    try:
        ask(nobody, {"story": STORY})
        ask(nobody, {"story": 7})
    finally:
        logging.getLogger().removeHandler(handler)
    assert "Okonkwo" not in stream.getvalue()


def test_a_request_that_tells_who_asks_is_refused(nobody: Client) -> None:
    nobody.cookies["community"] = "x"
    assert ask(nobody, {"story": STORY}).status_code == 403


def test_a_page_of_another_origin_is_refused(nobody: Client) -> None:
    body = {"texts": {"story": STORY}, "pass": pass_of(today())}
    response = nobody.post("/guard/", body, content_type="application/json", headers={"origin": "https://elsewhere.example"})
    assert response.status_code == 403


def test_without_the_pass_of_a_page_nothing_is_searched(nobody: Client) -> None:
    assert ask(nobody, {"story": STORY}, **{"pass": "0" * 32}).status_code == 403


@pytest.mark.parametrize("texts", ["words", ["words"], {"story": 7}, {"story": "x" * (LONGEST + 1)}, {str(at): "" for at in range(41)}])
def test_what_is_no_draft_is_refused(nobody: Client, texts: object) -> None:
    assert ask(nobody, texts).status_code == 400


def test_too_many_from_one_address_wait(nobody: Client) -> None:
    for _ in range(MARK_LIMIT.times):
        MARK_LIMIT.count("127.0.0.1")
    assert ask(nobody, {"story": STORY}).status_code == 429


def test_it_answers_to_post_alone(nobody: Client) -> None:
    assert nobody.get("/guard/").status_code == 405


def test_a_token_tells_nothing_and_stays_the_same_for_one_value() -> None:
    one, two = (findings_in({"story": text}) for text in ("Call 07700 900123.", "He gave 07700  900123 again."))
    assert one[0].token == two[0].token
    assert "900123" not in one[0].token
