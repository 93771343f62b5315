"""`esm history`: what happened, and by whom."""

from __future__ import annotations

from esm.cli.shell.command import example, with_output
from esm.cli.shell.context import Context
from esm.cli.shell.options import LimitOption
from esm.sheets.desk import history as history_sheet
from esm.usecases.desk import undo


@example("esm history --limit 5")
@with_output
def history(
    desk: Context,
    *,
    limit: LimitOption = 20,
) -> None:
    """Show what was changed, when and by whom."""
    with desk.reading() as reading:
        entries = undo.history(reading, limit)
    desk.show(history_sheet.history_sheet(entries))
