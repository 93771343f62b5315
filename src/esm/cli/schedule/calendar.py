"""`esm calendar`: working days, and planned visits as calendar files."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import Annotated

from esm.cli.shell.command_decorators import change, query
from esm.cli.shell.context import Context
from esm.cli.shell.options import argument, flag
from esm.errors import say
from esm.formats.read import holiday_list
from esm.sheets.schedule import workdays
from esm.usecases.schedule import workdays as calendaring


@change("esm calendar import 2027.json", "esm calendar import local.csv --local --dry-run")
def import_(
    desk: Context,
    file: Annotated[
        Path, argument("FILE", _("JSON published by holiday-cn, or CSV with the columns 日期, 类型, 名称."))
    ],
    *,
    local: Annotated[bool, flag("--local", _("A local rule, not the published holiday list of a year."))] = False,
) -> None:
    """Import a published holiday list or a local rule."""
    notice = calendaring.parse_notice(holiday_list.read(file), local=local)
    with desk.busy(say("Planning visits")):
        done = desk.decide(calendaring.propose, calendaring.apply, notice, desk.today)
    desk.show(workdays.calendar_change_report(done))


@query("esm calendar show 2027")
def show(
    desk: Context,
    year: Annotated[int | None, argument("[YEAR]", _("The year; by default this year."), min=1901, max=2199)] = None,
) -> None:
    """Show the days off and the make-up working days of a year."""
    desk.show(workdays.year_report(desk.read(calendaring.year_page, desk.today.year if year is None else year)))
