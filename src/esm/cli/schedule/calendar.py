"""`esm calendar`: the working days, and the planned visits as calendar files."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import Annotated

import typer

from esm.cli.schedule import calendar_export
from esm.cli.shell.context import Context, Output
from esm.cli.shell.help import example
from esm.cli.shell.options import DryRunOption, ForceOption, FormatOption, OutputOption
from esm.errors import say


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(
        help=_("Working days and holidays; planned visits as calendar files."),
        epilog=example("esm calendar show", "esm calendar export --help"),
    )
    group.command(
        "import",
        help=_("Take a published holiday list or a local rule in; plans that depend on it are made anew."),
        epilog=example("esm calendar import 2027.json", "esm calendar import local.csv --local --dry-run"),
    )(import_)
    group.command(
        help=_("Show the days off and the make-up days of a year."), epilog=example("esm calendar show 2027")
    )(show)
    group.command(
        help=_("Write the planned visits for a calendar program (.ics); take it in again whenever they change."),
        epilog=example("esm calendar export --cadre 1001 -o visits.ics", "esm calendar export --all -o calendars"),
    )(calendar_export.export)
    app.add_typer(group, name="calendar")


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
