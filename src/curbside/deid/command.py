"""`curbside deid spans`, `evaluate` and `train`: the guard on files, without a site."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, TextIO

DONE: Final = 0
REFUSED: Final = 1


class LineRefused(Exception):
    """A line that is not what it should be; the sentence quotes nothing of it."""


def _row(line: str) -> dict[str, object]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise LineRefused("not JSON") from error
    if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("text"), str):
        raise LineRefused('not an object with an "id" and a "text"')
    return row


def _lines(stream: Iterable[bytes]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(stream, start=1):
        if line.strip():
            yield number, line.decode("utf-8", "surrogateescape")


def spans_command(argv: list[str]) -> int:
    """Run `curbside deid spans`; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="curbside deid spans",
        description='Read lines {"id", "text"} and write a line {"id", "spans"} for each, in the same order.',
        epilog="Exit status: 0 every line was read, 1 some were not (each is named on standard error), 2 wrong usage.",
    )
    parser.parse_args(argv)
    return write_spans(sys.stdin.buffer, sys.stdout, sys.stderr)


def write_spans(stream: Iterable[bytes], out: TextIO, errors: TextIO) -> int:
    """One text at a time, so that memory does not grow with their number."""
    from curbside.deid.finder import find

    status = DONE
    for number, line in _lines(stream):
        try:
            row = _row(line)
        except LineRefused as refusal:
            print(f"line {number}: {refusal}", file=errors)
            status = REFUSED
            continue
        spans = [span.as_json() for span in find(str(row["text"]))]
        out.write(json.dumps({"id": row["id"], "spans": spans}) + "\n")
    out.flush()
    return status


def evaluate_command(argv: list[str]) -> int:
    """Run `curbside deid evaluate`; return the exit status."""
    from curbside.deid.evaluation import Tally, as_text, gold_spans, labels, safe_harbor

    parser = argparse.ArgumentParser(prog="curbside deid evaluate", description="Compare the guard's findings with a file of gold spans.")
    parser.add_argument("file", metavar="GOLD.jsonl", type=Path, help='lines {"id", "text", "spans": [{"start", "end", "type"}]}')
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--held-out", action="store_true", help="only the fifth of the texts that training leaves out")
    parser.add_argument(
        "--safe-harbor",
        action="store_true",
        help="ask for no title, job, nationality, age below 90 or year alone, which HIPAA does not name",
    )
    options = parser.parse_args(argv)
    from curbside.deid.training import held_out

    tally, status = Tally(), DONE
    try:
        with options.file.open("rb") as stream:
            for number, line in _lines(stream):
                try:
                    row = _row(line)
                    gold = gold_spans(row)
                except (LineRefused, TypeError, KeyError, ValueError) as refusal:
                    print(f"line {number}: {refusal if isinstance(refusal, LineRefused) else 'spans that cannot be read'}", file=sys.stderr)
                    status = REFUSED
                    continue
                if not options.held_out or held_out(str(row["id"])):
                    text = str(row["text"])
                    tally.add(text, gold, safe_harbor(text, gold, labels(row)) if options.safe_harbor else None)
    except OSError as error:
        parser.error(f"{options.file}: {error.strerror}")
    report = tally.report()
    print(json.dumps(report, indent=2) if options.json else as_text(report))
    return status


def train_command(argv: list[str]) -> int:
    """Run `curbside deid train`; return the exit status."""
    from curbside.deid import tagger
    from curbside.deid.training import train, training_texts

    parser = argparse.ArgumentParser(
        prog="curbside deid train", description="Train the tagger from annotated texts. The same texts give the same file, byte for byte."
    )
    parser.add_argument("folder", metavar="DATA", type=Path, help="the folder with phi/, qa/ and cases/ (see deid/data/README.md)")
    parser.add_argument("--output", type=Path, default=tagger.FILE, help="the file to write (default: the shipped one)")
    options = parser.parse_args(argv)
    try:
        lines = train(training_texts(options.folder), options.output)
    except OSError as error:
        parser.error(f"{error.filename}: {error.strerror}")
    print(f"{lines} lines learned, {options.output.stat().st_size} bytes written")
    return DONE


def rules_command(argv: list[str]) -> int:
    """Run `curbside deid rules`; return the exit status."""
    from curbside.deid.small_rules import as_json

    parser = argparse.ArgumentParser(
        prog="curbside deid rules", description="Print the rules that browsers run too: frontend/pages/lib/guard/rules.json."
    )
    parser.parse_args(argv)
    sys.stdout.write(as_json())
    return DONE
