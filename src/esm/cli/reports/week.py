"""`esm week`: one cadre's week, or a page for the phone of each cadre."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Annotated

from esm import formats
from esm.cli.shell import known_at
from esm.cli.shell.command_decorators import query
from esm.cli.shell.context import Context
from esm.cli.shell.options import Output, flag, option
from esm.cli.shell.usage.chosen_cadre import ChosenCadre
from esm.cli.shell.usage.exclusive_options import require_at_most_one
from esm.domain.desk.proof import FileNature
from esm.errors import UsageRefused, say
from esm.formats.proof import attachment
from esm.formats.write import file_set
from esm.sheets.reports.week import week_report
from esm.sheets.sheet.masked_phones import report_with_masked_phones
from esm.usecases.register.first_record import require_records
from esm.usecases.reports import week as weekly


@dataclass(frozen=True, slots=True)
class WeekOutput(Output):
    """The requested output of a week: with a folder, the pages of all cadres in it."""

    takes_folder = True


@dataclass(frozen=True, slots=True)
class WeekOfCadre(ChosenCadre):
    """The cadre whose week it is."""

    cadre: Annotated[str | None, option("CADRE", _("The week of this cadre; by default your own, see --actor."))] = None


@query("esm week", "esm week --cadre 1001 -o week.html", "esm week --all -o weeks", output=WeekOutput, is_report=False)
def week(
    desk: Context,
    *,
    whose: WeekOfCadre,
    each: Annotated[bool, flag("--all", _("One page per cadre, in the folder given with -o."))] = False,
    next_: Annotated[bool, flag("--next", _("The week after the one shown without it."))] = False,
) -> None:
    """Show one cadre's week."""
    require_at_most_one({"--all": each, "--mine": whose.mine, "--cadre": whose.cadre is not None})
    folder = desk.output.target
    if each:
        if folder is None or folder.suffix:
            raise UsageRefused(say("The weeks of all cadres are written into a folder."), say("Give -o FOLDER."))
        if desk.output.format not in {None, "html"}:
            raise UsageRefused(say("The weeks of all cadres are written as HTML."), say("Omit --format."))
        _write_all(desk, folder, is_next=next_)
        return
    if not desk.output.kind:
        raise UsageRefused(say("One week is written into a file."), say("Give -o FILE.html, or use --all."))
    with desk.reading() as reading:
        require_records(reading, desk.today)
        found = weekly.week(reading, whose.one(desk, reading), desk.today, is_next=next_)
        choices = weekly.form_choices(reading, desk.today) if desk.output.kind == "html" else None
    desk.show(week_report(found, choices))


def _write_all(desk: Context, folder: Path, *, is_next: bool) -> None:
    """Write the page of each cadre who has a visit in the week, all of them or none."""
    with desk.busy(say("Writing")), desk.reading() as reading:
        require_records(reading, desk.today)
        choices = weekly.form_choices(reading, desk.today)
        pages = {
            found.cadre.staff_no: week_report(found, choices)
            for found in weekly.weeks(reading, desk.today, is_next=is_next)
        }
    names = file_set.names(pages, ".html")
    contents = {
        names[staff_no]: attachment.with_nature(
            formats.data(report_with_masked_phones(page), "html", desk.today), "html", FileNature.WEEK
        )
        for staff_no, page in pages.items()
    }
    file_set.save(folder, contents, force=desk.output.force, keep_away_from=desk.place.files)
    known_at.note_in_files(desk)
    desk.note(say("Weeks written: {count}.", count=len(contents)))
