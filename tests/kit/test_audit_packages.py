import json

import pytest

from tests import audit

CLEAN = {"dependencies": [{"name": "django", "version": "5.2.8", "vulns": []}]}
SKIPPED = {"dependencies": [{"name": "django", "skip_reason": "Dependency not found on PyPI"}]}
WRONG = {"dependencies": [{"name": "django", "version": "5.2.0", "vulns": [{"id": "PYSEC-2025-1"}]}]}
NPM_CLEAN = {"vulnerabilities": {}, "metadata": {"dependencies": {"total": 9}}}
NPM_WRONG = {"vulnerabilities": {"left-pad": {"severity": "high"}}, "metadata": {"dependencies": {"total": 9}}}
NPM_AWAY = {"message": "405 Method Not Allowed", "error": {"summary": ""}}


def outcome(monkeypatch: pytest.MonkeyPatch, python: object, npm: object, *arguments: str) -> int:
    monkeypatch.setattr(audit, "run", lambda command: json.dumps(npm if command[0] == "npm" else python))
    return audit.main(arguments)


@pytest.mark.parametrize(
    ("python", "npm", "status", "strict"),
    [
        (CLEAN, NPM_CLEAN, 0, 0),
        (WRONG, NPM_CLEAN, 1, 1),
        (CLEAN, NPM_WRONG, 1, 1),
        (SKIPPED, NPM_CLEAN, 0, 1),
        (CLEAN, NPM_AWAY, 0, 1),
        (SKIPPED, NPM_WRONG, 1, 1),
        ({}, {}, 0, 1),
        ({"dependencies": []}, NPM_CLEAN, 0, 1),
    ],
)
def test_a_registry_that_does_not_answer_is_no_clean_bill(
    monkeypatch: pytest.MonkeyPatch, python: object, npm: object, status: int, strict: int
) -> None:
    assert outcome(monkeypatch, python, npm) == status
    assert outcome(monkeypatch, python, npm, "--strict") == strict


def test_it_says_loudly_that_nothing_was_audited(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    outcome(monkeypatch, SKIPPED, NPM_AWAY)
    assert capsys.readouterr().out.count("NOT AUDITED") == 2


def test_it_names_what_is_vulnerable(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    outcome(monkeypatch, WRONG, NPM_WRONG)
    said = capsys.readouterr().out
    assert "django 5.2.0: PYSEC-2025-1" in said
    assert "left-pad (high)" in said


def test_a_program_that_is_missing_is_no_answer() -> None:
    assert audit.run(["/nowhere/at/all"]) == ""
    assert not audit.read_npm_audit("").whole
