"""Reads a file in a process of its own, so that no file can use up the memory or hold the program.

A parser that asks for more memory than there is ends its process without a word; here that is the child, and the
program says why. The readers' own checks refuse what is known to be dangerous; this is for what nobody thought of.
Where a process cannot be forked (Windows), those checks are all there is (docs/decisions/0035).
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, BinaryIO, NoReturn, TypeVar

from esm.errors import InputRefused, say
from esm.formats.read.size_limits import too_large
from esm.sheets.exchange.grid import Cell, Grid

MOST_MEMORY = 2 * 2**30  # bytes, beyond what the program takes before
MOST_CONTENT = 2**29  # bytes of all cells
SECONDS, SECONDS_A_MIB = 15, 2  # of processor time, for any file and for its size
_ROWS_AT_ONCE = 1000
_OUT_OF_MEMORY = 3

Rows = list[Sequence[Cell]]
T = TypeVar("T")


def grids(read: Callable[[], list[Grid]], file: str, size: int) -> list[Grid]:
    """Return what `read` returns for a file of `size` bytes. InputRefused if it takes too much memory or time."""
    if not hasattr(os, "fork"):
        return read()
    found: list[Grid] = _told(lambda pipe: _send(read(), pipe), _received, file, size)
    return found


def answer(compute: Callable[[], T], file: str, size: int) -> T:
    """Return what `compute` makes of a file of `size` bytes, under the same limits."""
    if not hasattr(os, "fork"):
        return compute()
    found: T = _told(lambda pipe: pickle.dump((compute(),), pipe), _received_value, file, size)
    return found


def _told(tell: Callable[[BinaryIO], None], receive: Callable[[BinaryIO], T], file: str, size: int) -> T:
    """Return what is received of what another process tells."""
    if sys.platform == "win32":  # mypy looks no further there
        raise NotImplementedError
    source, sink = os.pipe()
    sys.stderr.flush()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads draw the progress; the child has none
        child = os.fork()
    if not child:
        os.close(source)
        _serve(tell, sink, SECONDS + SECONDS_A_MIB * size // 2**20)
    os.close(sink)
    try:
        with open(source, "rb") as pipe, suppress(EOFError, pickle.UnpicklingError):
            return receive(pipe)
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)  # it has told everything, or nobody waits for it
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    raise _failure(status, file)


def _received_value(pipe: BinaryIO) -> Any:
    piece = pickle.load(pipe)  # noqa: S301 - from a process of this program
    if isinstance(piece, BaseException):
        raise piece
    return piece[0]


def _received(pipe: BinaryIO) -> list[Grid]:
    found: list[Grid] = []
    rows: Rows = []
    while (piece := pickle.load(pipe)) is not None:  # noqa: S301 - from a process of this program
        if isinstance(piece, BaseException):
            raise piece
        if isinstance(piece, Grid):
            rows = []
            found.append(replace(piece, rows=rows))
        else:
            rows += piece
    return found


def _failure(status: int, file: str) -> InputRefused:
    if sys.platform == "win32":  # mypy looks no further there
        raise NotImplementedError
    if status == -signal.SIGXCPU:
        return too_large(say("{file} takes too long to read.", file=file))
    if status in {_OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGKILL}:
        return too_large(say("{file} takes more than {most} GB of memory to read.", file=file, most=MOST_MEMORY >> 30))
    return InputRefused(
        say("{file} is damaged, incomplete or not an Excel workbook.", file=file),
        say("Open it in Excel or WPS and save it as .xlsx."),
    )


def _serve(tell: Callable[[BinaryIO], None], sink: int, seconds: int) -> NoReturn:
    """Let `tell` write its answer, or write the error it raises, and end this process; nothing of it outlives it."""
    status = 1
    try:
        _limit(seconds)
        with open(os.devnull, "wb") as nothing:
            os.dup2(nothing.fileno(), 2)  # the parser's last words
        with open(sink, "wb") as pipe:
            try:
                tell(pipe)
            except MemoryError:
                status = _OUT_OF_MEMORY
                raise
            except Exception as error:
                pickle.dump(error, pipe)
        status = 0
    finally:
        os._exit(status)


def _send(found: list[Grid], pipe: BinaryIO) -> None:
    """Send sheets some rows at a time, so that no more than these stand in memory twice.

    MemoryError if they are more than `MOST_CONTENT`: a workbook may repeat one long text in every cell.
    """
    room = MOST_CONTENT
    for grid in found:
        pickle.dump(replace(grid, rows=()), pipe)
        for start in range(0, len(grid.rows), _ROWS_AT_ONCE):
            rows = pickle.dumps(grid.rows[start : start + _ROWS_AT_ONCE])
            room -= len(rows)
            if room < 0:
                raise MemoryError
            pipe.write(rows)
    pickle.dump(None, pipe)


def _limit(seconds: int) -> None:
    """Limit this process in processor time and, where its present size is known, in memory; leave no core behind."""
    if sys.platform == "win32":  # mypy looks no further there
        raise NotImplementedError
    import resource  # noqa: PLC0415 - not on Windows

    limits = [(resource.RLIMIT_CORE, 0), (resource.RLIMIT_CPU, seconds)]
    with suppress(OSError, ValueError), open("/proc/self/statm", encoding="ascii") as sizes:
        limits.append((resource.RLIMIT_AS, int(sizes.read().split()[0]) * resource.getpagesize() + MOST_MEMORY))
    for kind, most in limits:
        _, hardest = resource.getrlimit(kind)
        least = most if hardest == resource.RLIM_INFINITY else min(most, hardest)
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (least, hardest))
