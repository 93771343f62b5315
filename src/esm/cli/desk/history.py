"""`esm history`: what happened, and by whom."""

from __future__ import annotations

import typer

from esm.cli.shell.context import Context, Output
from esm.cli.shell.help import example
from esm.cli.shell.options import ForceOption, FormatOption, LimitOption, OutputOption


@example("esm history --limit 5")
def history(
    context: typer.Context,
    *,
    limit: LimitOption = 20,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Show what was changed, when and by whom."""
    from esm.sheets.desk import history as history_sheet  # noqa: PLC0415
    from esm.usecases.desk import undo  # noqa: PLC0415

    desk = Context.of(context)
    with desk.reading() as reading:
        entries = undo.history(reading, limit)
    desk.show(history_sheet.history_sheet(entries), Output(format, output, force))
