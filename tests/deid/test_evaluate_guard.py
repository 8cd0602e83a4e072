"""Floors under the guard's figures: on a sample of the notes that training left out (CC0), and on our own sentences and questions."""

import json
from pathlib import Path

import pytest

from curbside.deid.command import evaluate_command
from curbside.deid.training import held_out

HERE = Path(__file__).parent


def figures(name: str, capsys: pytest.CaptureFixture[str]) -> dict[str, float]:
    assert evaluate_command([str(HERE / name), "--json"]) == 0
    report: dict[str, float] = json.loads(capsys.readouterr().out)
    return report


def test_sample_was_never_trained_on() -> None:
    lines = (HERE / "sample.jsonl").read_text(encoding="utf-8").splitlines()
    assert all(held_out(json.loads(line)["id"]) for line in lines)


def test_held_out_notes_are_searched_as_well_as_before(capsys: pytest.CaptureFixture[str]) -> None:
    report = figures("sample.jsonl", capsys)
    assert report["recall"] >= 0.99
    assert report["precision"] >= 0.97
    assert report["peak_memory_mb"] > 0


def test_sentences_of_many_hands_are_searched_as_well_as_before(capsys: pytest.CaptureFixture[str]) -> None:
    report = figures("sentences.jsonl", capsys)
    assert report["recall"] >= 0.985
    assert report["precision"] >= 0.975
    assert report["clean_texts_flagged"] <= 0.08


def test_names_in_short_questions_are_found_and_clean_questions_pass(capsys: pytest.CaptureFixture[str]) -> None:
    report = figures("queries.jsonl", capsys)
    assert report["recall"] >= 0.94
    assert report["precision"] >= 0.975
    assert report["clean_texts_flagged"] <= 0.08


def test_evaluation_asks_for_no_age_job_or_year_that_safe_harbor_leaves_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "A 44-year-old Cellist, seen in 2003 by Ann Jones."
    marks = [("44", "AGE", "AGE"), ("Cellist", "OTHER", "TITLE"), ("2003", "DATE", "DATE_TIME"), ("Ann Jones", "NAME", "PERSON")]
    spans = [{"start": (at := text.index(value)), "end": at + len(value), "type": kind, "label": label} for value, kind, label in marks]
    (tmp_path / "gold.jsonl").write_text(json.dumps({"id": "a", "text": text, "spans": spans}), encoding="utf-8")
    assert evaluate_command([str(tmp_path / "gold.jsonl"), "--json", "--safe-harbor"]) == 0
    assert json.loads(capsys.readouterr().out)["recall_by_type"] == {"NAME": 1.0}


def test_evaluation_names_a_bad_line_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gold.jsonl").write_text('{"id": "a", "text": "Well."}\n{"id": "b"}\n', encoding="utf-8")
    assert evaluate_command([str(tmp_path / "gold.jsonl")]) == 1
    assert capsys.readouterr().err.startswith("line 2: ")
