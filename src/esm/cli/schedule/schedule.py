"""`esm schedule`: plans the visits."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

from esm.cli.shell.command_decorators import change
from esm.cli.shell.context import Context
from esm.cli.shell.options import option
from esm.errors import say
from esm.sheets.schedule import plan
from esm.usecases.schedule import plan as scheduling


@change("esm schedule --until 2027-06-30 --dry-run", is_report=True)
def schedule(
    desk: Context,
    *,
    until: Annotated[
        str | None, option("DATE", _("Plan visits due up to this date; by default two visit intervals ahead."))
    ] = None,
) -> None:
    """Plan every due visit on a working day."""
    last = desk.day_if_any(until)
    with desk.busy(say("Planning visits")):
        planned = desk.decide(scheduling.propose, scheduling.apply, desk.today, last)
    desk.show(plan.schedule_report(planned))
