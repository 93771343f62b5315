"""Several processes that begin to do the same from one moment on."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from typing import Any

from esm.storage.database.place import Place

Act = Callable[[Place, int], int | None]


def at_once(act: Act, place: Place, writers: int) -> list[int | None]:
    """Let several processes do `act` from the same moment on; return how they ended, in any order."""
    several = multiprocessing.get_context("fork")
    start = several.Barrier(writers)
    running = [several.Process(target=_started, args=(start, act, place, number)) for number in range(writers)]
    for writer in running:
        writer.start()
    for writer in running:
        writer.join(timeout=60)
    return [writer.exitcode for writer in running]


def _started(start: Any, act: Act, place: Place, number: int) -> None:
    start.wait()
    raise SystemExit(act(place, number) or 0)
