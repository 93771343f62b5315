"""`esm history` and `esm undo`: what happened, and by whom; an operation taken back."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

from esm.cli.shell.command_decorators import change, listing
from esm.cli.shell.context import Context
from esm.cli.shell.options import argument
from esm.sheets.desk import history as history_sheet
from esm.usecases.desk import undo as undoing


@listing("esm history --limit 5", of=[history_sheet.history_sheet], limit=20, asks_primary=True)
def history(desk: Context) -> None:
    """Show what was changed, when and by whom."""
    desk.show(history_sheet.history_sheet(desk.read(undoing.history)))


@change("esm undo", "esm undo 12 --dry-run")
def undo(
    desk: Context,
    operation: Annotated[
        int | None, argument("[OPERATION]", _("Number in `esm history`; by default the last operation."), min=1)
    ] = None,
) -> None:
    """Undo the last operation, or the one given."""
    with desk.reading() as reading:
        chosen = undoing.operation_to_undo(reading, operation)
    with desk.writing(undoes=chosen.id) as writing:
        rows = undoing.undo(writing, chosen, desk.today)
    desk.show(history_sheet.undo_report(chosen, rows))
