"""What the place that standard output goes to can bear."""

from __future__ import annotations

import io
import os
import sys


def is_plain(no_color: bool) -> bool:
    """Return whether output must do without colour and boxes: unwanted, no terminal, or a dumb one."""
    unwanted = no_color or bool(os.environ.get("NO_COLOR"))
    return unwanted or os.environ.get("TERM") == "dumb" or not (sys.stdout and sys.stdout.isatty())


def accept_every_character() -> None:
    """Let a console of a small alphabet, such as GBK, print `?` for a character it lacks, and never fail.

    A stream that was closed before esm began leads nowhere.
    """
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _nowhere() -> io.TextIOWrapper:
    return open(os.devnull, "w", encoding="utf-8")
