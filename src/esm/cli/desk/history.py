"""`esm history` and `esm undo`: what happened, and by whom; an operation taken back."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.command_decorators import example, with_dry_run, with_limit, with_listing, with_output
from esm.cli.shell.context import Context
from esm.domain.values.money import LARGEST_NUMBER
from esm.sheets.desk import history as history_sheet
from esm.usecases.desk import undo as undoing


@example("esm history --limit 5")
@with_listing
@with_limit(20)
def history(
    desk: Context,
) -> None:
    """Show what was changed, when and by whom."""
    with desk.reading() as reading:
        entries = undoing.history(reading)
    desk.show(history_sheet.history_sheet(entries))


@example("esm undo", "esm undo 12 --dry-run")
@with_output
@with_dry_run
def undo(
    desk: Context,
    operation: Annotated[
        int | None,
        typer.Argument(
            min=1,
            max=LARGEST_NUMBER,
            metavar="[OPERATION]",
            help=_("Number in `esm history`; by default the last operation."),
        ),
    ] = None,
) -> None:
    """Undo the last operation, or the one given."""
    with desk.reading() as reading:
        chosen = undoing.operation_to_undo(reading, operation)
    with desk.writing(undoes=chosen.id) as writing:
        rows = undoing.undo(writing, chosen, desk.today)
    desk.show(history_sheet.undo_report(chosen, rows))
