"""`esm handover`: a cadre leaves, and others take over."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.context import Context, Output
from esm.cli.shell.days import day_of
from esm.cli.shell.help import example
from esm.cli.shell.options import CadreArgument, DryRunOption, ForceOption, FormatOption, OutputOption, WithPhonesOption
from esm.errors import UsageRefused, say


@example("esm handover 1001 --on 2026-12-01 --dry-run", "esm handover 1001 --to 1002 -o handover.xlsx")
def handover(
    context: typer.Context,
    cadre: CadreArgument,
    *,
    to: Annotated[str | None, typer.Option(metavar="CADRE", help=_("Give everything to this cadre."))] = None,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help=_("From when the successors serve; by default today."))
    ] = None,
    stay: Annotated[bool, typer.Option("--stay", help=_("The cadre keeps the post and serves nobody."))] = False,
    with_phones: WithPhonesOption = False,
    dry_run: DryRunOption = False,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Hand a cadre's enterprises over with the fewest moves."""
    from esm.sheets.pairing import handover as handover_sheet  # noqa: PLC0415
    from esm.usecases.pairing import handover as handing_over  # noqa: PLC0415

    if with_phones and dry_run:
        raise UsageRefused(
            say("A dry run keeps nothing, not even the note that phone numbers were shown."),
            say("Leave --with-phones or --dry-run out."),
        )
    desk = Context.of(context)
    day = desk.today if on is None else day_of(on)
    with desk.busy(say("Pairing")):
        done = desk.decide(
            lambda reading: handing_over.propose(reading, cadre, day, to=to, stays=stay),
            lambda writing, proposed: handing_over.apply(writing, proposed, desk.today),
            dry_run=dry_run,
        )
    desk.show(handover_sheet.handover_report(done, with_phones=with_phones), Output(format, output, force))
    if any(takeover.pair is None for takeover in done.takeovers):
        raise typer.Exit(1)
