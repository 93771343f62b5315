"""RESULTS.md: one table a script, each with the versions and the sizes it was measured with."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

FILE = Path(__file__).parent / "RESULTS.md"
HEADING = """# Results

Written by `make bench` and `make bench-server`, or one table by `python -m benchmarks.NAME`. Ratios count, seconds are
of one machine on one day: both sides of a ratio were measured in turns, in fresh processes, as medians. Seconds of
whole commands are processor time, unless a table says otherwise. Noted by hand: when they were measured, others used
the two cores, which makes every second longer, of both sides alike; the load was 12 to 20 for the tables of 2026-11-30
and 9 to 14 for those without a day.
"""


def write(title: str, about: str, rows: Sequence[Sequence[str]], *, libraries: Sequence[str] = ()) -> None:
    """Put a table in the place of the one with the same title; the first row is its header."""
    versions = ", ".join([f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in libraries)])
    lines = [_line(rows[0]), "|" + "---|" * len(rows[0]), *map(_line, rows[1:])]
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {datetime.now(UTC).date()}"
    section = f"## {title}\n\n{about}\n\n{versions}; {machine}.\n\n" + "\n".join(lines)
    known = _sections(FILE.read_text(encoding="utf-8") if FILE.exists() else "")
    known[title] = section.rstrip() + "\n"
    FILE.write_text("\n".join([HEADING, *known.values()]), encoding="utf-8")
    print(section)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _sections(text: str) -> dict[str, str]:
    parts = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    return {part.splitlines()[0]: f"## {part.rstrip()}\n" for part in parts}
