"""The two sites as the wall's tests see them: folders, and processes of their own."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "curbside"
SITES = ("named", "anonymous")
OTHER = {"named": "anonymous", "anonymous": "named"}


def run_site(site: str, code: str, *, source: Path = SOURCE.parent, data: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run Python code in a fresh process with one site's settings."""
    environment = {
        **os.environ,
        "CURBSIDE_MODE": "test",
        "DJANGO_SETTINGS_MODULE": f"curbside.{site}.settings",
        "PYTHONPATH": str(source),
    }
    if data is not None:
        environment["CURBSIDE_DATA_DIR"] = str(data)
    return subprocess.run([sys.executable, "-P", "-c", code], env=environment, capture_output=True, text=True, check=False, cwd="/")


def python_files(site: str) -> list[Path]:
    return sorted((SOURCE / site).rglob("*.py"))


def defined_identifiers(file: Path) -> Iterator[tuple[str, int]]:
    """Every identifier that a file defines: functions, classes, arguments, variables, attributes; with its line."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr, node.lineno
