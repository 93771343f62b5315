"""`esm visit plan`, `confirm`, and `promise`: agreements with an enterprise for the future."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.command_decorators import example, with_dry_run, with_listing, with_output
from esm.cli.shell.context import Context
from esm.cli.shell.options import EnterpriseArgument, day_of
from esm.domain.values.money import LARGEST_NUMBER
from esm.sheets.schedule import planned_visit
from esm.sheets.visits import visit as visit_sheet
from esm.usecases.schedule import plan_by_hand
from esm.usecases.visits import promises as promising


@example("esm visit plan 913302000000000001 --on 2026-12-10")
@with_output
@with_dry_run
def plan(
    desk: Context,
    enterprise: EnterpriseArgument,
    *,
    on: Annotated[str, typer.Option(metavar="DATE", help=_("Date of the visit."))],
    cadre: Annotated[
        str | None,
        typer.Option(metavar="CADRE", help=_("Cadre who will visit; by default the cadre who serves the enterprise.")),
    ] = None,
) -> None:
    """Plan a visit by hand."""
    with desk.writing() as writing:
        news = plan_by_hand.plan_visit(writing, enterprise, on=day_of(on), today=desk.today, cadre=cadre)
    desk.show(planned_visit.plan_report(news))


@example("esm visit confirm 913302000000000001 --on 2026-12-10", "esm visit confirm P12")
@with_output
@with_dry_run
def confirm(
    desk: Context,
    visit: Annotated[
        str,
        typer.Argument(
            metavar="ENTERPRISE|VISIT", help=_("The enterprise, or the number of a planned visit, such as P12.")
        ),
    ],
    *,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help=_("The agreed date; by default the planned date."))
    ] = None,
) -> None:
    """Record that a planned visit is agreed with the enterprise."""
    with desk.writing() as writing:
        news = plan_by_hand.confirm_plan(writing, visit, today=desk.today, on=None if on is None else day_of(on))
    desk.show(planned_visit.plan_report(news))


@example("esm visit promise list --cadre 1001")
@with_listing
def promises(
    desk: Context,
    *,
    enterprise: Annotated[str | None, typer.Option(metavar="ENTERPRISE", help=_("Only this enterprise."))] = None,
    cadre: Annotated[str | None, typer.Option(metavar="CADRE", help=_("Only enterprises this cadre serves."))] = None,
) -> None:
    """List the promises that have not been kept yet."""
    with desk.reading() as reading:
        found = promising.open_promises(reading, desk.today, enterprise=enterprise, cadre=cadre)
    desk.show(visit_sheet.promise_sheet(found, desk.today))


@example("esm visit promise done 3")
@with_output
@with_dry_run
def kept(
    desk: Context,
    promise: Annotated[
        int,
        typer.Argument(min=1, max=LARGEST_NUMBER, metavar="PROMISE", help=_("Number in `esm visit promise list`.")),
    ],
    *,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help=_("Date on which it was kept; by default today."))
    ] = None,
) -> None:
    """Record that a promise was kept."""
    with desk.writing() as writing:
        found = promising.keep(writing, promise, on=desk.day(on), today=desk.today)
    desk.show(visit_sheet.promise_sheet([found], desk.today))
