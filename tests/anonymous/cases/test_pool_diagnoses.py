"""Ranked lists of diagnoses, pooled: the weights, the file, the simulated readers, and both commands."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from curbside.anonymous.cases.differentials.files import BadFile, read_solved, write_solved
from curbside.anonymous.cases.differentials.pooling import SolvedCase, evaluate, pool
from curbside.anonymous.cases.differentials.simulating import Question, Readers, read_questions, simulate

NAMES = st.sampled_from("abcdefg")


def test_the_nth_of_a_list_counts_one_nth() -> None:
    assert pool([["a", "b", "c"], ["b", "a"]]) == [("a", 1.5), ("b", 1.5), ("c", pytest.approx(1 / 3))]


def test_a_diagnosis_named_twice_counts_once_and_the_sixth_counts_nothing() -> None:
    assert pool([["a", "a", "b"]]) == [("a", 1.0), ("b", 0.5)]
    assert [name for name, _weight in pool([list("abcdef")])] == list("abcde")


@given(st.lists(st.lists(NAMES, max_size=6), max_size=8))
def test_the_order_of_lists_changes_nothing(lists: list[list[str]]) -> None:
    assert [name for name, _weight in pool(lists)] == [name for name, _weight in pool(lists[::-1])]


def test_two_who_agree_outweigh_one_who_does_not() -> None:
    case = SolvedCase("right", (("x", "y", "z", "right"), ("right", "x"), ("right", "y")))
    single, _pair, three, four = evaluate([case], draws=50, seed=1)[:4]
    assert single.share < three.share == 1.0
    assert (four.tried, four.cases, four.share) == (0, 0, 0.0)


def test_a_file_comes_back_folded(tmp_path: Path) -> None:
    file = tmp_path / "solved.jsonl"
    file.write_text("\n".join(write_solved([SolvedCase("Neumonía", (("neumonia", "I21.9"),))])), encoding="utf-8")
    assert read_solved(file) == [SolvedCase("neumonia", (("neumonia", "i21 9"),))]


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"outcome": 1, "lists": []}', '{"outcome": "a", "lists": ["b"]}', '{"outcome": "a", "lists": [[1]]}']
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "solved.jsonl"
    file.write_text(f'{{"outcome": "a", "lists": []}}\n{line}\n', encoding="utf-8")
    with pytest.raises(BadFile, match="Line 2"):
        read_solved(file)


def test_pooling_helps_readers_whose_errors_are_their_own_more_than_those_who_err_alike() -> None:
    questions = [Question(tuple("abcde"), 1)] * 150
    gains = []
    for shared in (0.2, 3.0):
        found = evaluate(list(simulate(questions, Readers(9, 0.7, shared), seed=3)), draws=3, seed=4)
        gains.append(found[8].share - found[0].share)
    assert gains[0] > gains[1]
    assert gains[0] > 0.1


def test_from_questions_to_a_table_by_the_two_commands(tmp_path: Path) -> None:
    rows = [
        {"options": ["1- A", "2- B", "3- C", "4- D", "5- E"], "correct": "2"},
        {"options": ["x"], "correct": "9"},
        {"options": [], "correct": None},
    ]
    asked = tmp_path / "questions.jsonl"
    asked.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert read_questions(asked) == [Question(("1- A", "2- B", "3- C", "4- D", "5- E"), 1)]
    made, told = StringIO(), StringIO()
    call_command("simulate_pool", str(asked), stdout=made)
    solved = tmp_path / "solved.jsonl"
    solved.write_text(made.getvalue(), encoding="utf-8")
    call_command("evaluate_pool", str(solved), "--draws", "5", stdout=told)
    assert "groups of 9:" in told.getvalue()
    assert "of 5 draws from 1 cases" in told.getvalue()


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    for command in ("evaluate_pool", "simulate_pool"):
        with pytest.raises(CommandError):
            call_command(command, str(tmp_path / "absent"))
