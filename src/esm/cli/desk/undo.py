"""`esm undo`: takes an operation back."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.context import Context, Output
from esm.cli.shell.help import example
from esm.cli.shell.options import DryRunOption, ForceOption, FormatOption, OutputOption
from esm.domain.values.limits import LARGEST_NUMBER


@example("esm undo", "esm undo 12 --dry-run")
def undo(
    context: typer.Context,
    operation: Annotated[
        int | None,
        typer.Argument(
            min=1,
            max=LARGEST_NUMBER,
            metavar="[OPERATION]",
            help=_("Its number in `esm history`; by default the last."),
        ),
    ] = None,
    *,
    dry_run: DryRunOption = False,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Take the last operation back, or the one named."""
    from esm.sheets.desk import history  # noqa: PLC0415
    from esm.usecases.desk import undo as undoing  # noqa: PLC0415

    desk = Context.of(context)
    with desk.reading() as reading:
        chosen = undoing.target(reading, operation)
    with desk.writing(dry_run=dry_run, undoes=chosen.id) as writing:
        rows = undoing.undo(writing, chosen, desk.today)
    desk.show(history.undone_report(chosen, rows), Output(format, output, force))
