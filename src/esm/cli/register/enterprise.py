"""`esm enterprise`: the enterprises on record."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.code_option import code_option
from esm.cli.shell.command import example, with_dry_run, with_listing, with_output
from esm.cli.shell.context import Context
from esm.cli.shell.options import (
    EnterpriseArgument,
    ExactOption,
    WithPhonesOption,
)
from esm.domain.register.enterprises import Tier
from esm.domain.values.money import LARGEST_NUMBER
from esm.sheets.register import enterprises
from esm.sheets.reports import dossier
from esm.usecases.register import enterprises as enrolling
from esm.usecases.register import typed_values

Text = Annotated[str | None, typer.Option(metavar="TEXT")]
Name = Annotated[str | None, typer.Option(metavar="NAME", help=_("Its name."))]
Industry = Annotated[str | None, typer.Option("--industry", metavar="CODE", help=_("Its code of GB/T 4754-2017."))]
Subdistrict = Annotated[str | None, typer.Option(metavar="NAME", help=_("Where it lies."))]
Address = Annotated[str | None, typer.Option(metavar="TEXT", help=_("Its address."))]
Revenue = Annotated[str | None, typer.Option(metavar="NUMBER", help=_("Revenue a year, in 10 000 yuan."))]
Employees = Annotated[
    int | None, typer.Option(min=0, max=LARGEST_NUMBER, metavar="NUMBER", help=_("How many work there."))
]
Qualified = Annotated[
    bool | None, typer.Option("--qualified/--not-qualified", help=_("Whether it holds a building qualification."))
]
TierOption = Annotated[Tier | None, code_option(Tier, help=_("How important it is."))]
AboveScale = Annotated[
    bool | None, typer.Option("--above-scale/--below-scale", help=_("What the register says; silent: predicted."))
]
EnrolledOn = Annotated[str | None, typer.Option("--enrolled-on", metavar="DATE", help=_("When it was enrolled."))]
ContactName = Annotated[str | None, typer.Option("--contact-name", metavar="NAME", help=_("Whom to speak to."))]
ContactTitle = Annotated[str | None, typer.Option("--contact-title", metavar="TEXT", help=_("The contact's post."))]
ContactPhone = Annotated[str | None, typer.Option("--contact-phone", metavar="PHONE", help=_("The contact's phone."))]


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
    """Show all that is known of one."""
    with desk.disclosing(with_phones) as reading:
        file = enrolling.show_enterprise(reading, enterprise, desk.today)
    desk.show(dossier.enterprise_report(file, with_phones=with_phones, exact=exact))


@example("esm enterprise add CODE --name NAME --tier B --above-scale")
@with_output
@with_dry_run
def add(
    desk: Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("Its unified social credit code."))],
    *,
    name: Annotated[str, typer.Option(metavar="NAME", help=_("Its name."))],
    industry_code: Industry = None,
    subdistrict: Subdistrict = None,
    address: Address = None,
    revenue: Revenue = None,
    employees: Employees = None,
    qualified: Qualified = None,
    tier: TierOption = None,
    above_scale: AboveScale = None,
    enrolled_on: EnrolledOn = None,
    contact_name: ContactName = None,
    contact_title: ContactTitle = None,
    contact_phone: ContactPhone = None,
) -> None:
    """Add an enterprise."""
    values = typed_values.values(
        uscc=code, name=name, industry_code=industry_code, subdistrict=subdistrict, address=address,
        revenue=revenue, employees=employees, qualified=qualified, tier=tier, above_scale=above_scale,
        enrolled_on=enrolled_on, contact_name=contact_name,
        contact_title=contact_title, contact_phone=contact_phone,
    )  # fmt: skip
    with desk.writing() as writing:
        file = enrolling.add_enterprise(writing, values, desk.today)
    desk.show(dossier.enterprise_report(file))


@example("esm enterprise edit CODE --tier A")
@with_output
@with_dry_run
def edit(
    desk: Context,
    enterprise: EnterpriseArgument,
    *,
    name: Name = None,
    industry_code: Industry = None,
    subdistrict: Subdistrict = None,
    address: Address = None,
    revenue: Revenue = None,
    employees: Employees = None,
    qualified: Qualified = None,
    tier: TierOption = None,
    above_scale: AboveScale = None,
    enrolled_on: EnrolledOn = None,
    contact_name: ContactName = None,
    contact_title: ContactTitle = None,
    contact_phone: ContactPhone = None,
) -> None:
    """Change what is known of one."""
    values = typed_values.values(
        name=name, industry_code=industry_code, subdistrict=subdistrict, address=address, revenue=revenue,
        employees=employees, qualified=qualified, tier=tier, above_scale=above_scale,
        enrolled_on=enrolled_on, contact_name=contact_name,
        contact_title=contact_title, contact_phone=contact_phone,
    )  # fmt: skip
    with desk.writing() as writing:
        file = enrolling.edit_enterprise(writing, enterprise, values, desk.today)
    desk.show(dossier.enterprise_report(file))


@example("esm enterprise exit CODE")
@with_output
@with_dry_run
def exit_(
    desk: Context,
    enterprise: EnterpriseArgument,
    *,
    on: Annotated[str | None, typer.Option(metavar="DATE", help=_("The first day outside; by default today."))] = None,
) -> None:
    """Let one leave the register."""
    day = desk.day(on)
    with desk.writing() as writing:
        file = enrolling.exit_enterprise(writing, enterprise, day, desk.today)
    desk.show(dossier.enterprise_report(file))
