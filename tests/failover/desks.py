"""Six desks of an office: at each one command of esm follows the other, whatever becomes of the server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import monotonic

from tests.conftest import ROOT, TODAY
from tests.failover.processes import eventually

ESM = Path(sys.executable).with_name("esm")
ROSTERS = [str(file) for file in sorted((ROOT / "examples" / "district.en").glob("*.csv"))]
DESKS = 6
LONGEST_SECONDS = 90.0  # no command takes longer, not even while a server is replaced
PATIENCE_SECONDS = 400.0
AGAIN_SECONDS = 1.0  # after a refusal, which says to try again in a moment
_NOT_KNOWN = re.compile(r"while operation (\d+) was being saved; whether it was is not known")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One command that writes, and how it ended; its mark stands in the command, so the journal has it, too."""

    mark: str
    words: tuple[str, ...]
    code: int
    said: str  # on standard error
    began: float
    ended: float

    @property
    def is_confirmed(self) -> bool:
        """Return whether esm said that the change is saved."""
        return self.code == 0

    @property
    def unknown_operation(self) -> int | None:
        """Return the operation of which esm said that it does not know whether it is saved."""
        found = _NOT_KNOWN.search(self.said)
        return None if found is None else int(found[1])

    @property
    def is_refused(self) -> bool:
        """Return whether esm said that nothing was saved."""
        return self.code == 6 and self.unknown_operation is None


@dataclass
class Office:
    """The desks while they work."""

    address: str
    enterprises: Sequence[str]
    attempts: list[Attempt] = field(default_factory=list)
    is_closing: Event = field(default_factory=Event)

    def work(self, desk: int) -> None:
        """Do one thing after the other at a desk until it closes."""
        own, number = self.enterprises[desk::DESKS], 0
        while not self.is_closing.is_set():
            mark, uscc = f"d{desk}n{number}x", own[number % len(own)]
            words = (
                ("visit", "log", uscc, "--cadre", "JP050", "--minutes", mark),
                ("cadre", "add", mark, "--name", "Later"),
                ("enterprise", "edit", uscc, "--address", mark),
            )[number % 3]
            began = monotonic()
            ran = run(self.address, *words)
            self.attempts.append(Attempt(mark, words, ran.returncode, ran.stderr, began, monotonic()))
            number += 1
            if ran.returncode != 0:
                self.is_closing.wait(AGAIN_SECONDS)

    def wait_for(self, number: int, kind: Callable[[Attempt], bool], since: float = 0.0) -> None:
        """Wait until so many attempts that began after a moment ended in a way."""

        def is_so() -> bool:
            return sum(kind(each) for each in list(self.attempts) if each.began > since) >= number

        eventually(is_so, f"the desks wait for {number} attempts in vain", PATIENCE_SECONDS)


@contextmanager
def opened(address: str) -> Iterator[Office]:
    """Let the desks work on the example district until the block ends, and finish what they are at."""
    assert run(address, "import", *ROSTERS).returncode == 0
    listed = run(address, "enterprise", "list", "--format", "csv", "--columns", "uscc").stdout.split()[1:]
    office = Office(address, listed)
    with ThreadPoolExecutor(DESKS) as rooms:
        working = [rooms.submit(office.work, desk) for desk in range(DESKS)]
        try:
            yield office
        finally:
            office.is_closing.set()
        for each in working:
            each.result()


def run(address: str, *words: str, **given: str) -> subprocess.CompletedProcess[str]:
    """Run a command line of esm in a process of its own; raises TimeoutExpired where it takes too long."""
    command = start(address, *words, **given)
    try:
        out, err = command.communicate(timeout=LONGEST_SECONDS)
    finally:
        command.kill()
    return subprocess.CompletedProcess(words, command.returncode, out, err)


def start(address: str, *words: str, **given: str) -> subprocess.Popen[str]:
    """Start a command line of esm in a process of its own."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("ESM_")}
    own = {"ESM_DB": address, "ESM_TODAY": TODAY, "ESM_LANG": "en", "ESM_ACTOR": "clerk"}
    return subprocess.Popen(
        [ESM, *words], env=outside | own | given, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
