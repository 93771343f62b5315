"""`esm history`: what happened, and by whom."""

from __future__ import annotations

from esm.cli.shell.command import example, with_limit, with_listing
from esm.cli.shell.context import Context
from esm.sheets.desk import history as history_sheet
from esm.usecases.desk import undo


@example("esm history --limit 5")
@with_listing
@with_limit(20)
def history(
    desk: Context,
) -> None:
    """Show what was changed, when and by whom."""
    with desk.reading() as reading:
        entries = undo.history(reading)
    desk.show(history_sheet.history_sheet(entries))
