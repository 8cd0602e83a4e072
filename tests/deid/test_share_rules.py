"""The rules that browsers run are these, and both find the same: what Python finds in our sentences is what the script must find."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curbside.deid import find
from curbside.deid.command import rules_command
from curbside.deid.small_rules import as_json, find_by_rules

ROOT = Path(__file__).parents[2]
VECTORS = ROOT / "tests" / "vectors" / "guard_rules.json"
DATED_GUIDELINE = "29 August 2023"
"""The whole guard knows a citation by the words before it, the rules do not."""
SENTENCES = [json.loads(line)["text"] for line in (ROOT / "tests" / "deid" / "sentences.jsonl").read_text(encoding="utf-8").splitlines()]


def vectors() -> str:
    """As the file has them; `python -m tests.deid.test_share_rules` writes it anew."""
    rows = [{"text": text, "found": [[one.type, text[one.start : one.end]] for one in find_by_rules(text)]} for text in SENTENCES]
    return json.dumps(rows, ensure_ascii=False, indent=0) + "\n"


def test_the_browsers_file_is_made_from_these_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert rules_command([]) == 0
    assert capsys.readouterr().out == (ROOT / "frontend/pages/lib/guard/rules.json").read_text(encoding="utf-8") == as_json()


def test_the_vectors_are_what_python_finds() -> None:
    assert VECTORS.read_text(encoding="utf-8") == vectors()


def test_what_the_rules_find_the_whole_guard_finds_too() -> None:
    missed = []
    for text in SENTENCES:
        covered = {at for span in find(text) for at in range(span.start, span.end)}
        missed += [text[one.start : one.end] for one in find_by_rules(text) if not covered & set(range(one.start, one.end))]
    assert missed == [DATED_GUIDELINE]


def test_clean_sentences_are_left_alone() -> None:
    rows = [json.loads(line) for line in (ROOT / "tests" / "deid" / "sentences.jsonl").read_text(encoding="utf-8").splitlines()]
    found = [row["text"] for row in rows if not row["spans"] and find_by_rules(row["text"])]
    assert [DATED_GUIDELINE in text for text in found] == [True]


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_them_and_every_finding_is_inside(text: str) -> None:
    end = 0
    for one in find_by_rules(text):
        assert end <= one.start < one.end <= len(text)
        end = one.end


if __name__ == "__main__":
    VECTORS.write_text(vectors(), encoding="utf-8")
