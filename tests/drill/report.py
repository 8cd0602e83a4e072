"""Runs all attackers on a haul, applies one decision rule to all of them, and prints a table or JSON."""

import json
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.drill import chance
from tests.drill.attackers import Baseline, Finding, Guess, Haul, Linker, Target, TellTale
from tests.drill.attackers.catalogue import ATTACKERS
from tests.drill.attackers.crowds import likelihoods
from tests.drill.loot import Loot

SURE_SHARE = 0.1
SURE_LEAST = 10
"""A leak may strike a few alone: the surest tenth of an attacker's guesses is judged as well."""
SURE_OF_K = 3
"""What is promised of timing: 1 in k on average, and of those of whom a thief is surest no better than 3 in k (docs/threat-model.md)."""


@dataclass(frozen=True, slots=True)
class Result:
    """One row of the report."""

    haul: str
    attacker: str
    baseline: str
    guesses: int
    hits: int
    rate: float
    chance: float
    low: float
    high: float
    tail: float
    alarm_at: int
    failed: bool
    detail: str = ""
    protected: bool = True
    """If not, the row decides nothing."""


@dataclass(slots=True)
class Report:
    """All rows, and whether they reach their goals."""

    results: list[Result] = field(default_factory=list)
    seconds: float = 0.0
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        return any(result.failed for result in self.results)

    def as_json(self) -> str:
        return json.dumps(
            {"failed": self.failed, "seconds": round(self.seconds, 1), **self.facts, "results": [asdict(r) for r in self.results]}, indent=1
        )


@dataclass(frozen=True, slots=True)
class Judge:
    """Knows who is who, and what chance a guess has."""

    loot: Loot
    truth: dict[Target, dict[str, str]]
    k: int

    def chance_of(self, guess: Guess, attacker: Linker) -> float:
        if attacker.target is not Target.DOCTOR:
            return 1 / guess.among
        baseline = attacker.baseline
        crowd = self.loot.disclosed[guess.member].crowd
        by_crowd = 1 / len(crowd) if crowd else 1.0
        if baseline is Baseline.GUESSED:
            return max(by_crowd, 1 / (guess.among or self.k))
        if baseline is Baseline.K:
            return max(by_crowd, 1 / self.k)
        if baseline is Baseline.READER:
            likely = likelihoods(self.loot, guess.member, self.loot.members[guess.member])
            return max(likely.values(), default=by_crowd)
        return by_crowd

    def chance_of_sure(self, guess: Guess, attacker: Linker) -> float:
        """Of the surest: timing leaves a crowd of k, of which others give themselves away."""
        chance_of_all = self.chance_of(guess, attacker)
        return max(chance_of_all, min(0.5, SURE_OF_K / self.k)) if attacker.baseline is Baseline.K else chance_of_all

    def hit(self, guess: Guess, attacker: Linker) -> bool:
        return self.truth[attacker.target].get(guess.member) == guess.licence


@dataclass(frozen=True, slots=True)
class _Trial:
    attacker: Linker
    label: str
    guesses: list[Guess]
    chances: list[float]
    hits: int


def run_attackers(loot: Loot, truth: Path, attackers: Iterable[Linker | TellTale] = ATTACKERS) -> Report:
    """Every attacker on one haul."""
    begun = time.monotonic()
    known = json.loads(truth.read_text())
    judge = Judge(loot, {target: known.get(target, {}) for target in Target}, known["k"])
    report, trials = Report(), []
    for attacker in attackers:
        if isinstance(attacker, TellTale):
            report.results.append(_told(attacker, attacker.look(loot)))
        else:
            trials += _trials(attacker, judge)
    decide = [trial for trial in trials if trial.attacker.protected]
    tails = [chance.tail(trial.chances, trial.hits) for trial in decide]
    for trial, tail, failed in zip(decide, tails, chance.holm(tails), strict=True):
        report.results.append(_linked(trial, tail, len(decide), failed=failed))
    for trial in trials:
        if not trial.attacker.protected:
            report.results.append(_linked(trial, chance.tail(trial.chances, trial.hits), len(decide), failed=False))
    order = list(Haul)
    report.results.sort(key=lambda result: order.index(Haul(result.haul)))
    report.seconds = time.monotonic() - begun
    report.facts = {"doctors": len(loot.doctors), "members": len(loot.members), "editions": len(loot.editions), "k": judge.k}
    return report


def _trials(attacker: Linker, judge: Judge) -> list[_Trial]:
    known = judge.truth[attacker.target]
    guesses = sorted((guess for guess in attacker.guess(judge.loot) if guess.member in known), key=lambda guess: -guess.confidence)
    sure = guesses[: max(SURE_LEAST, int(len(guesses) * SURE_SHARE))]
    groups = [("", guesses)] + ([(", surest tenth", sure)] if len(guesses) > 2 * SURE_LEAST else [])
    return [
        _Trial(attacker, label, group, [chance_of(guess, attacker) for guess in group], sum(judge.hit(guess, attacker) for guess in group))
        for (label, group), chance_of in zip(groups, (judge.chance_of, judge.chance_of_sure), strict=False)
    ]


def _linked(trial: _Trial, tail: float, tests: int, *, failed: bool) -> Result:
    score = chance.Score.of(trial.chances, trial.hits)
    return Result(
        haul=trial.attacker.haul,
        attacker=trial.attacker.name + trial.label,
        baseline=trial.attacker.baseline,
        guesses=score.guesses,
        hits=score.hits,
        rate=round(score.rate, 4),
        chance=round(score.chance, 4),
        low=round(score.low, 4),
        high=round(score.high, 4),
        tail=tail,
        alarm_at=chance.alarm_at(trial.chances, chance.FALSE_ALARM / max(1, tests)),
        failed=failed,
        detail=_crowds_of(trial),
        protected=trial.attacker.protected,
    )


def _crowds_of(trial: _Trial) -> str:
    """The crowds that a row was measured against, where they are its own."""
    if not trial.guesses:
        return "nothing to guess by"
    crowds = sorted(round(guess.among) for guess in trial.guesses if guess.among)
    if not crowds:
        return ""
    return f"crowds of {crowds[0]} to {crowds[-1]}, half of them below {crowds[len(crowds) // 2] + 1}"


def _told(attacker: TellTale, finding: Finding) -> Result:
    return Result(
        haul=attacker.haul,
        attacker=attacker.name,
        baseline="nothing",
        guesses=finding.looked_at,
        hits=finding.found,
        rate=0.0,
        chance=0.0,
        low=0.0,
        high=0.0,
        tail=1.0,
        alarm_at=1,
        failed=finding.found > 0 and attacker.protected,
        detail=finding.detail,
        protected=attacker.protected,
    )


ABSENT = {
    Haul.FRONT: "no log by design (deploy/); the watcher's list of requests stands in for a front that was made to write one",
}


def table(report: Report) -> str:
    """The report for people."""
    lines = [f"{'haul':<48} {'attacker':<56} {'linked':>9} {'rate':>7} {'95 % interval':>16} {'chance':>7} {'alarm':>6}  "]
    for haul in Haul:
        if haul in ABSENT:
            lines.append(f"{haul:<48} {ABSENT[haul]}")
        for r in (result for result in report.results if result.haul == haul):
            mark = ("FAILS" if r.failed else "ok") if r.protected else "not protected, see docs/threat-model.md"
            if r.baseline == "nothing":
                lines.append(f"{r.haul:<48} {r.attacker:<56} {r.hits:>4} found in {r.guesses} looked at  {r.detail}  {mark}")
                continue
            numbers = f"{f'{r.hits}/{r.guesses}':>9} {r.rate:>7.1%} {f'{r.low:.1%} to {r.high:.1%}':>16} {r.chance:>7.1%} {r.alarm_at:>6}"
            lines.append(f"{r.haul:<48} {r.attacker:<56} {numbers}  {r.detail}{'  ' if r.detail else ''}{mark}")
    lines.append(f"{len(report.results)} attacks in {report.seconds:.0f} s: {'a leak' if report.failed else 'all rows at their goal'}.")
    return "\n".join(lines)
