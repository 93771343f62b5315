"""The files of `esm import --mapping` and `--write-mapping`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from esm.domain.exchange.import_summary import UnderstoodColumn
from esm.errors import InputRefused, Message, say
from esm.formats.write import atomic_file
from esm.sheets.exchange.user_column_mapping import ColumnMapping, column_mapping, mapping_text


def read(chosen: Sequence[str], path: Path | None) -> ColumnMapping:
    """Return the assignments of `--map` and of the file. Raises InputRefused if that cannot be read."""
    if path is None:
        return column_mapping(chosen, None, "")
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise InputRefused(
            say("{file} cannot be read: {reason}.", file=path, reason=error),
            say("Name a file that --write-mapping wrote."),
        ) from error
    return column_mapping(chosen, text, str(path))


def write(
    path: Path, understood: Sequence[UnderstoodColumn], keep_away_from: Sequence[Path], *, force: bool
) -> Message:
    """Write what each column was taken for; return a note on it."""
    atomic_file.save(path, mapping_text(understood).encode(), force=force, keep_away_from=keep_away_from)
    return say("The assignment of every column is in {file}: correct it, and use it with --mapping.", file=path)
