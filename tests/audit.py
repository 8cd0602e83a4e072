"""Asks the package registries whether anything in the lock files has a known vulnerability.

Exit status: 0 when nothing was found, 1 when something was. Where a registry does not answer, nothing was audited, and that is what it
says; with --strict (`make audit`) it is a failure as well.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = "requirements-dev.lock"
LONGEST = 240
"""Seconds for one registry."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one registry said: packages asked about, those it could not answer for, and vulnerabilities."""

    registry: str
    asked: int
    unanswered: int
    vulnerable: tuple[str, ...]
    complaint: str = ""

    @property
    def whole(self) -> bool:
        """Whether every package was answered for."""
        return self.asked > 0 and not self.unanswered and not self.complaint

    def sentence(self) -> str:
        """One line for the operator."""
        if self.vulnerable:
            return f"{self.registry}: VULNERABLE: {'; '.join(self.vulnerable)}"
        if self.whole:
            return f"{self.registry}: {self.asked} packages, no known vulnerability."
        why = self.complaint or f"no answer for {self.unanswered} of {self.asked} packages"
        return (
            f"{self.registry}: NOT AUDITED ({why}). Nothing is known of these packages; run `make audit` where the registry can be reached."
        )


def read_pip_audit(text: str) -> Finding:
    """pip-audit's JSON, which has a reason for each package it skipped, and still ends with status 0."""
    try:
        rows = json.loads(text)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Finding("PyPI", 0, 0, (), "pip-audit gave no report")
    vulnerable = [f"{row['name']} {row['version']}: {', '.join(found['id'] for found in row['vulns'])}" for row in rows if row.get("vulns")]
    return Finding("PyPI", len(rows), sum("skip_reason" in row for row in rows), tuple(vulnerable))


def read_npm_audit(text: str) -> Finding:
    """npm's JSON, which is an error or a report with counts."""
    try:
        report = json.loads(text)
    except ValueError:
        return Finding("npm", 0, 0, (), "npm gave no report")
    if not isinstance(report, dict) or "vulnerabilities" not in report:
        return Finding("npm", 0, 0, (), "the registry's audit address did not answer")
    vulnerable = tuple(f"{name} ({found['severity']})" for name, found in report["vulnerabilities"].items())
    return Finding("npm", report["metadata"]["dependencies"]["total"], 0, vulnerable)


def run(command: Sequence[str]) -> str:
    """What it printed; nothing where it is missing or takes too long."""
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=LONGEST).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""


def main(arguments: Sequence[str]) -> int:
    """Ask both; ``--strict`` also fails where one did not answer."""
    python = [
        sys.executable,
        "-m",
        "pip_audit",
        "-r",
        LOCK,
        "--disable-pip",
        "--require-hashes",
        "--progress-spinner",
        "off",
        "--format",
        "json",
    ]
    findings = [read_pip_audit(run(python)), read_npm_audit(run(["npm", "audit", "--json"]))]
    for finding in findings:
        print(finding.sentence())
    if any(finding.vulnerable for finding in findings):
        return 1
    return 1 if "--strict" in arguments and not all(finding.whole for finding in findings) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
