"""Rows a second and peak memory of the NPPES import, beside plain csv reading of the same file in the same run.

    .venv/bin/python bench/register_import.py SAMPLE.csv [--rows 300000] [--database sqlite:///…|postgresql://…]

SAMPLE.csv is a file with the NPPES header and some real rows (CURBSIDE_REAL_DATA/registers/us/npidata_pfile_sample.csv). It is
grown to the wanted number of rows with fresh valid NPIs, each row otherwise as the sample has it, in the mix of the full file:
about one row in eight a physician, one in five an organisation, one in thirty deactivated, the rest other professions.
"""

import argparse
import csv
import os
import random  # noqa: TID251 - seeded bench rows, nothing secret
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

FULL_FILE_ROWS = 9_000_000
_MIX = ((0.13, "physician"), (0.20, "organisation"), (0.035, "deactivated"), (1.0, "other"))


def valid_npi(body: int) -> str:
    """Nine digits and their check digit over the prefix 80840."""
    digits = f"{body:09d}"
    total = 24 + sum(sum(divmod(2 * int(c), 10)) if i % 2 == 0 else int(c) for i, c in enumerate(reversed(digits)))
    return digits + str(-total % 10)


def kind_of(row: dict[str, str]) -> str:
    if row["NPI Deactivation Date"]:
        return "deactivated"
    if row["Entity Type Code"] == "2":
        return "organisation"
    codes = [row[f"Healthcare Provider Taxonomy Code_{n}"] for n in range(1, 16)]
    return "physician" if any(code.startswith(("207", "208")) for code in codes) else "other"


def grow(sample: Path, target: Path, rows: int) -> None:
    """Write the header and the wanted number of rows, every value quoted as in the real file."""
    chooser = random.Random(2)
    with sample.open(newline="") as file:
        reader = csv.DictReader(file)
        header = list(reader.fieldnames or [])
        by_kind: dict[str, list[list[str]]] = {}
        for row in reader:
            by_kind.setdefault(kind_of(row), []).append([row[name] for name in header])
    with target.open("w", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(header)
        for body in chooser.sample(range(100_000_000, 200_000_000), rows):
            spin, kind = chooser.random(), "other"
            for share, name in _MIX:
                if spin < share:
                    kind = name
                    break
                spin -= share
            chosen = chooser.choice(by_kind[kind])
            writer.writerow([valid_npi(body), *chosen[1:]])


def read_plainly(path: Path) -> float:
    """Seconds to parse the file with csv and do nothing with it."""
    begun = perf_counter()
    with path.open(newline="", encoding="utf-8") as file:
        for _row in csv.reader(file):
            pass
    return perf_counter() - begun


def import_once(path: Path, database: str) -> tuple[float, float, int]:
    """Seconds by the clock and of processor time, and peak memory (kB), of one import in a process of its own."""
    environment = {**os.environ, "CURBSIDE_MODE": "test", "CURBSIDE_NAMED_DATABASE": database, "CURBSIDE_BENCH_FILE": str(path)}
    done = subprocess.run([sys.executable, __file__, "--child"], env=environment, check=True, capture_output=True, text=True)
    seconds, processor, peak = done.stdout.split()
    return float(seconds), float(processor), int(peak)


def child() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "curbside.named.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, skip_checks=True)
    from curbside.named.registers.actions import import_file
    from curbside.named.registers.catalogue import REGISTERS

    begun, worked = perf_counter(), process_time()
    import_file(register=REGISTERS["us-nppes"], path=Path(os.environ["CURBSIDE_BENCH_FILE"]))
    print(perf_counter() - begun, process_time() - worked, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sample", type=Path)
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--database", help="default: a fresh SQLite file in a temporary folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "npidata_pfile_grown.csv"
        grow(arguments.sample, path, arguments.rows)
        database = arguments.database or f"sqlite:///{folder}/named.sqlite3"
        print(f"{arguments.rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB; database {database.partition(':')[0]}")
        plain = read_plainly(path)
        print(f"plain csv reading  {plain:7.1f} s  {arguments.rows / plain:9,.0f} rows/s")
        for label in ("first import", "same file again"):
            seconds, processor, peak = import_once(path, database)
            full = FULL_FILE_ROWS * seconds / arguments.rows / 60
            print(
                f"{label:<17}  {seconds:7.1f} s  {arguments.rows / seconds:9,.0f} rows/s  {seconds / plain:4.1f} times plain reading  "
                f"processor {processor:.1f} s  "
                f"peak {peak / 1024:,.0f} MB  9 million rows: {full:,.0f} min at this rate"
            )


if __name__ == "__main__":
    if sys.argv[1:] == ["--child"]:
        child()
    else:
        main()
