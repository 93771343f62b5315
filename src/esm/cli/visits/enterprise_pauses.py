"""`esm enterprise pause`, `blackout`, `resume` and `peace`: when an enterprise is not to be visited."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.context import Context, Output
from esm.cli.shell.days import day_of
from esm.cli.shell.help import example
from esm.cli.shell.options import DryRunOption, EnterpriseArgument, ForceOption, FormatOption, OutputOption


@example('esm enterprise pause CODE --until 2027-01-31 --reason "…"')
def pause(
    context: typer.Context,
    enterprise: EnterpriseArgument,
    *,
    reason: Annotated[str, typer.Option(metavar="TEXT", help=_("Why it is paused."))],
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help=_("The last day; without it, until it is resumed."))
    ] = None,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help=_("The first day; by default today."))
    ] = None,
    dry_run: DryRunOption = False,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Pause its clock."""
    from esm.sheets.visits import burden  # noqa: PLC0415
    from esm.usecases.register import typed_values  # noqa: PLC0415
    from esm.usecases.visits import pauses  # noqa: PLC0415

    desk = Context.of(context)
    told = typed_values.values(reason=reason)
    with desk.writing(dry_run=dry_run) as writing:
        found = pauses.pause(
            writing, enterprise, start_on=desk.today if from_ is None else day_of(from_),
            until=None if until is None else day_of(until), reason=told["reason"],
        )  # fmt: skip
    desk.show(burden.quiet_days_report(found), Output(format, output, force))


@example("esm enterprise blackout CODE --from 2026-12-20 --until 2026-12-31")
def blackout(
    context: typer.Context,
    enterprise: EnterpriseArgument,
    *,
    until: Annotated[str, typer.Option(metavar="DATE", help=_("The last day."))],
    from_: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help=_("The first day; by default today."))
    ] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help=_("Why."))] = None,
    dry_run: DryRunOption = False,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Keep planned visits away on some days."""
    from esm.sheets.visits import burden  # noqa: PLC0415
    from esm.usecases.register import typed_values  # noqa: PLC0415
    from esm.usecases.visits import pauses  # noqa: PLC0415

    desk = Context.of(context)
    told = typed_values.values(reason=reason)
    with desk.writing(dry_run=dry_run) as writing:
        found = pauses.black_out(
            writing, enterprise, start_on=desk.today if from_ is None else day_of(from_), until=day_of(until),
            reason=told.get("reason"),
        )  # fmt: skip
    desk.show(burden.quiet_days_report(found), Output(format, output, force))


@example("esm enterprise resume CODE")
def resume(
    context: typer.Context,
    enterprise: EnterpriseArgument,
    *,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help=_("The first day on which it may be visited; by default today."))
    ] = None,
    dry_run: DryRunOption = False,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """End a pause or a blackout."""
    from esm.sheets.visits import burden  # noqa: PLC0415
    from esm.usecases.visits import pauses  # noqa: PLC0415

    desk = Context.of(context)
    with desk.writing(dry_run=dry_run) as writing:
        found = pauses.resume(writing, enterprise, on=desk.today if on is None else day_of(on))
    desk.show(burden.quiet_days_report(found), Output(format, output, force))


@example("esm enterprise peace CODE")
def peace(
    context: typer.Context,
    enterprise: EnterpriseArgument,
    *,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Show its days without visits."""
    from esm.sheets.visits import burden  # noqa: PLC0415
    from esm.usecases.visits import pauses  # noqa: PLC0415

    desk = Context.of(context)
    with desk.reading() as reading:
        found = pauses.show(reading, enterprise)
    desk.show(burden.quiet_days_report(found), Output(format, output, force))
