"""Timing of commands: each in a fresh process, both sides of a ratio in turns and in one run, medians.

What is counted is processor time: on a machine that others use too, the clock on the wall counts their work as well.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
ESM = str(Path(sys.executable).with_name("esm"))
DAY = "2026-11-23"
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
ANSWERS = (0, 1)  # 1 is an answer too: somebody is overdue, or unserved


@dataclass(frozen=True)
class Job:
    """A command line, and what is to be done before each run, which is not timed."""

    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], object] = lambda: None


@dataclass(frozen=True)
class Measured:
    """The median processor time (user, system) in seconds of some runs, and the largest memory in MiB of one more."""

    seconds: float
    mebibytes: float

    def ratio(self, peer: Measured) -> str:
        """Return how many times the time of a peer this took."""
        return f"{self.seconds / peer.seconds:.2f}"


def measured(*jobs: Job, runs: int = 9) -> list[Measured]:
    """Run every job in turns, after a round that warms the caches; a job that fails is no measurement."""
    rounds = [[_once(job) for job in jobs] for _ in range(runs + 1)]
    kept = rounds[1:] or rounds
    medians = [statistics.median(each) for each in zip(*kept, strict=True)]
    return [Measured(median, _peak(job)) for median, job in zip(medians, jobs, strict=True)]


def _once(job: Job) -> float:
    job.before()
    start = _spent()
    ran = subprocess.run(
        job.command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**ENVIRONMENT, **job.environment},
    )  # fmt: skip
    seconds = _spent() - start
    if ran.returncode not in ANSWERS:
        raise subprocess.CalledProcessError(ran.returncode, job.command)
    return seconds


def _spent() -> float:
    """Return the processor time of all processes that have run and ended here."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _peak(job: Job) -> float:
    """Return the peak resident memory of one run, by a small parent: a child begins with its parent's size."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], capture_output=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    job.before()
    ran = subprocess.run(
        [sys.executable, "-c", code, *job.command], check=True, capture_output=True, text=True,
        env={**ENVIRONMENT, **job.environment},
    )  # fmt: skip
    return int(ran.stdout) / 1024


def esm(database: Path, *words: str) -> list[str]:
    """Return the command line of esm on a database, as on the day of the examples."""
    return [ESM, "--db", str(database), "--today", DAY, "--lang", "en", *words]
