"""Floors under the guard's figures: on a sample of the notes that training left out (CC0), and on sentences of our own."""

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


def test_evaluation_names_a_bad_line_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gold.jsonl").write_text('{"id": "a", "text": "Well."}\n{"id": "b"}\n', encoding="utf-8")
    assert evaluate_command([str(tmp_path / "gold.jsonl")]) == 1
    assert capsys.readouterr().err.startswith("line 2: ")
