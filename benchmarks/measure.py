"""Timing of commands: each in a fresh process, medians, both sides of a ratio in one run."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
ESM = str(Path(sys.executable).with_name("esm"))
DAY = "2026-11-23"
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Measured:
    """The median wall time in seconds of some runs, and the largest memory in MiB of one."""

    seconds: float
    mebibytes: float


def measured(command: Sequence[str], runs: int = 9, environment: dict[str, str] | None = None) -> Measured:
    """Run a command several times, after one run that warms the caches."""
    times = []
    for number in range(runs + 1):
        start = time.perf_counter()
        subprocess.run(command, check=False, capture_output=True, env=ENVIRONMENT | (environment or {}))
        if number:
            times.append(time.perf_counter() - start)
    return Measured(statistics.median(times), _peak(command, environment))


def _peak(command: Sequence[str], environment: dict[str, str] | None) -> float:
    """Return the peak resident memory of one run, measured by a parent of its own."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], capture_output=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *command],
        check=True, capture_output=True, text=True, env=ENVIRONMENT | (environment or {}),
    )  # fmt: skip
    return int(ran.stdout) / 1024


def esm(database: Path, *words: str) -> list[str]:
    """Return the command line of esm on a database, as on the day of the examples."""
    return [ESM, "--db", str(database), "--today", DAY, *words]
