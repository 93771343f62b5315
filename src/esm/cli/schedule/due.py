"""`esm due`: the due list."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.schedule.reminder_options import ReminderOptions
from esm.cli.shell.command_decorators import listing
from esm.cli.shell.context import Context
from esm.cli.shell.options import Listing, flag, option
from esm.cli.shell.usage.chosen_cadre import ChosenCadre
from esm.domain.schedule.due_list import DueList
from esm.domain.values.intervals import FARTHEST_DAYS
from esm.errors import UsageRefused, say
from esm.sheets.schedule import due_list
from esm.usecases.register.first_record import require_records
from esm.usecases.schedule import due_list as reminding


@listing(
    "esm due --within 60 --cadre 1001",
    "esm due --digest reminders",
    "esm due --digest messages --message",
    of=[lambda none: due_list.due_sheet(DueList(none, 0, has_overdue=False))],
)
def due(
    desk: Context,
    *,
    within: Annotated[
        int | None, option("DAYS", _("Look this many days ahead; by default 14."), min=0, max=FARTHEST_DAYS)
    ] = None,
    whose: ChosenCadre,
    subdistrict: Annotated[str | None, option("NAME", _("Only enterprises in this subdistrict."))] = None,
    department: Annotated[
        str | None, option("NAME", _("Only enterprises served by a cadre of this department."))
    ] = None,
    check: Annotated[bool, flag("--check", _("Exit with 1 if a visit is overdue."))] = False,
    reminders: ReminderOptions,
) -> None:
    """List the visits that are overdue or due soon, overdue ones first."""
    if reminders.is_given:
        _require_no_listing(desk, subdistrict, check=check)
        from esm.cli.schedule import due_digest  # noqa: PLC0415 - only reminders load what sends mail

        cadre = desk.read(lambda reading: whose.words(desk, reading)) if whose.mine else whose.cadre
        chosen = due_digest.Chosen(within=within, cadre=cadre, department=department, again=reminders.again)
        due_digest.remind(desk, chosen, reminders.digest, is_message=reminders.message, send=reminders.send)
        return
    with desk.reading() as reading:
        require_records(reading, desk.today)
        found = reminding.due_visits(
            reading, desk.today, within=within, cadre=whose.words(desk, reading), subdistrict=subdistrict,
            department=department, limit=desk.reach,
        )  # fmt: skip
    desk.show(due_list.due_sheet(found))
    if check and found.has_overdue:
        raise typer.Exit(1)


def _require_no_listing(desk: Context, subdistrict: str | None, *, check: bool) -> None:
    """Raise UsageRefused for options that say what a listing shows, which a reminder does not obey."""
    if subdistrict is not None or check or desk.known or desk.output != Listing(force=desk.output.force):
        raise UsageRefused(
            say(
                "--digest and --send can only be combined with --within, --cadre, --mine, --department, --message and "
                "--force."
            ),
            say("Omit the other options."),
        )
