"""`esm calendar`: the working days, and the planned visits as calendar files."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import Annotated

import typer

from esm.cli.shell.context import Context, Output
from esm.cli.shell.help import example
from esm.cli.shell.options import DryRunOption, ForceOption, FormatOption, OutputOption
from esm.errors import say


@example("esm calendar import 2027.json", "esm calendar import local.csv --local --dry-run")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("JSON of holiday-cn, or CSV with 日期, 类型, 名称."))],
    *,
    local: Annotated[
        bool,
        typer.Option("--local", help=_("A rule of the place: it publishes no year.")),
    ] = False,
    dry_run: DryRunOption = False,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Take a published holiday list or a local rule in."""
    from esm.formats.read import calendar  # noqa: PLC0415 - only this command reads such files
    from esm.sheets.schedule import workdays  # noqa: PLC0415
    from esm.usecases.schedule import workdays as calendaring  # noqa: PLC0415

    desk = Context.of(context)
    notice = calendaring.understand(calendar.read(file), local=local)
    with desk.busy(say("Planning visits")):
        done = desk.decide(
            lambda reading: calendaring.propose(reading, notice, desk.today),
            lambda writing, proposed: calendaring.apply(writing, proposed, desk.today),
            dry_run=dry_run,
        )
    desk.show(workdays.imported_report(done), Output(format, output, force))


@example("esm calendar show 2027")
def show(
    context: typer.Context,
    year: Annotated[
        int | None, typer.Argument(min=1901, max=2199, metavar="[YEAR]", help=_("By default this year."))
    ] = None,
    *,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Show the days off and the make-up days of a year."""
    from esm.sheets.schedule import workdays  # noqa: PLC0415
    from esm.usecases.schedule import workdays as calendaring  # noqa: PLC0415

    desk = Context.of(context)
    with desk.reading() as reading:
        page = calendaring.page(reading, desk.today.year if year is None else year)
    desk.show(workdays.year_report(page), Output(format, output, force))
