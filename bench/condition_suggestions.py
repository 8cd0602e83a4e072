"""How fast conditions are loaded, and suggested while one types, against a search for the letters anywhere in a term.

    PYTHONPATH=src .venv/bin/python bench/condition_suggestions.py

On the engine that CURBSIDE_ANONYMOUS_DATABASE names; without it, SQLite in a temporary folder.
"""

# ruff: noqa: E402 - Django is set up before its modules are imported
import os
import statistics
import tempfile
import time

folder = tempfile.TemporaryDirectory(prefix="curbside-bench-")
os.environ.update(CURBSIDE_MODE="test", DJANGO_SETTINGS_MODULE="curbside.anonymous.settings", CURBSIDE_DATA_DIR=folder.name)
os.environ.setdefault("CURBSIDE_ANONYMOUS_DATABASE", f"sqlite:///{folder.name}/anonymous.sqlite3")

import django

django.setup()

from django.core.management import call_command

from curbside.anonymous.conditions.actions import load_conditions
from curbside.anonymous.conditions.models import Term
from curbside.anonymous.conditions.queries import suggest_conditions
from curbside.anonymous.conditions.sources import read_conditions

TYPED = (
    "myocardial infarction",
    "heart attack",
    "neumonia",
    "fracture of femur",
    "diabetes",
    "I21.9",
    "unstable angina",
    "disease",
    "cov",
    "accident",
)


def as_typed() -> list[str]:
    """Every stretch that somebody passes through who types one of these, from two letters on."""
    return [text[:end] for text in TYPED for end in range(2, len(text) + 1)]


def milliseconds(what) -> list[tuple[float, float]]:
    taken = []
    for typed in as_typed():
        start, processor = time.perf_counter(), time.process_time()
        what(typed)
        taken.append(((time.process_time() - processor) * 1000, (time.perf_counter() - start) * 1000))
    return taken


def told(label, taken) -> None:
    for what, values in zip(("processor", "clock"), (sorted(column) for column in zip(*taken, strict=True)), strict=True):
        p95 = values[int(len(values) * 0.95)]
        print(f"{label}, {what}: median {statistics.median(values):.1f} ms, 95th percentile {p95:.1f} ms, longest {values[-1]:.1f} ms")


def main() -> None:
    call_command("migrate", "conditions", verbosity=0)
    start, processor = time.perf_counter(), time.process_time()
    count = load_conditions(conditions=read_conditions())
    print(f"load {count} conditions: {time.perf_counter() - start:.1f} s, {time.process_time() - processor:.1f} s of processor")
    told(f"suggest, {len(as_typed())} beginnings", milliseconds(suggest_conditions))
    plain = Term.objects.select_related("condition").order_by("condition__code")
    told("baseline, icontains", milliseconds(lambda typed: list(plain.filter(text__icontains=typed)[:10])))


if __name__ == "__main__":
    main()
    folder.cleanup()
