"""`esm visit`: records visits, lists and cancels them."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated, Literal

import typer

from esm import sheets, usecases
from esm.cli.context import Context, Output, day_of
from esm.cli.help import example
from esm.cli.options import DryRunOption, ForceOption, FormatOption, LimitOption, OutputOption
from esm.domain.limits import LARGEST_NUMBER


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(
        help=_("Record, list and cancel visits."), epilog=example("esm visit log ENTERPRISE", "esm visit list --help")
    )
    group.command(
        help=_("Record a visit; it moves the clock when it took place on site and somebody was met."),
        epilog=example('esm visit log 913302000000000001 --on 2026-11-20 --minutes "…"'),
    )(log)
    group.command("list", help=_("List visits, newest first."), epilog=example("esm visit list --cadre 1001"))(list_)
    group.command(
        help=_("Cancel a visit that was recorded by mistake; the clock goes back."),
        epilog=example('esm visit cancel 57 --reason "…"'),
    )(cancel)
    app.add_typer(group, name="visit")


def log(
    context: typer.Context,
    enterprise: Annotated[str, typer.Argument(metavar="ENTERPRISE", help=_("Its code, or a part of its name."))],
    *,
    on: Annotated[str | None, typer.Option(metavar="DATE", help=_("The day of the visit; by default today."))] = None,
    cadre: Annotated[
        str | None, typer.Option(metavar="CADRE", help=_("Who went; by default the cadre who serves it."))
    ] = None,
    channel: Annotated[
        Literal["on_site", "phone", "online", "meeting"], typer.Option(help=_("Only a visit on site counts."))
    ] = "on_site",
    outcome: Annotated[
        Literal["met", "not_reached", "refused", "moved", "closed"], typer.Option(help=_("Only `met` counts."))
    ] = "met",
    minutes: Annotated[str | None, typer.Option(metavar="TEXT", help=_("What was said and promised."))] = None,
    dry_run: DryRunOption = False,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Record a visit."""
    desk = Context.of(context)
    with desk.writing(dry_run=dry_run) as writing:
        recorded = usecases.visiting.log(
            writing, enterprise, done_on=desk.today if on is None else day_of(on), today=desk.today,
            cadre=cadre, channel=channel, outcome=outcome, minutes=minutes,
        )  # fmt: skip
    desk.show(sheets.visit_sheet.recorded_report(recorded), Output(format, output, force))


def list_(
    context: typer.Context,
    *,
    enterprise: Annotated[str | None, typer.Option(metavar="ENTERPRISE", help=_("Only of this enterprise."))] = None,
    cadre: Annotated[str | None, typer.Option(metavar="CADRE", help=_("Only by this cadre."))] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help=_("From this day on."))] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help=_("Up to this day, inclusive."))] = None,
    limit: LimitOption = None,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List visits, newest first."""
    desk = Context.of(context)
    with desk.reading() as reading:
        found = usecases.visiting.listed(
            reading, enterprise=enterprise, cadre=cadre, since=None if since is None else day_of(since),
            until=desk.today if until is None else day_of(until), limit=-1 if limit is None else limit,
        )  # fmt: skip
    desk.show(sheets.visit_sheet.visit_sheet(found), Output(format, output, force))


def cancel(
    context: typer.Context,
    visit: Annotated[
        int, typer.Argument(min=1, max=LARGEST_NUMBER, metavar="VISIT", help=_("Its number in `esm visit list`."))
    ],
    *,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help=_("Why it is cancelled."))] = None,
    dry_run: DryRunOption = False,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Cancel a visit that was recorded by mistake."""
    desk = Context.of(context)
    with desk.writing(dry_run=dry_run) as writing:
        recorded = usecases.visiting.cancel(writing, visit, today=desk.today, reason=reason)
    desk.show(sheets.visit_sheet.recorded_report(recorded), Output(format, output, force))
