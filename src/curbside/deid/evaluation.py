"""How much the guard finds: recall and precision by type, clean texts flagged, time and memory."""

from __future__ import annotations

import json
import re
import resource
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypedDict

from curbside.deid.finder import find
from curbside.deid.span import Span


class Gold(TypedDict):
    """A span that an annotator marked."""

    start: int
    end: int
    type: str


_NO_IDENTIFIERS: Final = frozenset({"TITLE", "NRP"})
"""Titles, jobs and nationalities, as annotators of general texts label them; HIPAA's Safe Harbor names none of them."""
_YEAR: Final = re.compile(r"\d{4}")
_YOUNGER: Final = re.compile(r"[1-8]?\d")


def safe_harbor(text: str, gold: Iterable[Gold], labels: Iterable[str]) -> list[Gold]:
    """Those gold spans that HIPAA's Safe Harbor names: no title, job, nationality, age below 90 or year alone."""
    kept = []
    for each, label in zip(gold, labels, strict=True):
        value = text[each["start"] : each["end"]].strip()
        harmless = {"AGE": _YOUNGER, "DATE": _YEAR}.get(each["type"])
        if label not in _NO_IDENTIFIERS and not (harmless and harmless.fullmatch(value)):
            kept.append(each)
    return kept


@dataclass(slots=True)
class Tally:
    """Counts over all texts; a gold span is found if each of its letters and digits is, a finding is right if it touches a gold span."""

    gold: Counter[str] = field(default_factory=Counter)
    covered: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    clean: int = 0
    flagged: int = 0
    characters: int = 0
    seconds: float = 0.0

    def add(self, text: str, gold: Iterable[Gold], named: list[Gold] | None = None) -> None:
        """Search one text and count; the time is the processor's. Recall is of `named` alone, if given; findings may touch any gold."""
        began = time.process_time()
        spans = find(text)
        self.seconds += time.process_time() - began
        self.characters += len(text)
        wanted = list(gold)
        self.count(text, wanted, spans, wanted if named is None else named)

    def count(self, text: str, wanted: list[Gold], spans: list[Span], named: list[Gold]) -> None:
        """Count findings against the gold spans."""
        inside = bytearray(len(text))
        for span in spans:
            inside[span.start : span.end] = b"\1" * (span.end - span.start)
        for each in named:
            self.gold[each["type"]] += 1
            self.covered[each["type"]] += all(inside[at] or not text[at].isalnum() for at in range(each["start"], each["end"]))
        for span in spans:
            self.found[span.type] += 1
            self.right[span.type] += any(span.start < each["end"] and each["start"] < span.end for each in wanted)
        if not wanted:
            self.clean += 1
            self.flagged += bool(spans)

    def report(self) -> dict[str, object]:
        """All figures, as `--json` prints them."""
        return {
            "recall": _share(self.covered.total(), self.gold.total()),
            "precision": _share(self.right.total(), self.found.total()),
            "recall_by_type": _shares(self.covered, self.gold),
            "precision_by_type": _shares(self.right, self.found),
            "clean_texts": self.clean,
            "clean_texts_flagged": _share(self.flagged, self.clean, empty=0.0),
            "ms_per_1000_characters": round(1e6 * self.seconds / max(self.characters, 1), 2),
            "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        }


def _share(part: int, whole: int, *, empty: float = 1.0) -> float:
    return round(part / whole, 4) if whole else empty


def _shares(part: Mapping[str, int], whole: Mapping[str, int]) -> dict[str, float]:
    return {kind: _share(part[kind], count) for kind, count in sorted(whole.items())}


def gold_spans(row: Mapping[str, object]) -> list[Gold]:
    """The gold spans of one line of a file."""
    spans = row.get("spans", row.get("entities", []))
    if not isinstance(spans, list):
        raise TypeError("spans must be a list")
    return [Gold(start=int(span["start"]), end=int(span["end"]), type=str(span["type"])) for span in spans]


def labels(row: Mapping[str, object]) -> list[str]:
    """What the annotators called each gold span, where the line keeps their own word."""
    spans = row.get("spans", row.get("entities", []))
    return [str(span.get("label", "")) for span in spans] if isinstance(spans, list) else []


def as_text(report: Mapping[str, object]) -> str:
    """The figures for people."""
    return "\n".join(f"{key.replace('_', ' ')}: {json.dumps(value)}" for key, value in report.items())
