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
        Literal["coverage"], typer.Argument(metavar="[coverage]", help=_("Which report; there is one so far."))
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
    with desk.reading() as reading:
        coverage = usecases.reporting.coverage(reading, desk.today if as_of is None else day_of(as_of), period)
    desk.show(sheets.coverage_sheet.coverage_report(coverage), Output(format, output, force))
