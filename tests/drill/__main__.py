"""``python -m tests.drill``: the breach drill. See README.md."""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.drill.attackers.catalogue import ATTACKERS
from tests.drill.attackers.memory import NAME as SLOW
from tests.drill.hauling import build_haul
from tests.drill.loot import Loot
from tests.drill.plants import PLANTS, planted
from tests.drill.report import Report, run_attackers, table
from tests.drill.world import Plan


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.drill", description="Live a year on both sites, steal everything, and try to learn who said what."
    )
    parser.add_argument("--doctors", type=int, default=240)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--k", type=int, default=10)
    parser.add_argument("--longest-wait", type=int, help="days after which a roll changes with fewer than k (default: the site's)")
    parser.add_argument("--seed", default="1", help="repeats a drill; an empty one takes fresh chance (default: 1)")
    parser.add_argument("--plant", choices=sorted(PLANTS), help="plant one leak and say who notices; fails if nobody does")
    parser.add_argument(
        "--plants", action="store_true", help="the clean drill, then every plant on a copy of its haul; fails if one goes unnoticed"
    )
    parser.add_argument("--json", action="store_true", help="the report for machines")
    parser.add_argument("--haul", type=Path, help="attack this haul again instead of living a new year")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="build in this folder and leave it")
    return parser.parse_args()


def main() -> int:
    options, begun = arguments(), time.monotonic()

    def say(line: str) -> None:
        if sys.stderr.isatty() or "week" not in line or line.split()[1] in {"1", "13", "26", "39", "52"}:
            print(f"[{time.monotonic() - begun:5.0f} s] {line}", file=sys.stderr, flush=True)

    folder = options.keep or Path(tempfile.mkdtemp(prefix="curbside-drill-"))
    try:
        plan = Plan(doctors=options.doctors, weeks=options.weeks, k=options.k, seed=options.seed, longest_wait=options.longest_wait)
        clean = options.haul or build_haul(folder, plan, say)
        if options.plant:
            line, noticed = _notice(clean, folder, options.plant)
            say(line)
            return 0 if noticed else 1
        report = run_attackers(Loot(clean), clean / "truth.json")
        report.facts["lived"] = round(time.monotonic() - begun - report.seconds)
        missed = _missed(clean, folder, report, say) if options.plants else []
        report.facts |= {"plants": len(PLANTS) if options.plants else 0, "missed": missed}
        print(report.as_json() if options.json else table(report))
        return int(report.failed or bool(missed))
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)


def _missed(clean: Path, folder: Path, report: Report, say: Callable[[str], None]) -> list[str]:
    """The plants that nobody noticed; two are tried at a time, for two cores."""
    missed = []
    with ProcessPoolExecutor(2) as pool:
        tried = {name: pool.submit(_notice, clean, folder, name, report) for name in PLANTS}
        for name, attempt in tried.items():
            line, noticed = attempt.result()
            say(line)
            missed += [] if noticed else [name]
    return missed


def _notice(clean: Path, folder: Path, name: str, without: Report | None = None) -> tuple[str, bool]:
    """Who notices the plant that did not fail without it, in words, and whether anybody does."""
    target = planted(clean, folder / f"planted-{name}", name)
    # No plant touches the memory of a process, and searching it takes longer than all else.
    report = run_attackers(Loot(target), target / "truth.json", [attacker for attacker in ATTACKERS if attacker.name != SLOW])
    before = {(r.haul, r.attacker): r for r in without.results} if without else {}
    caught = [r for r in report.results if r.failed and not (before.get((r.haul, r.attacker)) and before[r.haul, r.attacker].failed)]
    shutil.rmtree(target)
    return f"plant {name}: {'; '.join(f'{r.attacker} ({r.hits} of {r.guesses})' for r in caught) or 'NOBODY NOTICED'}", bool(caught)


if __name__ == "__main__":
    sys.exit(main())
