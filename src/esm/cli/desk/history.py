"""`esm history`: what happened, and by whom."""

from __future__ import annotations

from gettext import gettext as _

import typer

from esm import sheets, usecases
from esm.cli.context import Context, Output
from esm.cli.help import example
from esm.cli.options import ForceOption, FormatOption, LimitOption, OutputOption


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=_("Show what was changed, when and by whom."), epilog=example("esm history --limit 5"))(history)


def history(
    context: typer.Context,
    *,
    limit: LimitOption = 20,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Show what was changed, when and by whom."""
    desk = Context.of(context)
    with desk.reading() as reading:
        entries = usecases.undoing.history(reading, -1 if limit is None else limit)
    desk.show(sheets.history_sheet.history_sheet(entries), Output(format, output, force))
