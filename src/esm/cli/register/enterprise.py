"""`esm enterprise`: the enterprises on record."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated, Any

import typer

from esm.cli.shell.code_option import code_option
from esm.cli.shell.command_decorators import example, with_columns, with_dry_run, with_listing, with_output
from esm.cli.shell.context import Context
from esm.cli.shell.field_options import column_options
from esm.cli.shell.options import (
    EnterpriseArgument,
    ExactOption,
    WithPhonesOption,
)
from esm.domain.register.columns import ENTERPRISES
from esm.domain.register.enterprises import Tier
from esm.sheets.register import enterprises
from esm.sheets.reports import dossier
from esm.usecases.register import enterprises as enrolling
from esm.usecases.register import typed_values

Subdistrict = Annotated[str | None, typer.Option(metavar="NAME", help=_("Subdistrict of the enterprise."))]
TierOption = Annotated[Tier | None, code_option(Tier, help=_("Tier of the enterprise."))]
SPELLED = {
    "industry_code": "--industry", "qualified": "--qualified/--not-qualified",
    "above_scale": "--above-scale/--below-scale",
}  # fmt: skip
# An enterprise leaves the register by `exit`.
ADDED = column_options(ENTERPRISES, SPELLED, left_out=["exited_on"], required=["name"])
EDITED = column_options(ENTERPRISES, SPELLED, left_out=["exited_on"])


@example("esm enterprise list --tier A")
@with_listing
def list_(
    desk: Context,
    *,
    subdistrict: Subdistrict = None,
    tier: TierOption = None,
    with_phones: WithPhonesOption = False,
    exact: ExactOption = False,
) -> None:
    """List the enterprises."""
    with desk.disclosing(with_phones) as reading:
        found = enrolling.list_enterprises(reading, desk.today, subdistrict=subdistrict, tier=tier)
    desk.show(enterprises.enterprise_sheet(found, with_phones=with_phones, exact=exact))


@example("esm enterprise show 913302000000000001")
@with_output
def show(
    desk: Context,
    enterprise: EnterpriseArgument,
    *,
    with_phones: WithPhonesOption = False,
    exact: ExactOption = False,
) -> None:
    """Show one record in full."""
    with desk.disclosing(with_phones) as reading:
        file = enrolling.show_enterprise(reading, enterprise, desk.today)
    desk.show(dossier.enterprise_report(file, with_phones=with_phones, exact=exact))


@example("esm enterprise add CODE --name NAME --tier B --above-scale")
@with_output
@with_dry_run
@with_columns(ADDED)
def add(
    desk: Context,
    uscc: Annotated[str, typer.Argument(metavar="CODE", help=_("Unified social credit code."))],
    values: dict[str, Any],
) -> None:
    """Add an enterprise."""
    record = typed_values.column_values(ENTERPRISES, {"uscc": uscc, **values})
    with desk.writing() as writing:
        file = enrolling.add_enterprise(writing, record, desk.today)
    desk.show(dossier.enterprise_report(file))


@example("esm enterprise edit CODE --tier A")
@with_output
@with_dry_run
@with_columns(EDITED)
def edit(desk: Context, enterprise: EnterpriseArgument, values: dict[str, Any]) -> None:
    """Change the record of an enterprise."""
    record = typed_values.column_values(ENTERPRISES, values)
    with desk.writing() as writing:
        file = enrolling.edit_enterprise(writing, enterprise, record, desk.today)
    desk.show(dossier.enterprise_report(file))


@example("esm enterprise exit CODE")
@with_output
@with_dry_run
def exit_(
    desk: Context,
    enterprise: EnterpriseArgument,
    *,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help=_("First day off the register; by default today."))
    ] = None,
) -> None:
    """Record that an enterprise left the register."""
    day = desk.day(on)
    with desk.writing() as writing:
        file = enrolling.exit_enterprise(writing, enterprise, day, desk.today)
    desk.show(dossier.enterprise_report(file))
