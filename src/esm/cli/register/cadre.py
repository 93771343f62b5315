"""`esm cadre`: the cadres on record."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated, Any

import typer

from esm.cli.shell.command_decorators import example, with_columns, with_dry_run, with_listing, with_output
from esm.cli.shell.context import Context
from esm.cli.shell.field_options import column_options
from esm.cli.shell.options import (
    CadreArgument,
    WithPhonesOption,
    day_of,
)
from esm.domain.register.columns import CADRES
from esm.errors import Message, UsageRefused, say
from esm.sheets.register import cadres as register_cadres
from esm.sheets.reports import dossier
from esm.usecases.register import absences, cadres, typed_values

# A cadre leaves by `leave`.
ADDED = column_options(CADRES, {}, left_out=["left_on"], required=["name"])
EDITED = column_options(CADRES, {}, left_out=["left_on"])


@example("esm cadre list --format csv")
@with_listing
def list_(
    desk: Context,
    *,
    department: Annotated[str | None, typer.Option(metavar="NAME", help=_("Department."))] = None,
    with_phones: WithPhonesOption = False,
) -> None:
    """List the cadres."""
    with desk.disclosing(with_phones) as reading:
        found = cadres.list_cadres(reading, desk.today, department=department)
    desk.show(register_cadres.cadre_sheet(found, with_phones=with_phones))


@example("esm cadre show 1001")
@with_output
def show(
    desk: Context,
    cadre: CadreArgument,
    *,
    with_phones: WithPhonesOption = False,
) -> None:
    """Show one record in full."""
    with desk.disclosing(with_phones) as reading:
        file = cadres.show_cadre(reading, cadre, desk.today)
    desk.show(dossier.cadre_report(file, with_phones=with_phones))


@example("esm cadre add 1001 --name NAME --rank 3")
@with_output
@with_dry_run
@with_columns(ADDED)
def add(
    desk: Context,
    staff_no: Annotated[str, typer.Argument(metavar="STAFF_NO", help=_("Staff number."))],
    values: dict[str, Any],
) -> None:
    """Add a cadre."""
    record = typed_values.column_values(CADRES, {"staff_no": staff_no, **values})
    with desk.writing() as writing:
        file = cadres.add_cadre(writing, record)
    desk.show(dossier.cadre_report(file))


@example("esm cadre edit 1001 --capacity 2")
@with_output
@with_dry_run
@with_columns(EDITED)
def edit(desk: Context, cadre: CadreArgument, values: dict[str, Any]) -> None:
    """Change a cadre's record."""
    record = typed_values.column_values(CADRES, values)
    with desk.writing() as writing:
        file = cadres.edit_cadre(writing, cadre, record, desk.today)
    desk.show(dossier.cadre_report(file))


@example("esm cadre leave 1001 --on 2026-12-01")
@with_output
@with_dry_run
def leave(
    desk: Context,
    cadre: CadreArgument,
    *,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help=_("First day no longer in post; by default today."))
    ] = None,
) -> None:
    """Record a cadre's departure."""
    day = desk.day(on)
    with desk.writing() as writing:
        file = cadres.leave_office(writing, cadre, day, desk.today)
    desk.show(dossier.cadre_report(file))


@example(
    "esm cadre absence 1001 --from 2026-12-01 --until 2026-12-31 --deputy 1002",
    "esm cadre absence 1001 --from 2026-12-01 --cancel",
)
@with_output
@with_dry_run
def absence(
    desk: Context,
    cadre: CadreArgument,
    *,
    start: Annotated[str, typer.Option("--from", metavar="DATE", help=_("First day of the absence."))],
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help=_("Last day of the absence."))] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help=_("Reason."))] = None,
    deputy: Annotated[str | None, typer.Option(metavar="CADRE", help=_("The deputy (B post)."))] = None,
    cancel: Annotated[bool, typer.Option("--cancel", help=_("Delete the absence that starts on --from."))] = False,
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
            file = absences.cancel(writing, cadre, desk.today, start_on=day_of(start))
        else:
            file, notes = absences.record(
                writing, cadre, desk.today, start_on=day_of(start), last_on=day_of(until), reason=said, deputy=deputy
            )
    desk.show(dossier.cadre_report(file, notes))
