"""Presidio beside the guard, on the same file and with the same counting.

    python bench/deid_presidio.py GOLD.jsonl [MODEL]

Needs `presidio-analyzer` in the environment, and a spaCy model by name.
Without one the pipeline is blank, so that only Presidio's patterns speak.
"""

import json
import resource
import sys
import time
from collections import Counter
from pathlib import Path

import spacy
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import SpacyNlpEngine


class BlankEngine(SpacyNlpEngine):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.nlp = {"en": spacy.blank("en")}

    def load(self) -> None:
        pass


def main() -> None:
    named = len(sys.argv) > 2
    engine = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": sys.argv[2]}]) if named else BlankEngine()
    analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
    counts: Counter[str] = Counter()
    seconds = 0.0
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text, gold = row["text"], row["spans"]
        began = time.process_time()
        found = [(each.start, each.end) for each in analyzer.analyze(text, language="en")]
        seconds += time.process_time() - began
        inside = {at for start, end in found for at in range(start, end)}
        counts["characters"] += len(text)
        counts["gold"] += len(gold)
        counts["covered"] += sum(all(at in inside or not text[at].isalnum() for at in range(each["start"], each["end"])) for each in gold)
        counts["found"] += len(found)
        counts["right"] += sum(any(start < each["end"] and each["start"] < end for each in gold) for start, end in found)
        counts["clean"] += not gold
        counts["flagged"] += not gold and bool(found)
    print(f"recall {counts['covered'] / counts['gold']:.4f}, precision {counts['right'] / counts['found']:.4f}")
    print(f"clean texts flagged {counts['flagged']} of {counts['clean']}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{1e6 * seconds / counts['characters']:.1f} ms per 1,000 characters, {memory:.0f} MB")


if __name__ == "__main__":
    main()
