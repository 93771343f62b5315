"""The bar that a terminal shows while work takes long; it moves, and does not pretend to know how much is left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE_SECONDS = 1.0  # no bar for what is over before anybody wonders


@contextmanager
def bar(label: str) -> Iterator[None]:
    """Show a moving bar on standard error, which is a terminal, while the work inside goes on."""
    bars: list[Progress] = []
    timer = Timer(PATIENCE_SECONDS, lambda: bars.append(_bar(label)))
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        for shown in bars:
            shown.stop()


def _bar(label: str) -> Progress:
    from rich.console import Console  # noqa: PLC0415 - rich is for terminals
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task(label, total=None)
    bar.start()
    return bar
