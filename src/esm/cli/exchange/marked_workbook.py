"""The workbook that `esm import --errors` writes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from esm.errors import Message, Problem, UsageRefused, say
from esm.formats.write import atomic_file
from esm.sheets.exchange.grid import Grid


class MarkedWorkbook:
    """Where the errors are to be marked; raises before the import if the file cannot be written."""

    def __init__(self, path: Path, keep_away_from: Sequence[Path], *, force: bool) -> None:
        if path.suffix.lower() != ".xlsx":
            raise UsageRefused(
                say("{file} is not an Excel file name.", file=path), say("Use a name that ends in .xlsx.")
            )
        self.path, self.force, self.keep_away_from = path, force, keep_away_from
        atomic_file.require_free(path, force=force, keep_away_from=keep_away_from)

    def write(self, grids: Sequence[Grid], problems: Sequence[Problem]) -> Message:
        """Write the workbook if there are errors; return a note on it."""
        files = {grid.file for grid in grids}
        problems = [each for each in problems if each.file in files or not each.file]
        if not problems:
            return say("No errors; {file} was not written.", file=self.path)
        from esm.formats.write import marked_workbook  # noqa: PLC0415 - only faults need a workbook

        data = marked_workbook.content(grids, problems)
        atomic_file.save(self.path, data, force=self.force, keep_away_from=self.keep_away_from, is_private=True)
        return say("The errors are marked in {file}: correct them there and import that file.", file=self.path)
