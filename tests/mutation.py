"""The mutation run: faults are put into the rules one at a time, and some test has to notice each of them.

`make mutants` surveys which tests run which lines of `src/esm/domain`, draws the same mutants of every module each
time, tries each with the tests that run its line, the narrow ones first, and fails when too many live.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

import coverage
import hypothesis  # noqa: F401 - what every trial needs is imported once, before it is copied
import sqlmodel  # noqa: F401
import typer  # noqa: F401
from tests.equivalent_mutants import EQUIVALENT
from tests.mutants import ROOT, RULES, Mutant, module_of, mutants_of
from tests.mutation_trials import Trial, outcomes

SURVEY = Path(os.environ.get("ESM_SURVEY", ROOT / ".mutants.coverage"))
MOST_LINES = 12_000  # lines of the domain that the tests of one trial may run through together
SEED = "2026"
Lines = Mapping[int, Sequence[str]]


def survey() -> None:
    """Run the quick tests once and note which of them runs which line of the domain; they must be green."""
    quick = ["-m", "not slow and not nightly"]
    words = ["-m", "pytest", "-n", "2", *quick, "--cov=esm.domain", "--cov-context=test", "--cov-report="]
    subprocess.run([sys.executable, *words], cwd=ROOT, check=True, env={**os.environ, "COVERAGE_FILE": str(SURVEY)})


def surveyed(paths: Iterable[Path]) -> dict[Path, Lines]:
    """Return the tests that run each line; "" stands for loading the module."""
    found = coverage.CoverageData(str(SURVEY))
    found.read()
    return {
        path: {
            line: [test.rpartition("|")[0] for test in tests]
            for line, tests in found.contexts_by_lineno(str(path)).items()
        }
        for path in paths
    }


def drawn(mutants: Sequence[Mutant], each: int) -> list[int]:
    """Return the places of some mutants, the same as long as their names are; equivalent ones are no candidates."""
    lots = {
        number: hashlib.sha256(f"{SEED} {mutant.name}".encode()).hexdigest()
        for number, mutant in enumerate(mutants)
        if mutant.name not in EQUIVALENT
    }
    return sorted(sorted(lots, key=lots.__getitem__)[:each])


def trials(paths: Sequence[Path], each: int) -> list[Trial]:
    """Return what is tried: the mutants drawn of each module, each with its tests."""
    lines = surveyed(paths)
    breadth = Counter(test for of_file in lines.values() for tests in of_file.values() for test in set(tests))
    found = []
    for path in paths:
        mutants = mutants_of(path.read_text(encoding="utf-8"), module_of(path))
        near = _near(path, lines[path], breadth)
        for number in drawn(mutants, each):
            tests, on_load = _tests(mutants[number], lines[path])
            found.append(
                Trial(
                    path, mutants[number], number, _nearest(tests | near if on_load else tests, near, breadth), on_load
                )
            )
    return found


def _near(path: Path, lines: Lines, breadth: Iterable[str]) -> set[str]:
    """Return the tests of the module's shelf: they use its constants, though they may run none of its lines.

    No test runs a line of a module that only loads, of columns and records; the exchange reads all columns.
    """
    shelves = {f"/{path.parent.name}/"} | (set() if any(map(any, lines.values())) else {"/exchange/"})
    return {test for test in breadth if any(shelf in test for shelf in shelves)}


def _tests(mutant: Mutant, lines: Lines) -> tuple[set[str], bool]:
    """Return the tests that run the mutant's lines, and whether loading the module does; then all of the module."""
    every = {test for tests in lines.values() for test in tests} - {""}
    own = {test for line in range(mutant.line, mutant.last_line + 1) for test in lines.get(line, ())}
    return (every, True) if mutant.spot.on_load or "" in own else (own, False)


def _nearest(tests: Iterable[str], near: Container[str], breadth: Mapping[str, int]) -> tuple[str, ...]:
    """Return the near tests first, those that run few other lines before others, and no more than fit."""
    near_first = sorted(tests, key=lambda test: (test not in near, breadth[test], test))
    lines = accumulate(breadth[test] for test in near_first)
    return tuple(test for test, sum_ in zip(near_first, lines, strict=True) if sum_ <= MOST_LINES)


def tried(share: Sequence[Trial]) -> list[tuple[str, bool]]:
    """Try a share of the mutants and say which live; return the module of each and whether it was noticed."""
    found = []
    with TemporaryDirectory(prefix="mutants-") as folder:
        for trial, is_noticed in outcomes([trial for trial in share if trial.tests], Path(folder) / "tests"):
            found.append((trial.mutant.module, is_noticed))
            if not is_noticed:
                _say(f"lives: {trial.mutant.name} (line {trial.mutant.line}, {len(trial.tests)} tests)")
    for trial in share:
        if not trial.tests:
            found.append((trial.mutant.module, False))
            _say(f"lives: {trial.mutant.name} (line {trial.mutant.line}, no test runs it)")
    return found


def main() -> int:
    """Try the mutants and print how many were noticed; 1 when they were too few, 2 when there are none."""
    asked = _asked()
    paths = sorted(path for path in RULES.rglob("*.py") if asked.only in str(path.relative_to(RULES)))
    if not any(drawn(mutants_of(path.read_text(encoding="utf-8"), module_of(path)), asked.each) for path in paths):
        _say(f"nothing to try: no fault fits into the files of {asked.only!r}")
        return 2
    if asked.survey or not SURVEY.exists():
        survey()
    drawn_ones = trials(paths, asked.each)
    counts: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    with multiprocessing.get_context("fork").Pool(asked.jobs) as pool:
        for share in pool.imap_unordered(tried, [drawn_ones[job :: asked.jobs] for job in range(asked.jobs)]):
            for module, is_noticed in share:
                counts[module][is_noticed] += 1
    return _report(counts, asked.least)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--survey", action="store_true", help="survey the tests again")
    parser.add_argument("--each", type=int, default=12, help="mutants of each module (default: 12)")
    parser.add_argument("--only", default="", help="only files whose path below domain/ holds these letters")
    parser.add_argument("--jobs", type=int, default=2, help="trials at once (default: 2)")
    parser.add_argument("--least", type=int, default=90, help="percent that have to be noticed (default: 90)")
    return parser.parse_args()


def _report(counts: Mapping[str, Counter[bool]], least: int) -> int:
    total = sum(counts.values(), Counter())
    for module, found in sorted(counts.items(), key=lambda item: (item[1][True] / item[1].total(), item[0])):
        _say(f"{found[True]:5} of {found.total():4}  {module}")
    percent = 100 * total[True] / total.total()
    _say(f"{total[True]:5} of {total.total():4}  in all: {percent:.1f} %, at least {least} %")
    return 0 if percent >= least else 1


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
