"""The guard finds identifiers and leaves the words of medicine alone."""

import io
import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curbside.deid import checks, find
from curbside.deid.command import write_spans


def found_in(text: str) -> set[str]:
    return {text[span.start : span.end] for span in find(text)}


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_it_and_every_span_is_inside(text: str) -> None:
    end = 0
    for span in find(text):
        assert end <= span.start < span.end <= len(text)
        end = span.end


@pytest.mark.parametrize(
    "text", ["NHS 943 476 5919", "NHS ９４３ ４７６ ５９１９", "NHS 943\u200b4765919", "NHS 943\u00a0476\u20115919", "NHS 943 476\n5919"]
)
def test_number_is_found_however_it_is_written(text: str) -> None:
    [span] = [span for span in find(text) if span.type == "NHS_NUMBER"]
    assert text[span.start : span.end].endswith(text[-1])
    assert span.validated
    assert span.action == "block"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Mr Parkinson was seen on the ward.", "Parkinson"),
        ("Lives at SW1A 1AA with family.", "SW1A 1AA"),
        ("Write to john dot smith at example dot com please", "john dot smith at example dot com"),
        ("Call me on 07700 900123 today", "07700 900123"),
        ("Seen 12/03/2019 in clinic", "12/03/2019"),
        ("Né le 12 mars 1950 à Lyon", "12 mars 1950"),
        ("Nacido el 3 de mayo de 1961", "3 de mayo de 1961"),
        ("geb. am 4. Juli 1950", "4. Juli 1950"),
        ("She is a 94-year-old woman", "94"),
        ("He is ninety-four years old", "ninety-four"),
        ("DNI 12345678Z", "12345678Z"),
        ("NINO QQ 12 34 56 C".replace("QQ", "AB"), "AB 12 34 56 C"),
        ("IBAN GB82 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 32"),
        ("MRN: 4478213", "4478213"),
    ],
)
def test_identifier_is_found_whole(text: str, value: str) -> None:
    assert any(value in each for each in found_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "Parkinson disease with a positive Babinski sign; Wells score 3.",
        "Murphy's sign negative. Baker's cyst. Crohn disease in remission.",
        "BP 120/80, HbA1c 53, sats 98% on room air, Apgar 9.",
        "Closed with 2-0 vicryl; see NICE NG28 and Smith et al., 2019; 380:1-10.",
        "A 62-year-old woman takes St. John's wort and metformin 500 mg.",
        "Vitamin B12 320 pg/mL, platelets 250000 per microlitre, PMID 25348027.",
    ],
)
def test_words_of_medicine_pass(text: str) -> None:
    assert found_in(text) == set()


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (checks.nhs_number, "943 476 5919", "943 476 5918"),
        (checks.luhn, "4111 1111 1111 1111", "4111 1111 1111 1112"),
        (checks.npi, "1234567893", "1234567890"),
        (checks.iban, "GB82 WEST 1234 5698 7654 32", "GB83 WEST 1234 5698 7654 32"),
        (checks.dni, "12345678Z", "12345678A"),
        (checks.dni, "X1234567L", "X1234567T"),
        (checks.nir, "1 84 12 76 451 089 46", "1 84 12 76 451 089 47"),
        (checks.vin, "1M8GDM9AXKP042788", "1M8GDM9A1KP042788"),
        (checks.ssn, "123-45-6789", "000-45-6789"),
    ],
)
def test_check_digit_tells_a_real_number(check: Callable[[str], bool], good: str, bad: str) -> None:
    assert check(good)
    assert not check(bad)


def test_one_person_has_one_group_and_one_replacement() -> None:
    spans = [span for span in find("Mrs Okonkwo was seen today. Later Mrs Okonkwo went home; Okonkwo is well.") if span.type == "NAME"]
    assert len(spans) == 3
    assert len({(span.group, span.replacement) for span in spans}) == 1


def test_later_date_becomes_an_interval() -> None:
    dates = [span for span in find("Admitted 01/03/2019, discharged 08/03/2019.") if span.type == "DATE"]
    assert [span.replacement for span in dates] == ["on day 0", "7 days later"]


def test_age_over_89_is_replaced_by_its_limit() -> None:
    [span] = find("A 94-year-old man with a cough.")
    assert (span.type, span.replacement) == ("AGE", "over 89")


def test_command_names_a_bad_line_and_keeps_the_rest_in_order() -> None:
    lines = [b'{"id": "a", "text": "MRN: 4478213"}\n', b"{broken\n", b'{"id": "c", "text": ""}\n']
    out, errors = io.StringIO(), io.StringIO()
    assert write_spans(lines, out, errors) == 1
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [row["id"] for row in rows] == ["a", "c"]
    assert set(rows[0]["spans"][0]) == {
        "start",
        "end",
        "type",
        "score",
        "sources",
        "validated",
        "action",
        "replacement",
        "alternatives",
        "group",
    }
    assert errors.getvalue().startswith("line 2: ")
    assert "broken" not in errors.getvalue()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("She was seen at King's College Hospital.", "King's College Hospital"),
        ("many thanks for seeing Mr Rhodri ap Llewellyn", "Rhodri ap Llewellyn"),
        ("Daughter Sheila is with him", "Sheila"),
        ("patient lives at flat 2, 45 high street, reading", "flat 2, 45 high street, reading"),
    ],
)
def test_name_or_place_is_found_whole(text: str, value: str) -> None:
    assert value in found_in(text)


def test_number_and_address_beside_each_other_are_found_apart() -> None:
    text = "NHS number 943 476 5919, 12 Laburnum Grove, Leeds LS6 2AB."
    found = [(span.type, text[span.start : span.end]) for span in find(text)]
    assert found == [("NHS_NUMBER", "943 476 5919"), ("ADDRESS", "12 Laburnum Grove, Leeds"), ("POSTCODE", "LS6 2AB")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Please review Jordan Baker's bloods", "Jordan Baker"),
        ("please review jordan baker's bloods", "jordan baker"),
        ("Spoke to his sister Faith about discharge.", "Faith"),
        ("Hope has had a rash for two days", "Hope"),
        ("Is it safe to give Patience Owusu IV iron today?", "Patience Owusu"),
        ("review Wisniewski drain please", "Wisniewski"),
        ("He attends Greenfield Academy and missed school", "Greenfield Academy"),
    ],
)
def test_name_in_a_short_question_is_found(text: str, value: str) -> None:
    assert value in found_in(text)


def test_word_that_may_be_a_name_is_a_warning_and_never_a_block() -> None:
    [span] = find("Star is keen to try therapy.")
    assert (span.type, span.action) == ("NAME", "warn")
