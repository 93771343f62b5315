"""`esm cadre`: the cadres on record."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated, Any

from esm.cli.shell.command_decorators import change, listing, query
from esm.cli.shell.context import Context
from esm.cli.shell.field_options import column_options
from esm.cli.shell.options import CadreArgument, WithPhonesOption, argument, flag, option
from esm.cli.shell.usage.chosen_cadre import ChosenCadre
from esm.cli.shell.usage.exclusive_options import require_at_most_one
from esm.domain.register.columns import CADRES
from esm.errors import Message, UsageRefused, say
from esm.sheets.register import cadres as register_cadres
from esm.sheets.reports import dossier
from esm.sheets.sheet.selection import with_empty_of
from esm.usecases.register import absences, cadres, typed_values

# A cadre leaves by `leave`.
ADDED = column_options(CADRES, {}, left_out=["left_on"], required=["name"])
EDITED = column_options(CADRES, {}, left_out=["left_on"])


@listing("esm cadre list --format csv", of=[register_cadres.cadre_sheet])
def list_(
    desk: Context,
    *,
    department: Annotated[str | None, option("NAME", _("Department."))] = None,
    with_phones: WithPhonesOption = False,
) -> None:
    """List the cadres."""
    with desk.disclosing(with_phones) as reading:
        found = cadres.list_cadres(reading, desk.today, department=department)
    desk.show(with_empty_of(register_cadres.cadre_sheet(found, with_phones=with_phones), department))


@query("esm cadre show 1001", "esm cadre show --mine")
def show(
    desk: Context,
    cadre: Annotated[str | None, argument("[CADRE]", _("Staff number or name."))] = None,
    *,
    mine: Annotated[bool, flag("--mine", _("Your own record; see --actor."))] = False,
    with_phones: WithPhonesOption = False,
) -> None:
    """Show one record in full."""
    require_at_most_one({"CADRE": cadre is not None, "--mine": mine})
    if cadre is None and not mine:
        raise UsageRefused(say("Whose record is meant?"), say("Give the cadre, or --mine."))
    with desk.disclosing(with_phones) as reading:
        file = cadres.show_cadre(reading, ChosenCadre(cadre).one(desk, reading), desk.today)
    desk.show(dossier.cadre_report(file, with_phones=with_phones))


@change("esm cadre add 1001 --name NAME --rank 3", columns=ADDED)
def add(
    desk: Context, staff_no: Annotated[str, argument("STAFF_NO", _("Staff number."))], values: dict[str, Any]
) -> None:
    """Add a cadre."""
    record = typed_values.column_values(CADRES, {"staff_no": staff_no, **values}, desk.today)
    desk.show(dossier.cadre_report(desk.write(cadres.add_cadre, record)))


@change("esm cadre edit 1001 --capacity 2", columns=EDITED)
def edit(
    desk: Context,
    cadre: CadreArgument,
    values: dict[str, Any],
    *,
    since: Annotated[
        str | None, option("DATE", _("Day from which the new department holds; by default today."))
    ] = None,
) -> None:
    """Change a cadre's record."""
    record = typed_values.column_values(CADRES, values, desk.today)
    begin = None if since is None else desk.day(since)
    desk.show(dossier.cadre_report(desk.write(cadres.edit_cadre, cadre, record, desk.today, begin)))


@change("esm cadre leave 1001 --on 2026-12-01")
def leave(
    desk: Context,
    cadre: CadreArgument,
    *,
    on: Annotated[str | None, option("DATE", _("First day no longer in post; by default today."))] = None,
) -> None:
    """Record a cadre's departure."""
    file, notes = desk.write(cadres.leave_office, cadre, desk.day(on), desk.today)
    desk.show(dossier.cadre_report(file, notes))


@change(
    "esm cadre absence 1001 --from 2026-12-01 --until 2026-12-31 --deputy 1002",
    "esm cadre absence 1001 --from 2026-12-01 --cancel",
)
def absence(
    desk: Context,
    cadre: CadreArgument,
    *,
    start: Annotated[str, option("DATE", _("First day of the absence."), "--from")],
    until: Annotated[str | None, option("DATE", _("Last day of the absence."), "--until")] = None,
    reason: Annotated[str | None, option("TEXT", _("Reason."))] = None,
    deputy: Annotated[str | None, option("CADRE", _("The deputy (B post)."))] = None,
    cancel: Annotated[bool, flag("--cancel", _("Delete the absence that starts on --from."))] = False,
) -> None:
    """Record or delete an absence with its deputy."""
    if (until is None) is not cancel:
        raise UsageRefused(
            say("Recording an absence needs --until; deleting one needs --cancel."), say("Use only one of the two.")
        )
    said = typed_values.typed_text(reason)
    notes: tuple[Message, ...] = ()
    with desk.writing() as writing:
        if until is None:
            file = absences.cancel(writing, cadre, desk.today, start_on=desk.day(start))
        else:
            file, notes = absences.record(
                writing,
                cadre,
                desk.today,
                start_on=desk.day(start),
                last_on=desk.day(until),
                reason=said,
                deputy=deputy,
            )
    desk.show(dossier.cadre_report(file, notes))
