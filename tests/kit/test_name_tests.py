"""docs/asvs.md names tests; they must be there."""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
PAGE = TESTS.parent / "docs" / "asvs.md"
SCRIPTS = sorted(set(re.findall(r"`(frontend/[a-z/_]+\.test\.ts)`", PAGE.read_text(encoding="utf-8"))))
NAMED = sorted(set(re.findall(r"`([a-z/_]+\.py(?:::\w+)+)`", PAGE.read_text(encoding="utf-8"))))


def defined(file: Path) -> set[str]:
    """Every test of a file, with its class where it has one."""
    found: set[str] = set()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{each.name}" for each in node.body if isinstance(each, ast.FunctionDef)}
    return found


@pytest.mark.parametrize("named", NAMED)
def test_a_test_that_the_page_names_is_there(named: str) -> None:
    file, _colons, test = named.partition("::")
    assert test in defined(TESTS / file)


@pytest.mark.parametrize("named", SCRIPTS)
def test_a_test_of_scripts_that_the_page_names_is_there(named: str) -> None:
    assert re.search(r"\b(it|test)\(", (PAGE.parents[1] / named).read_text(encoding="utf-8"))


def test_every_row_names_a_test() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| (\d|lengths|compression)", line)]
    assert len(rows) > 80
    assert [row for row in rows if not re.search(r"(`[a-z/_]+\.py::\w+(::\w+)?`|`frontend/[a-z/_]+\.test\.ts`) \|$", row)] == []
