"""The trials of mutants: each runs its tests in a process of its own, in whose memory the fault stands.

Most faults lie inside a function: pytest collects the tests once, and a copy of that process swaps the code of the
function and runs. What happens when a module is loaded needs a copy that loads it anew, with the fault.
"""

from __future__ import annotations

import functools
import gc
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from inspect import getattr_static
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import pytest
from tests.mutants import Mutant, tree_of

CPU_SECONDS = 20  # of one test; whoever needs more is caught in a loop
OPTIONS = ("-x", "-s", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov", "-o", "addopts=")
NOTICED, LIVES, TO_LOAD = b"+", b"-", b"?"


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant, its place among those of its module, and the tests that have to notice it.

    `on_load`: what it changes happens when its module is loaded.
    """

    path: Path
    mutant: Mutant
    number: int
    tests: tuple[str, ...]
    on_load: bool

    def code(self) -> CodeType:
        """Return the code of the module with the fault."""
        return compile(tree_of(self.path.read_text(encoding="utf-8"), self.number), self.path, "exec")


def outcomes(trials: Sequence[Trial], folder: Path) -> Iterator[tuple[Trial, bool]]:
    """Try mutants one after the other and yield of each whether a test noticed it; `folder` is for their files."""
    to_load = [trial for trial in trials if trial.on_load]
    inside = [trial for trial in trials if not trial.on_load]
    read_end, write_end = os.pipe()
    child = _forked(lambda: _collected(inside, folder, write_end))
    os.close(write_end)
    with os.fdopen(read_end, "rb", buffering=0) as pipe:
        for trial in inside:
            found = pipe.read(1)
            if not found:
                raise RuntimeError("tests fail without a mutant, or are not those of the survey: survey again")
            if found == TO_LOAD:
                to_load.append(trial)
            else:
                yield trial, found == NOTICED
    os.waitpid(child, 0)
    for trial in to_load:
        yield trial, _fails(functools.partial(_loaded, trial, folder))


def _forked(act: Callable[[], int]) -> int:
    """Run in a copy of this process, which says nothing and ends with what `act` returns; return its number."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        os.environ["ESM_HYPOTHESIS"] = "mutants"
        status = act()
    finally:
        os._exit(status)


def _fails(act: Callable[[], int]) -> bool:
    return os.waitpid(_forked(act), 0)[1] != 0


def _pytest(tests: Sequence[str], folder: Path, plugin: object) -> int:
    files = sorted({test.partition("::")[0] for test in tests})
    return int(pytest.main([*OPTIONS, f"--basetemp={folder}", *files], plugins=[plugin]))


class Chosen:
    """Runs some of the tests collected, in their order, and ends one that is caught in a loop."""

    def __init__(self, tests: Sequence[str]) -> None:
        self.tests = tests

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave the other tests of the files out."""
        found = {item.nodeid: item for item in items}
        items[:] = [found[test] for test in self.tests]

    def pytest_runtest_setup(self) -> None:
        """Give each test its own seconds, on top of those used."""
        seconds = int(time.process_time()) + CPU_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))


class Trials(Chosen):
    """Runs no test itself but lets a copy of the process try each mutant, and writes a mark for each."""

    def __init__(self, trials: Sequence[Trial], target: int) -> None:
        super().__init__(list(dict.fromkeys(test for trial in trials for test in trial.tests)))
        self.trials = trials
        self.target = target

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try every mutant, unless tests fail without one."""
        items = {item.nodeid: item for item in session.items}
        for place, trial in enumerate(self.trials):
            tests = [items[test] for test in trial.tests]
            if place == 0 and _fails(functools.partial(_run, tests)):
                break
            swap = swap_of(trial)
            if swap is None:
                os.write(self.target, TO_LOAD)
            else:
                os.write(self.target, NOTICED if _fails(functools.partial(_run, tests, swap)) else LIVES)
        return True


def _collected(trials: Sequence[Trial], folder: Path, target: int) -> int:
    plugin = Trials(trials, target)
    return _pytest(plugin.tests, folder, plugin) if trials else 0


def _run(tests: Sequence[pytest.Item], swap: tuple[FunctionType, CodeType] | None = None) -> int:
    """Run tests that are collected, after the code of a function was swapped; return 1 when one fails."""
    if swap is not None:
        swap[0].__code__ = swap[1]
        for cache in gc.get_objects():
            if isinstance(cache, functools._lru_cache_wrapper):
                cache.cache_clear()
    for test, following in zip(tests, [*tests[1:], None], strict=True):
        test.config.hook.pytest_runtest_protocol(item=test, nextitem=following)
        if test.session.testsfailed:
            return 1
    return 0


def swap_of(trial: Trial) -> tuple[FunctionType, CodeType] | None:
    """Return the function that holds the mutant and its code with the fault; None where it cannot be swapped."""
    found: object = sys.modules.get(trial.mutant.module)
    for name in trial.mutant.spot.name.split("."):
        found = getattr_static(found, name, None)
        found = getattr(found, "fget", None) or getattr(found, "__func__", None) or found
        found = getattr(found, "__wrapped__", None) or found
        if isinstance(found, FunctionType):
            break
    if not isinstance(found, FunctionType):
        return None
    here = found.__code__
    code = next((code for code in _codes(trial.code()) if code.co_qualname == here.co_qualname), None)
    return None if code is None or code.co_freevars != here.co_freevars else (found, code)


def _codes(code: CodeType) -> Iterator[CodeType]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner
            yield from _codes(inner)


class Cuckoo(MetaPathFinder, Loader):
    """Loads one module with its fault, and leaves every other one to the usual finders."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        """Claim the module of the mutant."""
        if fullname != self.trial.mutant.module:
            return None
        return spec_from_loader(fullname, self, origin=str(self.trial.path))

    def exec_module(self, module: ModuleType) -> None:
        """Fill the module from its source with the fault."""
        exec(self.trial.code(), module.__dict__)  # noqa: S102 - what a loader does


def _loaded(trial: Trial, folder: Path) -> int:
    sys.meta_path.insert(0, Cuckoo(trial))
    return _pytest(trial.tests, folder, Chosen(trial.tests))
