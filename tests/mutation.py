"""The mutation run: faults are put into the rules one at a time, and some test has to notice each of them.

`make mutants` surveys which tests run which lines of `src/esm/domain`, draws the same mutants of every module each
time, runs for each the tests that cover its line, the narrow ones first, and fails when too many live. A mutant
exists in the memory of one process only: no file is changed. `python -m tests.mutation --help` lists what one may ask.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import multiprocessing
import os
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from itertools import accumulate
from pathlib import Path
from types import ModuleType

import coverage
import hypothesis  # noqa: F401 - what every trial needs is imported once, before it is copied
import pytest
import sqlmodel  # noqa: F401
import typer  # noqa: F401
from tests.equivalent_mutants import EQUIVALENT
from tests.mutants import ROOT, RULES, Mutant, module_of, mutants_of, tree_of

SURVEY = Path(os.environ.get("ESM_SURVEY", ROOT / ".mutants.coverage"))
MOST_LINES = 4_000  # lines of the domain that the tests of one trial may run through together
CPU_SECONDS = 60  # of one test; whoever needs more is caught in a loop
SEED = "2026"
STALE = 99  # the exit code of a trial whose tests are not those of the survey


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant, its place among those of its module, and the tests that have to notice it."""

    path: Path
    mutant: Mutant
    number: int
    tests: tuple[str, ...]


class Cuckoo(MetaPathFinder, Loader):
    """Loads one module with its fault, and leaves every other one to the usual finders."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        """Claim the module of the mutant."""
        if fullname != self.trial.mutant.module:
            return None
        return importlib.util.spec_from_loader(fullname, self, origin=str(self.trial.path))

    def exec_module(self, module: ModuleType) -> None:
        """Fill the module from its source with the fault."""
        tree = tree_of(self.trial.path.read_text(encoding="utf-8"), self.trial.number)
        exec(compile(tree, self.trial.path, "exec"), module.__dict__)  # noqa: S102 - what a loader does


class Chosen:
    """Runs the tests of a trial alone, in their order, and ends one that a mutant caught in a loop."""

    def __init__(self, tests: Sequence[str]) -> None:
        self.order = {test: place for place, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave the other tests of the files out."""
        items[:] = sorted(
            (item for item in items if item.nodeid in self.order), key=lambda item: self.order[item.nodeid]
        )
        if len(items) != len(self.order):
            os._exit(STALE)

    def pytest_runtest_setup(self) -> None:
        """Give each test its own seconds, on top of those used."""
        seconds = int(time.process_time()) + CPU_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))


def survey() -> None:
    """Run the quick tests once and note which of them runs which line of the domain."""
    words = ["-m", "pytest", "-n", "2", "-m", "not slow", "--cov=esm.domain", "--cov-context=test", "--cov-report="]
    subprocess.run([sys.executable, *words], cwd=ROOT, check=True, env={**os.environ, "COVERAGE_FILE": str(SURVEY)})


def covering(paths: Iterable[Path]) -> dict[Path, dict[int, set[str]]]:
    """Return the tests that run each line; those that ran a module only while loading it are left out."""
    found = coverage.CoverageData(str(SURVEY))
    found.read()
    return {
        path: {
            line: {test.rpartition("|")[0] for test in tests if test}
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
    lines = covering(paths)
    breadth = Counter(test for of_file in lines.values() for tests in of_file.values() for test in tests)
    found = []
    for path in paths:
        mutants = mutants_of(path.read_text(encoding="utf-8"), module_of(path))
        for number in drawn(mutants, each):
            tests = _tests(mutants[number], lines[path])
            found.append(Trial(path, mutants[number], number, _narrowest(tests, breadth)))
    return found


def _tests(mutant: Mutant, lines: dict[int, set[str]]) -> set[str]:
    """Return the tests that run one of the mutant's lines, or the module where it stands outside of functions."""
    if mutant.spot.on_load:
        return set().union(*lines.values())
    return set().union(*(lines.get(line, set()) for line in range(mutant.line, mutant.last_line + 1)))


def _narrowest(tests: Iterable[str], breadth: Counter[str]) -> tuple[str, ...]:
    """Return tests that run through few other lines first, and as many as one trial can afford."""
    narrow_first = sorted(tests, key=lambda test: (breadth[test], test))
    lines = accumulate(breadth[test] for test in narrow_first)
    return tuple(test for test, sum_ in zip(narrow_first, lines, strict=True) if sum_ <= MOST_LINES)


def is_noticed(trial: Trial) -> bool:
    """Return whether a test fails with the mutant in place."""
    return bool(trial.tests) and _fails(trial.tests, Cuckoo(trial))


def _fails(tests: Sequence[str], finder: MetaPathFinder | None = None) -> bool:
    """Run tests in a copy of this process; return whether one fails."""
    child = os.fork()
    if child:
        status = os.waitpid(child, 0)[1]
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) == STALE:
            raise RuntimeError("the survey is of other tests: survey again")
        return status != 0
    try:
        status = _run(tests, finder)
    finally:
        os._exit(status)


def _run(tests: Sequence[str], finder: MetaPathFinder | None) -> int:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.environ["ESM_HYPOTHESIS"] = "mutants"
    if finder is not None:
        sys.meta_path.insert(0, finder)
    options = ["-x", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov", "-o", "addopts="]
    files = sorted({test.partition("::")[0] for test in tests})
    return int(pytest.main([*options, *files], plugins=[Chosen(tests)]))


def main() -> int:
    """Try the mutants and print how many were noticed; 1 when they were too few."""
    asked = _asked()
    if asked.survey or not SURVEY.exists():
        survey()
    paths = sorted(path for path in RULES.rglob("*.py") if asked.only in str(path))
    tried = trials(paths, asked.each)
    if _fails(max((trial.tests for trial in tried), key=len)):
        sys.exit("Tests fail without a mutant, and would seem to notice every one: survey again.")
    outcomes: defaultdict[str, list[bool]] = defaultdict(list)
    with multiprocessing.get_context("fork").Pool(asked.jobs) as pool:
        for trial, noticed in zip(tried, pool.imap(is_noticed, tried), strict=True):
            outcomes[trial.mutant.module].append(noticed)
            if not noticed:
                sys.stdout.write(f"lives: {trial.mutant.name} (line {trial.mutant.line}, {len(trial.tests)} tests)\n")
                sys.stdout.flush()
    return _report(outcomes, asked.least)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--survey", action="store_true", help="survey the tests again")
    parser.add_argument("--each", type=int, default=12, help="mutants of each module (default: 12)")
    parser.add_argument("--only", default="", help="only files whose path holds these letters")
    parser.add_argument("--jobs", type=int, default=2, help="trials at once (default: 2)")
    parser.add_argument("--least", type=int, default=90, help="percent that have to be noticed (default: 90)")
    return parser.parse_args()


def _report(outcomes: dict[str, list[bool]], least: int) -> int:
    every = [noticed for module in outcomes.values() for noticed in module]
    for module, found in sorted(outcomes.items(), key=lambda item: sum(item[1]) / len(item[1])):
        sys.stdout.write(f"{sum(found):4} of {len(found):3}  {module}\n")
    percent = 100 * sum(every) / len(every)
    sys.stdout.write(f"{sum(every):4} of {len(every):3}  in all: {percent:.1f} %, at least {least} %\n")
    return 0 if percent >= least else 1


if __name__ == "__main__":
    sys.exit(main())
