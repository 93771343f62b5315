"""`esm visit promise`: what was promised to enterprises, and whether it was kept."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from typing import Annotated

from esm.cli.shell.command_decorators import change, listing
from esm.cli.shell.context import Context
from esm.cli.shell.options import argument, option
from esm.cli.shell.usage.chosen_cadre import ChosenCadre
from esm.sheets.visits import visit as visit_sheet
from esm.usecases.register.first_record import require_records
from esm.usecases.visits import promises


@listing("esm visit promise list --cadre 1001", of=[lambda none: visit_sheet.promise_sheet(none, date.min)])
def list_(
    desk: Context,
    *,
    enterprise: Annotated[str | None, option("ENTERPRISE", _("Only this enterprise."))] = None,
    whose: ChosenCadre,
) -> None:
    """List the promises that have not been kept yet."""
    with desk.reading() as reading:
        require_records(reading, desk.today)
        own = whose.words(desk, reading)
        found = promises.open_promises(reading, desk.today, enterprise=enterprise, cadre=own)
        made = promises.promises_made(reading, desk.today, enterprise=enterprise, cadre=own)
    desk.show(visit_sheet.promise_list(found, desk.today, made))


@change("esm visit promise done 3")
def done(
    desk: Context,
    promise: Annotated[int, argument("PROMISE", _("Number in `esm visit promise list`."), min=1)],
    *,
    on: Annotated[str | None, option("DATE", _("Date on which it was kept; by default today."))] = None,
) -> None:
    """Record that a promise was kept."""
    found = desk.write(promises.keep, promise, on=desk.day(on), today=desk.today)
    desk.show(visit_sheet.promise_sheet([found], desk.today))
