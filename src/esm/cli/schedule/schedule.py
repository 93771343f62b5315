"""`esm schedule`: plans the visits."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.context import Context, Output
from esm.cli.shell.days import day_of
from esm.cli.shell.help import example
from esm.cli.shell.options import DryRunOption, ForceOption, FormatOption, OutputOption
from esm.errors import say


@example("esm schedule --until 2027-06-30 --dry-run")
def schedule(
    context: typer.Context,
    *,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help=_("Plan visits due up to this day; by default two cadences."))
    ] = None,
    dry_run: DryRunOption = False,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Plan every due visit on a working day."""
    from esm.sheets.schedule import plan  # noqa: PLC0415
    from esm.usecases.schedule import plan as scheduling  # noqa: PLC0415

    desk = Context.of(context)
    last = None if until is None else day_of(until)
    with desk.busy(say("Planning visits")):
        planned = desk.decide(
            lambda reading: scheduling.propose(reading, desk.today, last),
            lambda writing, proposed: scheduling.apply(writing, proposed, desk.today),
            dry_run=dry_run,
        )
    desk.show(plan.schedule_report(planned), Output(format, output, force))
