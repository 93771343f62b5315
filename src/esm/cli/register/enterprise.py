"""`esm enterprise`: the enterprises on record."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated, Any

from esm.cli.shell.command_decorators import change, listing, query
from esm.cli.shell.context import Context
from esm.cli.shell.field_options import column_options
from esm.cli.shell.options import EnterpriseArgument, ExactOption, WithPhonesOption, argument, code_option, option
from esm.domain.register.columns import ENTERPRISES
from esm.domain.register.enterprise_record import Tier
from esm.sheets.register import enterprises
from esm.sheets.reports import dossier
from esm.sheets.sheet.selection import with_empty_of
from esm.usecases.register import enterprises as enrolling
from esm.usecases.register import typed_values

Subdistrict = Annotated[str | None, option("NAME", _("Subdistrict of the enterprise."))]
SinceOption = Annotated[
    str | None, option("DATE", _("Day from which the new tier, subdistrict and industry hold; by default today."))
]
TierOption = Annotated[Tier | None, code_option(Tier, help=_("Tier of the enterprise."))]
SPELLED = {
    "industry_code": "--industry", "qualified": "--qualified/--not-qualified",
    "above_scale": "--above-scale/--below-scale",
}  # fmt: skip
# An enterprise leaves the register by `exit`.
ADDED = column_options(ENTERPRISES, SPELLED, left_out=["exited_on"], required=["name"])
EDITED = column_options(ENTERPRISES, SPELLED, left_out=["exited_on"])


@listing("esm enterprise list --tier A", of=[enterprises.enterprise_sheet], is_screenful=True)
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
    shown = enterprises.enterprise_sheet(found, with_phones=with_phones, exact=exact)
    desk.show(with_empty_of(shown, subdistrict, tier))


@query("esm enterprise show 913302000000000001")
def show(
    desk: Context, enterprise: EnterpriseArgument, *, with_phones: WithPhonesOption = False, exact: ExactOption = False
) -> None:
    """Show one record in full."""
    with desk.disclosing(with_phones) as reading:
        file = enrolling.show_enterprise(reading, enterprise, desk.today)
    desk.show(dossier.enterprise_report(file, with_phones=with_phones, exact=exact))


@change("esm enterprise add CODE --name NAME --tier B --above-scale", columns=ADDED)
def add(
    desk: Context, uscc: Annotated[str, argument("CODE", _("Unified social credit code."))], values: dict[str, Any]
) -> None:
    """Add an enterprise."""
    record = typed_values.column_values(ENTERPRISES, {"uscc": uscc, **values}, desk.today)
    desk.show(dossier.enterprise_report(desk.write(enrolling.add_enterprise, record, desk.today)))


@change("esm enterprise edit CODE --tier A", columns=EDITED)
def edit(desk: Context, enterprise: EnterpriseArgument, values: dict[str, Any], *, since: SinceOption = None) -> None:
    """Change the record of an enterprise."""
    record = typed_values.column_values(ENTERPRISES, values, desk.today)
    begin = None if since is None else desk.day(since)
    desk.show(dossier.enterprise_report(desk.write(enrolling.edit_enterprise, enterprise, record, desk.today, begin)))


@change("esm enterprise exit CODE")
def exit_(
    desk: Context,
    enterprise: EnterpriseArgument,
    *,
    on: Annotated[str | None, option("DATE", _("First day off the register; by default today."))] = None,
) -> None:
    """Record that an enterprise left the register."""
    day = desk.day(on)
    desk.show(dossier.enterprise_report(desk.write(enrolling.exit_enterprise, enterprise, day, desk.today)))
