"""Make the list of harsh words from LDNOOBW and clinical texts, and measure it on cases that did not prune it.

    PYTHONPATH=src .venv/bin/python bench/harsh_words.py FOLDER

FOLDER holds ``moderation/ldnoobw/*.txt``, ``cases/*.jsonl`` and ``qa/medquad_2500.jsonl``. Measured on every second CasiMedicos case:
how many the whole lists flag, and how many those that all other texts pruned.
"""

import json
import sys
from pathlib import Path
from typing import Final

from curbside.anonymous.moderation.words import holds_harsh_words, prune

LANGUAGES: Final = ("en", "es", "fr", "it")
DATA: Final = Path(__file__).resolve().parents[1] / "src/curbside/anonymous/moderation/data"


def texts_of(path: Path) -> list[str]:
    """All that a line's fields say."""
    return [" \n ".join(map(str, json.loads(line).values())) for line in path.read_text("utf-8").splitlines()]


def main(folder: Path) -> None:
    """Write the list, print the figures."""
    cases = [text for language in LANGUAGES for text in texts_of(folder / f"cases/casimedicos_{language}_dev.jsonl")]
    others = [folder / f"cases/{name}.jsonl" for name in ("e3c_ccby_dev", "mts_dialog_train", "aci_bench_train")]
    more = [text for path in (*others, folder / "qa/medquad_2500.jsonl") for text in texts_of(path)]
    lists = {language: (folder / f"moderation/ldnoobw/{language}.txt").read_text("utf-8").splitlines() for language in LANGUAGES}
    spared = (DATA / "spared.csv").read_text("utf-8").splitlines()
    everything = [entry for entries in lists.values() for entry in entries]
    held, rest = cases[1::2], cases[::2]
    for name, entries in (("whole", prune(everything, clinical=())), ("pruned", prune(everything, clinical=[*rest, *more], spared=spared))):
        flagged = sum(holds_harsh_words(text, entries) for text in held)
        print(f"{name}: {len(entries)} entries flag {flagged} of {len(held)} cases")
    lines = [f"{language},{entry}" for language in LANGUAGES for entry in prune(lists[language], clinical=[*cases, *more], spared=spared)]
    (DATA / "harsh_words.csv").write_text("\n".join(lines) + "\n", "utf-8")
    print(f"shipped: {len(lines)} lines")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
