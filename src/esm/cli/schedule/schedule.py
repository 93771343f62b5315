"""`esm schedule`: plans the visits."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.command_decorators import example, with_dry_run, with_output
from esm.cli.shell.context import Context
from esm.cli.shell.options import day_of
from esm.errors import say
from esm.sheets.schedule import plan
from esm.usecases.schedule import plan as scheduling


@example("esm schedule --until 2027-06-30 --dry-run")
@with_output
@with_dry_run
def schedule(
    desk: Context,
    *,
    until: Annotated[
        str | None,
        typer.Option(metavar="DATE", help=_("Plan visits due up to this date; by default two visit intervals ahead.")),
    ] = None,
) -> None:
    """Plan every due visit on a working day."""
    last = None if until is None else day_of(until)
    with desk.busy(say("Planning visits")):
        planned = desk.decide(
            lambda reading: scheduling.propose(reading, desk.today, last),
            lambda writing, proposed: scheduling.apply(writing, proposed, desk.today),
        )
    desk.show(plan.schedule_report(planned))
