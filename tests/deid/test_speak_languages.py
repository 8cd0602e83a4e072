"""A text's language says how far the tagger may be trusted and how replacements are worded; rules of all languages run on every text."""

import pytest

from curbside.deid import checks, find
from curbside.deid.language import language_of
from curbside.deid.replacement import whole_start


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The patient was seen in the clinic with a cough and fever.", "en"),
        ("El paciente ingresó con dolor y fiebre en el hospital de la ciudad.", "es"),
        ("Le patient est suivi pour une douleur avec de la fièvre.", "fr"),
        ("Die Patientin stellte sich mit Husten und Fieber vor.", "de"),
        ("Il paziente è stato visto per una febbre che non passa.", "it"),
    ],
)
def test_the_words_tell_the_language(text: str, language: str) -> None:
    assert language_of(text) == language
    assert language_of(text, "xx") == language


def test_where_words_tell_nothing_the_caller_is_believed() -> None:
    assert language_of("BP 120/80", "de") == "de"
    assert language_of("BP 120/80") == "en"


@pytest.mark.parametrize(
    "text",
    [
        "Die Patientin stellte sich mit Husten vor. Der Befund zeigte eine Pneumonie. Die Therapie wurde begonnen.",
        "Der Hausarzt überwies die Patientin in die Klinik. Nach Gabe von Prednisolon besserte sich der Befund.",
        "Il paziente e la sorella minore presentano una microematuria isolata.",
    ],
)
def test_capital_letters_of_another_language_are_no_names(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "Frau Schneider, geb. 04.07.1950, wurde von Dr. Huber am 3. Mai 2024 operiert.",
            {"Schneider", "04.07.1950", "Huber", "3. Mai 2024"},
        ),
        ("Mme Lefèvre, née le 3 avril 1948, NIR 2 84 05 75 116 042 31", {"Lefèvre", "3 avril 1948", "2 84 05 75 116 042 31"}),
        ("La Sra. Ibáñez, nacida el 12 de marzo de 1951, DNI 12345678Z", {"Ibáñez", "12 de marzo de 1951", "12345678Z"}),
        ("Il Sig. Bianchi, codice fiscale RSSMRA80A01H501U", {"Bianchi", "RSSMRA80A01H501U"}),
    ],
)
def test_titles_dates_and_numbers_of_other_languages_are_found(text: str, values: set[str]) -> None:
    found = [text[span.start : span.end] for span in find(text)]
    assert len(found) == len(values)
    assert all(any(value in each for each in found) for value in values)


@pytest.mark.parametrize(
    ("text", "replacements"),
    [
        ("Der Patient, Herr Yilmaz, wurde am 01.03.2024 und am 08.03.2024 gesehen.", ["der Patient", "an Tag 0", "7 Tage später"]),
        ("El señor fue visto por la Dra. Ibáñez en el hospital.", ["un colega"]),
        ("Le patient a été vu par le Dr Besson avec une fièvre.", ["un confrère"]),
    ],
)
def test_replacements_are_in_the_texts_own_language(text: str, replacements: list[str]) -> None:
    assert [span.replacement for span in find(text)] == replacements


@pytest.mark.parametrize(
    ("text", "whole"),
    [("I saw Mrs Okonkwo.", "Mrs Okonkwo"), ("His wife Mary rang.", "His wife Mary"), ("I saw Okonkwo, Mr Okonkwo said.", "Okonkwo")],
)
def test_a_replacement_takes_the_title_along(text: str, whole: str) -> None:
    span = find(text)[0]
    assert text[whole_start(text, span.start, span) : span.end] == whole


@pytest.mark.parametrize("text", ["SSN 123-45-6789", "NPI 1234567893", "Versichertennummer A123456780"])
def test_numbers_with_a_check_of_their_own_are_known_for_real(text: str) -> None:
    [span] = find(text)
    assert span.validated
    assert span.type == "ID"


def test_a_german_insurance_number_is_checked() -> None:
    assert checks.kvnr("A123456780")
    assert not checks.kvnr("A123456781")
