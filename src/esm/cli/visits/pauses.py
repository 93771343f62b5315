"""`esm enterprise pause`, `blackout`, `resume` and `peace`: days on which an enterprise is not to be visited."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.command_decorators import example, with_dry_run, with_output
from esm.cli.shell.context import Context
from esm.cli.shell.options import EnterpriseArgument, day_of
from esm.sheets.visits import burden
from esm.usecases.register import typed_values
from esm.usecases.visits import pauses


@example('esm enterprise pause CODE --until 2027-01-31 --reason "…"')
@with_output
@with_dry_run
def pause(
    desk: Context,
    enterprise: EnterpriseArgument,
    *,
    reason: Annotated[str, typer.Option(metavar="TEXT", help=_("Reason for the pause."))],
    until: Annotated[str | None, typer.Option(metavar="DATE", help=_("Last day; if omitted, until resumed."))] = None,
    from_: Annotated[str | None, typer.Option("--from", metavar="DATE", help=_("First day; by default today."))] = None,
) -> None:
    """Pause the visit clock of an enterprise."""
    told = typed_values.values(reason=reason)
    with desk.writing() as writing:
        found = pauses.pause(
            writing, enterprise, start_on=desk.day(from_),
            until=None if until is None else day_of(until), reason=told["reason"],
        )  # fmt: skip
    desk.show(burden.quiet_days_report(found))


@example("esm enterprise blackout CODE --from 2026-12-20 --until 2026-12-31")
@with_output
@with_dry_run
def blackout(
    desk: Context,
    enterprise: EnterpriseArgument,
    *,
    until: Annotated[str, typer.Option(metavar="DATE", help=_("Last day."))],
    from_: Annotated[str | None, typer.Option("--from", metavar="DATE", help=_("First day; by default today."))] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help=_("Reason."))] = None,
) -> None:
    """Block planned visits on certain days."""
    told = typed_values.values(reason=reason)
    with desk.writing() as writing:
        found = pauses.black_out(
            writing, enterprise, start_on=desk.day(from_), until=day_of(until),
            reason=told.get("reason"),
        )  # fmt: skip
    desk.show(burden.quiet_days_report(found))


@example("esm enterprise resume CODE")
@with_output
@with_dry_run
def resume(
    desk: Context,
    enterprise: EnterpriseArgument,
    *,
    on: Annotated[
        str | None,
        typer.Option(metavar="DATE", help=_("First day on which visits are allowed again; by default today.")),
    ] = None,
) -> None:
    """End a pause or a blackout."""
    with desk.writing() as writing:
        found = pauses.resume(writing, enterprise, on=desk.day(on))
    desk.show(burden.quiet_days_report(found))


@example("esm enterprise peace CODE")
@with_output
def peace(
    desk: Context,
    enterprise: EnterpriseArgument,
) -> None:
    """Show the days on which an enterprise is not to be visited."""
    with desk.reading() as reading:
        found = pauses.show(reading, enterprise)
    desk.show(burden.quiet_days_report(found))
