"""`esm visit plan`, `confirm`, and `promise`: what is agreed with an enterprise for the days to come."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.context import Context, Output
from esm.cli.shell.days import day_of
from esm.cli.shell.help import example
from esm.cli.shell.options import DryRunOption, EnterpriseArgument, ForceOption, FormatOption, OutputOption
from esm.domain.values.limits import LARGEST_NUMBER


@example("esm visit plan 913302000000000001 --on 2026-12-10")
def plan(
    context: typer.Context,
    enterprise: EnterpriseArgument,
    *,
    on: Annotated[str, typer.Option(metavar="DATE", help=_("The day of the visit."))],
    cadre: Annotated[
        str | None, typer.Option(metavar="CADRE", help=_("Who will go; by default the cadre who serves it."))
    ] = None,
    dry_run: DryRunOption = False,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Plan a visit by hand."""
    from esm.sheets.schedule import planned_visit  # noqa: PLC0415
    from esm.usecases.schedule import plan_by_hand  # noqa: PLC0415

    desk = Context.of(context)
    with desk.writing(dry_run=dry_run) as writing:
        news = plan_by_hand.plan(writing, enterprise, on=day_of(on), today=desk.today, cadre=cadre)
    desk.show(planned_visit.plan_report(news), Output(format, output, force))


@example("esm visit confirm 913302000000000001 --on 2026-12-10", "esm visit confirm P12")
def confirm(
    context: typer.Context,
    visit: Annotated[
        str, typer.Argument(metavar="ENTERPRISE|VISIT", help=_("The enterprise, or the planned visit, like P12."))
    ],
    *,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help=_("The day agreed; by default the one planned."))
    ] = None,
    dry_run: DryRunOption = False,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Note that a planned visit is agreed with the enterprise."""
    from esm.sheets.schedule import planned_visit  # noqa: PLC0415
    from esm.usecases.schedule import plan_by_hand  # noqa: PLC0415

    desk = Context.of(context)
    with desk.writing(dry_run=dry_run) as writing:
        news = plan_by_hand.confirm(writing, visit, today=desk.today, on=None if on is None else day_of(on))
    desk.show(planned_visit.plan_report(news), Output(format, output, force))


@example("esm visit promise list --cadre 1001")
def promises(
    context: typer.Context,
    *,
    enterprise: Annotated[str | None, typer.Option(metavar="ENTERPRISE", help=_("Only of this enterprise."))] = None,
    cadre: Annotated[str | None, typer.Option(metavar="CADRE", help=_("Only where this cadre serves."))] = None,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List the promises that are not kept yet."""
    from esm.sheets.visits import visit as visit_sheet  # noqa: PLC0415
    from esm.usecases.visits import promises as promising  # noqa: PLC0415

    desk = Context.of(context)
    with desk.reading() as reading:
        found = promising.open_promises(reading, desk.today, enterprise=enterprise, cadre=cadre)
    desk.show(visit_sheet.promise_sheet(found, desk.today), Output(format, output, force))


@example("esm visit promise done 3")
def kept(
    context: typer.Context,
    promise: Annotated[
        int,
        typer.Argument(min=1, max=LARGEST_NUMBER, metavar="PROMISE", help=_("Its number in `esm visit promise list`.")),
    ],
    *,
    on: Annotated[str | None, typer.Option(metavar="DATE", help=_("The day it was kept; by default today."))] = None,
    dry_run: DryRunOption = False,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Note that a promise was kept."""
    from esm.sheets.visits import visit as visit_sheet  # noqa: PLC0415
    from esm.usecases.visits import promises as promising  # noqa: PLC0415

    desk = Context.of(context)
    with desk.writing(dry_run=dry_run) as writing:
        found = promising.keep(writing, promise, on=desk.today if on is None else day_of(on), today=desk.today)
    desk.show(visit_sheet.promise_sheet([found], desk.today), Output(format, output, force))
