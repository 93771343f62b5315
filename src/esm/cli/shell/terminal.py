"""What the destination of standard output supports, the progress bar of a terminal, and who is logged in."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

from esm.errors import UsageRefused, say

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE_SECONDS = 1.0  # no bar for what is over before anybody wonders


def is_plain(no_color: bool) -> bool:
    """Return whether output has no colour: on request, without a terminal, or on a dumb one, unless it is forced.

    The first of these decides: --no-color, NO_COLOR, FORCE_COLOR or CLICOLOR_FORCE, CLICOLOR=0, the terminal.
    """
    if no_color or os.environ.get("NO_COLOR"):
        return True
    if any(os.environ.get(name, "0") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return False
    is_unwanted = os.environ.get("CLICOLOR") == "0" or os.environ.get("TERM") == "dumb"
    return is_unwanted or not (sys.stdout and sys.stdout.isatty())


def room() -> int | None:
    """Return for how many lines the terminal has room above the next prompt, None where there is no terminal."""
    return max(shutil.get_terminal_size().lines - 2, 1) if sys.stdout.isatty() else None


def accept_every_character() -> None:
    """Let a console with a limited encoding, such as GBK, print `?` for missing characters instead of failing.

    A stream that was closed before esm began leads nowhere.
    """
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def speak_utf8() -> None:
    """Let standard output, a file or a pipe, take UTF-8 from here on."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")


def shows_all(text: str) -> bool:
    """Return whether standard output has every character of a text."""
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _nowhere() -> io.TextIOWrapper:
    return open(os.devnull, "w", encoding="utf-8")


@contextmanager
def bar(label: str) -> Iterator[None]:
    """Show a progress bar on standard error, a terminal, while the block runs."""
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


def own_folder() -> Path:
    """Return the folder of the user's own data. Raises RuntimeError where the user has no home."""
    from platformdirs import user_data_path  # noqa: PLC0415 - a given place does not need it

    return user_data_path("esm", appauthor=False)


def login_name() -> str:
    """Return the name of whoever is logged in. Raises UsageRefused if this computer has none."""
    import getpass  # noqa: PLC0415 - only writing commands sign

    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError) as error:
        raise UsageRefused(
            say("The operator is unknown: this computer provides no login name."),
            say("Set ESM_ACTOR to your name, or use `esm --actor NAME …`."),
        ) from error
