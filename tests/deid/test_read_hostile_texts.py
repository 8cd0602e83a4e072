"""Texts written to break the finder: it always answers, its spans lie inside the text, and its work grows no faster than the text."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curbside.deid import Span, find
from curbside.deid.language import LANGUAGES

PIECES = st.sampled_from(
    ["943 476 5919", "Mr ", "Smith", "\u200b", "é", "e\u0301", "ﬁ", "😀", "\r\n", "12/03/", "1999", "@", ".com", "SW1A",
     "1AA", "\u202e", "ß", "İ", "+44", "\x00", "\ud83d"]
)  # fmt: skip
SHORT, LONG = 2_000, 16_000
LINEAR = LONG // SHORT
HOSTILE: dict[str, Callable[[int], str]] = {
    "digits": lambda n: "1" * n,
    "digits and blanks": lambda n: "1 " * (n // 2),
    "digits and dashes": lambda n: "12-" * (n // 3),
    "capitals": lambda n: "A" * n,
    "capital words": lambda n: "Ab " * (n // 3),
    "one long word": lambda n: "a" * n,
    "at signs": lambda n: "a@" * (n // 2),
    "dots": lambda n: "a." * (n // 2),
    "nearly e-mails": lambda n: "a.b-c@d." * (n // 8),
    "nearly dates": lambda n: "12/1" * (n // 4),
    "nearly addresses": lambda n: "12 Ab de la " * (n // 12),
    "nearly labels": lambda n: "mrn: number id " * (n // 15),
    "titles": lambda n: "Mr Dr Prof " * (n // 11),
    "blanks": lambda n: " " * n,
    "lines": lambda n: "\n" * n,
    "commas": lambda n: "Smith, " * (n // 7),
    "colons": lambda n: "a:" * (n // 2),
    "hex": lambda n: "ab:" * (n // 3),
    "marks that join": lambda n: "e" + "\u0301" * n,
    "one person again and again": lambda n: "Mrs Okonkwo " * (n // 12),
    "codes": lambda n: "SW1A 1A" * (n // 7),
    "streets": lambda n: "Rue de la " * (n // 10),
    "kin": lambda n: "wife son " * (n // 9),
}


def seconds(text: str) -> float:
    """Of the processor, and the best of two, so that other work on the machine counts for nothing."""
    taken = []
    for _ in range(2):
        began = time.process_time()
        find(text)
        taken.append(time.process_time() - began)
    return min(taken)


def check(text: str, spans: list[Span]) -> None:
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        end = span.end


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=12), max_size=40), st.sampled_from([None, *LANGUAGES, "xx"]))
def test_spans_stay_inside_whatever_the_text_is_made_of(pieces: list[str], language: str | None) -> None:
    text = "".join(pieces)
    check(text, find(text, language))


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Nd", "Mn", "Mc")), max_size=40))
def test_a_number_is_found_at_its_place_behind_any_text(before: str) -> None:
    text = f"{before}\nNHS number 943 476 5919."
    assert any(text[span.start : span.end].endswith("943 476 5919") for span in find(text))


@pytest.mark.parametrize("kind", HOSTILE)
def test_work_grows_with_the_text_and_no_faster(kind: str) -> None:
    """Eight times the text may take three times eight times the work; a search that tries every pair would take 64 times."""
    find("warm")
    small, large = HOSTILE[kind](SHORT), HOSTILE[kind](LONG)
    check(large, find(large))
    assert seconds(large) <= max(seconds(small), 0.004) * LINEAR * 3


def test_a_hundred_kilobytes_of_everything_are_read() -> None:
    text = "".join(make(100_000 // len(HOSTILE)) for make in HOSTILE.values())
    check(text, find(text))
