"""`esm check`: the coverage checker."""

from __future__ import annotations

from gettext import gettext as _

import typer

from esm import sheets, usecases
from esm.cli.context import Context, Output
from esm.cli.help import example
from esm.cli.options import ForceOption, FormatOption, OutputOption


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        help=_("Check both promises: who is unserved, who was not visited; exits with 1 when something is found."),
        epilog=example("esm check --format json"),
    )(check)


def check(
    context: typer.Context,
    *,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Check both promises."""
    desk = Context.of(context)
    with desk.reading() as reading:
        found = usecases.checking.findings(reading, desk.today)
    desk.show(sheets.finding_sheet.finding_sheet(found), Output(format, output, force))
    if found:
        raise typer.Exit(1)
