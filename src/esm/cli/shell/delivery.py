"""Where an answer goes: to standard output, or to the file that `-o` asks for, and then standard error says so."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from esm import formats
from esm.cli.shell.options import Output
from esm.errors import Message, say
from esm.formats.write import files
from esm.sheets.sheet.heading import with_heading
from esm.sheets.sheet.sheet import Document, Report
from esm.storage.database import connection, settings
from esm.storage.database.place import Place

_COMPLETE = (*formats.FOR_MACHINES, "xlsx")


def headed(shown: Document, place: Place, today: date) -> Document:
    """Return an answer with the lines under its title: what it is of, and the office that issues it."""
    office = ""
    if place.exists and not place.is_empty:
        with connection.reading(place) as reading:
            office = settings.load(reading, today).issuing_office
    return with_heading(shown, office, today)


def write_file(
    path: Path, shown: Document, output: Output, keep_away_from: Sequence[Path], *, is_private: bool
) -> Message:
    """Write an answer to a file as `output` wants it; return the sentence on it. A private one is its owner's alone."""
    kind = output.kind
    files.save(path, output.content(shown), force=output.force, keep_away_from=keep_away_from, is_private=is_private)
    sheets = shown.sheets if isinstance(shown, Report) else [shown]
    rows = sum(len(sheet.rows) for sheet in sheets if (sheet.data if kind in _COMPLETE else sheet.table))
    return written(path, rows)


def print_answer(shown: Document, kind: str, *, color: bool) -> None:
    """Print an answer on standard output, a table on a terminal fitted to it."""
    if kind == "table" and sys.stdout.isatty():
        from esm.formats.write import table  # noqa: PLC0415 - rich is for terminals

        table.print_rich(shown, color=color)
    else:
        sys.stdout.write(formats.text(shown, kind))
        sys.stdout.flush()


def written(file: Path, rows: int) -> Message:
    """Return the sentence on a file with so many rows."""
    return (
        say("Written: {file} ({rows:row|rows}).", file=file, rows=rows) if rows else say("Written: {file}.", file=file)
    )
