"""How fast texts are indexed and found, against decrypting every text and looking through it.

    PYTHONPATH=src .venv/bin/python bench/search.py [TEXTS]

The texts are the demo's published cases and comments, repeated, each with a number of its own. The index lies in memory.
"""

# ruff: noqa: E402 - Django is set up before its modules are imported
import json
import os
import statistics
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

os.environ.update(CURBSIDE_MODE="test", DJANGO_SETTINGS_MODULE="curbside.anonymous.settings")

import django

django.setup()

from curbside.anonymous.sealing.cipher import decrypt_document, encrypt_document, fresh_key
from curbside.anonymous.search.asking import read_question
from curbside.anonymous.search.index import add_texts, new_index
from curbside.anonymous.search.matching import Filters, build_query
from curbside.anonymous.search.sources import SearchText
from curbside.kit.clock import this_minute

TEXTS = int(sys.argv[1]) if len(sys.argv) > 1 else 55_000
QUESTIONS = (
    "fever",
    "neumonia",
    '"chest pain"',
    "abdominal pain vomiting",
    "cardio*",
    "sarcoidosis -lung",
    "diabetes insulin",
    "dolor toracico",
)
CASES = Path(__file__).resolve().parents[1] / "demo" / "cases"


def bodies() -> list[tuple[str, str]]:
    """Language and words of every comment and story of the demo."""
    rows = [json.loads(line) for file in sorted(CASES.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]
    return [(row["language"], words) for row in rows for words in (row["story"], *(part["body"] for part in row["comments"]))]


def texts() -> list[SearchText]:
    numbered = enumerate(islice(cycle(bodies()), TEXTS), start=1)
    return [SearchText(n, n, "comment", "cardiology", code, this_minute(), "", f"{words} {n}") for n, (code, words) in numbered]


def milliseconds(what, times: int) -> list[float]:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        what()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def main() -> None:
    written = texts()
    with tempfile.TemporaryDirectory(dir="/dev/shm", prefix="curbside-bench-") as folder:
        start, processor = time.perf_counter(), time.process_time()
        index, writer = new_index(Path(folder))
        add_texts(writer, written)
        writer.commit()
        passed, used = time.perf_counter() - start, time.process_time() - processor
        size = sum(file.stat().st_size for file in Path(folder).iterdir()) / 1e6
        print(f"index {TEXTS} texts: {passed:.1f} s, {used:.1f} s of processor, {TEXTS / passed:,.0f} texts/s, {size:.0f} MB")
        index.reload()
        searcher = index.searcher()
        asked = [milliseconds(lambda q=q: look(searcher, q), 50) for q in QUESTIONS]
        everything = sorted(value for values in asked for value in values)
        print(
            f"a question: median {statistics.median(everything):.2f} ms, 95th percentile {everything[int(len(everything) * 0.95)]:.2f} ms"
        )
        for question, values in zip(QUESTIONS, asked, strict=True):
            print(f"  {question:<26} {statistics.median(values):7.2f} ms, {look(searcher, question)} found")

        def add_one() -> None:
            add_texts(writer, [written[0]])
            writer.commit()
            index.reload()

        print(f"a new text until it is found: median {statistics.median(milliseconds(add_one, 20)):.0f} ms")
    baseline(written)


def look(searcher, question: str) -> int:
    return searcher.search(build_query(read_question(question), {}, condition=None, filters=Filters()), limit=20).count


def baseline(written: list[SearchText]) -> None:
    """The plain way: every text is decrypted and looked through for the word as typed."""
    keys = [fresh_key() for _ in written]
    sealed = [encrypt_document({"body": text.body}, text_id=text.text_id, key=key) for text, key in zip(written, keys, strict=True)]

    def scan() -> int:
        opened = (decrypt_document(data, text_id=text.text_id, key=key) for data, text, key in zip(sealed, written, keys, strict=True))
        return sum("fever" in document.text("body").casefold() for document in opened)

    start = time.perf_counter()
    found = scan()
    print(f"baseline, decrypt all and look for one word: {(time.perf_counter() - start) * 1000:,.0f} ms, {found} found")


if __name__ == "__main__":
    main()
