"""`esm calendar export`: the planned visits for a calendar program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Annotated

from esm.cli.shell import known_at
from esm.cli.shell.command_decorators import command
from esm.cli.shell.context import Context
from esm.cli.shell.options import ForceOption, flag, option
from esm.cli.shell.usage.chosen_cadre import ChosenCadre
from esm.cli.shell.usage.exclusive_options import require_at_most_one
from esm.domain.schedule.calendar_event import Appointment
from esm.domain.values.grouping import grouped
from esm.errors import UsageRefused, say
from esm.formats.write import atomic_file, file_set, ics
from esm.sheets.reports.brief import brief_lines
from esm.sheets.schedule import invitations
from esm.usecases.reports import brief
from esm.usecases.schedule import calendar_events


@dataclass(frozen=True, slots=True)
class VisitsOfCadre(ChosenCadre):
    """The cadre to whose visits a calendar is narrowed."""

    cadre: Annotated[
        str | None, option("CADRE", _("Only the visits of this cadre; by default those of all cadres."))
    ] = None


@command("esm calendar export --cadre 1001 -o visits.ics", "esm calendar export --all -o calendars", has_known_at=True)
def export(
    desk: Context,
    *,
    whose: VisitsOfCadre,
    each: Annotated[bool, flag("--all", _("One file per cadre, in the folder given with -o."))] = False,
    target: Annotated[Path, option("FILE|FOLDER", _("File or folder to write to."), "--output", "-o")],
    force: ForceOption = False,
) -> None:
    """Export the planned visits as calendar files."""
    require_at_most_one({"--all": each, "--mine": whose.mine, "--cadre": whose.cadre is not None})
    if not each:
        if target.suffix.lower() != ".ics":
            raise UsageRefused(
                say("The name of a calendar file must end in .ics."), say("Give a file with -o FILE.ics, or use --all.")
            )
        atomic_file.require_free(target, force=force, keep_away_from=desk.place.files)
    with desk.busy(say("Generating the calendars")), desk.reading() as reading:
        found = calendar_events.appointments(reading, desk.today, whose.words(desk, reading))
        alarms = calendar_events.alarms(reading, found, desk.today)
        organizer = calendar_events.organizer(reading, desk.today)
        to_come = {each.plan_id: each.uscc for each in found if each.is_to_come(desk.today)}
        pages = brief.briefs(reading, set(to_come.values()), desk.today)
    briefs = {plan_id: tuple(brief_lines(pages[uscc])) for plan_id, uscc in to_come.items()}

    def content(visits: Sequence[Appointment], title: str) -> bytes:
        events = invitations.invitations(visits, alarms, briefs)
        return ics.content(events, title, today=desk.today, organizer=organizer)

    if not each:
        atomic_file.save(target, content(found, _("Enterprise visits")), force=force, keep_away_from=desk.place.files)
    else:
        own = grouped(found, lambda visit: visit.staff_no)
        names = file_set.names(own, ".ics")
        contents = {names[key]: content(visits, _title(visits)) for key, visits in own.items()}
        file_set.save(target, contents, force=force, keep_away_from=desk.place.files)
    known_at.note_in_files(desk)
    desk.note(say("Visits exported: {count}.", count=len(found)))


def _title(visits: list[Appointment]) -> str:
    return _("Enterprise visits of {cadre}").format(cadre=visits[0].cadre)
