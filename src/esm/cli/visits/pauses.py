"""`esm enterprise pause`, `blackout`, `resume` and `peace`: days on which an enterprise is not to be visited."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

from esm.cli.shell.command_decorators import change, query
from esm.cli.shell.context import Context
from esm.cli.shell.options import EnterpriseArgument, option
from esm.sheets.visits import burden
from esm.usecases.register import typed_values
from esm.usecases.visits import pauses


@change('esm enterprise pause CODE --until 2027-01-31 --reason "…"')
def pause(
    desk: Context,
    enterprise: EnterpriseArgument,
    *,
    reason: Annotated[str, option("TEXT", _("Reason for the pause."))],
    until: Annotated[str | None, option("DATE", _("Last day; if omitted, until resumed."))] = None,
    from_: Annotated[str | None, option("DATE", _("First day; by default today."), "--from")] = None,
) -> None:
    """Pause the visit clock of an enterprise."""
    told = typed_values.values(reason=reason)
    found = desk.write(
        pauses.pause, enterprise, start_on=desk.day(from_), until=desk.day_if_any(until), reason=told["reason"]
    )
    desk.show(burden.quiet_days_report(found))


@change("esm enterprise blackout CODE --from 2026-12-20 --until 2026-12-31")
def blackout(
    desk: Context,
    enterprise: EnterpriseArgument,
    *,
    until: Annotated[str, option("DATE", _("Last day."))],
    from_: Annotated[str | None, option("DATE", _("First day; by default today."), "--from")] = None,
    reason: Annotated[str | None, option("TEXT", _("Reason."))] = None,
) -> None:
    """Block planned visits on certain days."""
    told = typed_values.values(reason=reason)
    found = desk.write(
        pauses.black_out, enterprise, start_on=desk.day(from_), until=desk.day(until), reason=told.get("reason")
    )
    desk.show(burden.quiet_days_report(found))


@change("esm enterprise resume CODE")
def resume(
    desk: Context,
    enterprise: EnterpriseArgument,
    *,
    on: Annotated[
        str | None, option("DATE", _("First day on which visits are allowed again; by default today."))
    ] = None,
) -> None:
    """End a pause or a blackout."""
    desk.show(burden.quiet_days_report(desk.write(pauses.resume, enterprise, on=desk.day(on))))


@query("esm enterprise peace CODE")
def peace(desk: Context, enterprise: EnterpriseArgument) -> None:
    """Show the days on which an enterprise is not to be visited."""
    desk.show(burden.quiet_days_report(desk.read(pauses.show, enterprise)))
