"""`esm visit plan`, `confirm`, and `promise`: agreements with an enterprise for the future."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from typing import Annotated

from esm.cli.shell.command_decorators import change, listing
from esm.cli.shell.context import Context
from esm.cli.shell.options import EnterpriseArgument, argument, day_if_any, day_of, option, time_if_any
from esm.sheets.schedule import planned_visit
from esm.sheets.visits import visit as visit_sheet
from esm.usecases.schedule import plan_by_hand
from esm.usecases.visits import promises as promising


@change("esm visit plan 913302000000000001 --on 2026-12-10")
def plan(
    desk: Context,
    enterprise: EnterpriseArgument,
    *,
    on: Annotated[str, option("DATE", _("Date of the visit."))],
    cadre: Annotated[
        str | None, option("CADRE", _("Cadre who will visit; by default the cadre who serves the enterprise."))
    ] = None,
) -> None:
    """Plan a visit by hand."""
    news = desk.write(plan_by_hand.plan_visit, enterprise, on=day_of(on), today=desk.today, cadre=cadre)
    desk.show(planned_visit.plan_report(news))


@change("esm visit confirm 913302000000000001 --on 2026-12-10", "esm visit confirm P12 --at 14:30")
def confirm(
    desk: Context,
    visit: Annotated[
        str, argument("ENTERPRISE|VISIT", _("The enterprise, or the number of a planned visit, such as P12."))
    ],
    *,
    on: Annotated[str | None, option("DATE", _("The agreed date; by default the planned date."))] = None,
    at: Annotated[str | None, option("TIME", _("The agreed time of day, such as 14:30."))] = None,
) -> None:
    """Record that a planned visit is agreed with the enterprise, or agreed anew."""
    news = desk.write(plan_by_hand.confirm_plan, visit, today=desk.today, on=day_if_any(on), starts_at=time_if_any(at))
    desk.show(planned_visit.plan_report(news))


@listing("esm visit promise list --cadre 1001", of=[lambda none: visit_sheet.promise_sheet(none, date.min)])
def promises(
    desk: Context,
    *,
    enterprise: Annotated[str | None, option("ENTERPRISE", _("Only this enterprise."))] = None,
    cadre: Annotated[str | None, option("CADRE", _("Only enterprises this cadre serves."))] = None,
) -> None:
    """List the promises that have not been kept yet."""
    found = desk.read(promising.open_promises, desk.today, enterprise=enterprise, cadre=cadre)
    desk.show(visit_sheet.promise_sheet(found, desk.today))


@change("esm visit promise done 3")
def kept(
    desk: Context,
    promise: Annotated[int, argument("PROMISE", _("Number in `esm visit promise list`."), min=1)],
    *,
    on: Annotated[str | None, option("DATE", _("Date on which it was kept; by default today."))] = None,
) -> None:
    """Record that a promise was kept."""
    found = desk.write(promising.keep, promise, on=desk.day(on), today=desk.today)
    desk.show(visit_sheet.promise_sheet([found], desk.today))
