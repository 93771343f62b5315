"""`esm visit plan` and `confirm`: a visit planned by hand, and agreed with the enterprise."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

from esm.cli.shell.command_decorators import change
from esm.cli.shell.context import Context
from esm.cli.shell.options import EnterpriseArgument, argument, option
from esm.cli.shell.usage.typed_time import time_if_any
from esm.sheets.schedule import planned_visit
from esm.usecases.schedule import plan_by_hand


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
    news = desk.write(plan_by_hand.plan_visit, enterprise, on=desk.day(on), today=desk.today, cadre=cadre)
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
    news = desk.write(
        plan_by_hand.confirm_plan, visit, today=desk.today, on=desk.day_if_any(on), starts_at=time_if_any(at)
    )
    desk.show(planned_visit.plan_report(news))
