"""`esm today`, and `esm` alone: the day on one screen, or how to begin."""

from __future__ import annotations

from functools import partial

from esm.cli.desk.next_command import command_line
from esm.cli.shell.command_decorators import query
from esm.cli.shell.context import Context
from esm.sheets.desk import day_summary as summary_sheet
from esm.storage.database import creation
from esm.usecases.desk import day_summary
from esm.usecases.register.first_record import require_records


@query("esm", "esm today --format json")
def today(desk: Context) -> None:
    """Show the day on one screen, with the command that goes on below each line; without a database, how to begin."""
    is_on_screen = desk.output.target is None and desk.output.kind == "table"
    go_on = partial(command_line, desk) if is_on_screen else None
    if creation.is_missing(desk.reading_place):
        desk.show(summary_sheet.beginning_report(desk.today, str(desk.place), go_on))
        return
    with desk.reading() as reading:
        require_records(reading, desk.today)
        found = day_summary.day_summary(reading, desk.today)
    desk.show(summary_sheet.day_report(found, go_on))
