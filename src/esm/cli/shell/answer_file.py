"""The file that `-o` asks for: an answer is written to it, and standard error says what was written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from esm import formats
from esm.cli.shell.options import Output
from esm.errors import Message, say
from esm.formats.write import files
from esm.sheets.sheet.sheet import Document, Report

_COMPLETE = (*formats.FOR_MACHINES, "xlsx")


def write(path: Path, shown: Document, output: Output, keep_away_from: Sequence[Path], *, is_private: bool) -> Message:
    """Write an answer to a file as `output` wants it; return the sentence on it. A private one is its owner's alone."""
    kind = output.kind
    data = formats.data(shown, kind)
    files.save(path, data, force=output.force, keep_away_from=keep_away_from, is_private=is_private)
    sheets = shown.sheets if isinstance(shown, Report) else [shown]
    rows = sum(len(sheet.rows) for sheet in sheets if (sheet.data if kind in _COMPLETE else sheet.table))
    return written(path, rows)


def written(file: Path, rows: int) -> Message:
    """Return the sentence on a file with so many rows."""
    return (
        say("Written: {file} ({rows:row|rows}).", file=file, rows=rows) if rows else say("Written: {file}.", file=file)
    )
