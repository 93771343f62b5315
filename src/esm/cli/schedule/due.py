"""`esm due`: the due list."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import Annotated

import typer

from esm.cli.shell.command_decorators import listing
from esm.cli.shell.context import Context
from esm.cli.shell.options import Listing, flag, option
from esm.cli.shell.usage.exclusive_options import require_at_most_one
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
    cadre: Annotated[str | None, option("CADRE", _("Only enterprises this cadre serves."))] = None,
    mine: Annotated[bool, flag("--mine", _("Only enterprises you serve; see --actor."))] = False,
    subdistrict: Annotated[str | None, option("NAME", _("Only enterprises in this subdistrict."))] = None,
    department: Annotated[
        str | None, option("NAME", _("Only enterprises served by a cadre of this department."))
    ] = None,
    check: Annotated[bool, flag("--check", _("Exit with 1 if a visit is overdue."))] = False,
    digest: Annotated[
        Path | None, option("FOLDER", _("Write one reminder per cadre, each as a Markdown file."))
    ] = None,
    message: Annotated[
        bool, flag("--message", _("With --digest: each as one short text for a messenger, at most 20 lines."))
    ] = False,
    send: Annotated[bool, flag("--send", _("Send the reminders by e-mail to the addresses on record."))] = False,
    again: Annotated[
        bool, flag("--again", _("With --send: also to those to whom the same was sent today, or may have been."))
    ] = False,
) -> None:
    """List the visits that are overdue or due soon, overdue ones first."""
    _require_sense(digest, is_mine=mine, has_cadre=cadre is not None, is_message=message)
    if again and not send:
        raise UsageRefused(say("--again can only be used with --send."), say("Add --send."))
    if digest is not None or send:
        _require_no_listing(desk, subdistrict, check=check)
        cadre = desk.read(reminding.own_staff_no, desk.actor) if mine else cadre
        from esm.cli.schedule import due_digest  # noqa: PLC0415 - only reminders load what sends mail

        chosen = due_digest.Chosen(within=within, cadre=cadre, department=department, again=again)
        due_digest.remind(desk, chosen, digest, is_message=message, send=send)
        return
    with desk.reading() as reading:
        require_records(reading, desk.today)
        cadre = reminding.own_staff_no(reading, desk.actor) if mine else cadre
        found = reminding.due_visits(
            reading, desk.today, within=within, cadre=cadre, subdistrict=subdistrict, department=department,
            limit=desk.reach,
        )  # fmt: skip
    desk.show(due_list.due_sheet(found))
    if check and found.has_overdue:
        raise typer.Exit(1)


def _require_sense(digest: Path | None, *, is_mine: bool, has_cadre: bool, is_message: bool) -> None:
    """Raise UsageRefused for options that contradict each other."""
    require_at_most_one({"--mine": is_mine, "--cadre": has_cadre})
    if is_message and digest is None:
        raise UsageRefused(say("--message can only be used with --digest."), say("Add --digest FOLDER."))


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
