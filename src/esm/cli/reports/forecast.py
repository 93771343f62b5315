"""`esm forecast`: whether the promise of regular visits will hold."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.command_decorators import query
from esm.cli.shell.context import Context
from esm.cli.shell.options import flag, option
from esm.errors import say
from esm.sheets.reports import forecast as forecast_sheet
from esm.usecases.register.first_record import require_records
from esm.usecases.reports import forecast as forecasting


@query("esm forecast", "esm forecast --until 2026-12-31 -o forecast.xlsx")
def forecast(
    desk: Context,
    *,
    until: Annotated[
        str | None, option("DATE", _("Forecast for this date; by default the last day of this two-month period."))
    ] = None,
    check: Annotated[bool, flag("--check", _("Exit with 1 if the promise will not hold with the plan."))] = False,
) -> None:
    """Forecast whether the promise of regular visits will hold, and the fewest changes that keep it."""
    last = desk.day_if_any(until)
    with desk.busy(say("Forecasting")), desk.reading() as reading:
        require_records(reading, desk.today)
        found = forecasting.forecast(reading, desk.today, last)
    desk.show(forecast_sheet.forecast_report(found))
    if not found.is_planned or found.lapsed or found.is_beyond_plan:
        last = max(found.until, found.planned_until or found.until)
        desk.note(say("Plan the visits with `esm schedule --until {until}`.", until=last))
    if check and not found.will_hold:
        raise typer.Exit(1)
