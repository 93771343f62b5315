"""`esm report`: how far the promises are kept."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated, Literal

import typer

from esm import sheets, usecases
from esm.cli.context import Context, Output, day_of
from esm.cli.help import example
from esm.cli.options import ForceOption, FormatOption, OutputOption


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        help=_("Report coverage: who is served, who was visited, and where not."),
        epilog=example("esm report coverage --as-of 2026-10-31", "esm report -o coverage.xlsx"),
    )(report)


def report(
    context: typer.Context,
    name: Annotated[
        Literal["coverage", "burden"], typer.Argument(metavar="[coverage|burden]", help=_("Which report."))
    ] = "coverage",
    *,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help=_("The day it stands on; by default today."))
    ] = None,
    period: Annotated[
        str | None, typer.Option(metavar="YYYY-MM", help=_("The two-month period, by either of its months."))
    ] = None,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Report coverage: who is served, who was visited, and where not."""
    desk = Context.of(context)
    day = desk.today if as_of is None else day_of(as_of)
    with desk.reading() as reading:
        if name == "burden":
            shown = sheets.peace_sheet.burden_report(usecases.sparing.burden(reading, day))
        else:
            shown = sheets.coverage_sheet.coverage_report(usecases.reporting.coverage(reading, day, period))
    desk.show(shown, Output(format, output, force))
