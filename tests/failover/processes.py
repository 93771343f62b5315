"""Processes of servers: how they are ended as a machine is that fails, and how the tests wait for what they do."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from time import monotonic, sleep

import pytest

PATIENCE_SECONDS = 120.0


def kill_with_descendants(process: int) -> None:
    """End a process and all that it started by SIGKILL, so that none can start another; wait until they are gone."""
    ended = _with_descendants(process)
    for each in ended:
        os.kill(each, signal.SIGSTOP)
    ended += _with_descendants(process)[len(ended) :]
    for each in ended:
        os.kill(each, signal.SIGKILL)
    eventually(lambda: not _running(ended), "processes outlive SIGKILL")


def eventually(is_so: Callable[[], bool], otherwise: str, seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until something is so; the test fails where that takes too long."""
    ended_by = monotonic() + seconds
    while not is_so():
        if monotonic() > ended_by:
            pytest.fail(otherwise)
        sleep(0.05)


def _with_descendants(process: int) -> list[int]:
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(child): int(parent) for child, parent in map(str.split, listed.splitlines())}
    found = [process]
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return found


def _running(processes: list[int]) -> list[int]:
    listed = subprocess.run(["ps", "-eo", "pid=,stat="], capture_output=True, text=True, check=True).stdout
    states = dict(map(str.split, listed.splitlines()))
    return [each for each in processes if not states.get(str(each), "Z").startswith("Z")]
