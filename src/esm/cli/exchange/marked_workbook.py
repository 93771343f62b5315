"""The workbook that `esm import --errors` gives back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from esm.errors import Message, Problem, UsageRefused, say
from esm.formats.write import files
from esm.sheets.exchange.grid import Grid


class MarkedWorkbook:
    """Where the faults are to be shown; what cannot be written is refused before anything is imported."""

    def __init__(self, path: Path, keep_away_from: Sequence[Path], *, force: bool) -> None:
        if path.suffix.lower() != ".xlsx":
            raise UsageRefused(say("{file} is no name of an Excel workbook.", file=path), say("Let it end in .xlsx."))
        self.path, self.force, self.keep_away_from = path, force, keep_away_from
        files.require_free(path, force=force, keep_away_from=keep_away_from)

    def write(self, grids: Sequence[Grid], problems: Sequence[Problem]) -> Message:
        """Write the workbook if there are faults; return what to say of it."""
        if not problems:
            return say("No faults; {file} was not written.", file=self.path)
        from esm.formats.write import marked  # noqa: PLC0415 - only faults need a workbook

        data = marked.content(grids, problems)
        files.save(self.path, data, force=self.force, keep_away_from=self.keep_away_from)
        return say("The faults are marked in {file}: mend them there and import it.", file=self.path)
