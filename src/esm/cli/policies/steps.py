"""The steps of an enterprise through a policy: explained, applied, declined, money arrived."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.code_option import code_option
from esm.cli.shell.command import example, with_dry_run, with_output
from esm.cli.shell.context import Context
from esm.cli.shell.options import EnterpriseArgument
from esm.domain.policies.policy import Payment, PolicyAnswer, ReliefKind
from esm.domain.values.money import LARGEST_NUMBER
from esm.errors import UsageRefused, say
from esm.sheets.policies import policy as policy_sheet
from esm.sheets.policies.relief import relief_report
from esm.usecases.policies import figures, progress
from esm.usecases.register import typed_values

PolicyArgument = Annotated[str, typer.Argument(metavar="POLICY", help=_("Its code, or a part of its title."))]
On = Annotated[str | None, typer.Option(metavar="DATE", help=_("The day it happened; by default today."))]


@example("esm policy brief R1 913302000000000001 --visit 57")
@with_output
@with_dry_run
def brief(
    desk: Context, policy: PolicyArgument,
    enterprises: Annotated[list[str], typer.Argument(metavar="ENTERPRISE...", help=_("One or more enterprises."))],
    *, on: On = None,
    visit: Annotated[
        int | None,
        typer.Option(min=1, max=LARGEST_NUMBER, metavar="VISIT", help=_("The visit on which it was explained.")),
    ] = None,
    cadre: Annotated[
        str | None, typer.Option(metavar="CADRE", help=_("Who explained it; by default the cadre who serves it."))
    ] = None,
) -> None:  # fmt: skip
    """Record that a policy was explained."""
    with desk.writing() as writing:
        done = progress.record_briefing(
            writing, policy, enterprises, done_on=desk.day(on), today=desk.today, cadre=cadre, visit_id=visit
        )
    desk.show(policy_sheet.recorded_report(done))


@example("esm policy apply R1 913302000000000001")
@with_output
@with_dry_run
def apply(
    desk: Context, policy: PolicyArgument, enterprise: EnterpriseArgument, *, on: On = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help=_("What is worth knowing."))] = None,
) -> None:  # fmt: skip
    """Record that an enterprise applied."""
    with desk.writing() as writing:
        done = progress.record_answer(
            writing, policy, enterprise, kind=PolicyAnswer.APPLIED, done_on=desk.day(on), today=desk.today, note=note
        )
    desk.show(policy_sheet.recorded_report(done))


@example('esm policy decline R1 913302000000000001 --reason "…"')
@with_output
@with_dry_run
def decline(
    desk: Context, policy: PolicyArgument, enterprise: EnterpriseArgument, *, on: On = None,
    not_applicable: Annotated[
        bool, typer.Option("--not-applicable", help=_("It does not apply to the enterprise after all."))
    ] = False,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help=_("Why."))] = None,
) -> None:  # fmt: skip
    """Record that an enterprise does not take a policy."""
    kind = PolicyAnswer.NOT_APPLICABLE if not_applicable else PolicyAnswer.DECLINED
    with desk.writing() as writing:
        done = progress.record_answer(
            writing, policy, enterprise, kind=kind, done_on=desk.day(on), today=desk.today, note=reason
        )
    desk.show(policy_sheet.recorded_report(done))


@example("esm policy relief --year 2026", "esm policy relief R1 913302000000000001 --amount 200000 --kind subsidy")
@with_output
@with_dry_run
def relief(
    desk: Context,
    policy: Annotated[str | None, typer.Argument(metavar="[POLICY]", help=_("The policy it came through."))] = None,
    enterprise: Annotated[
        str | None, typer.Argument(metavar="[ENTERPRISE]", help=_("The enterprise that it reached."))
    ] = None,
    *,
    amount: Annotated[
        str | None, typer.Option(metavar="YUAN", help=_("How much, in yuan, such as 200000 or 20万."))
    ] = None,
    kind: Annotated[ReliefKind | None, code_option(ReliefKind, help=_("What kind of money."))] = None,
    on: On = None,
    again: Annotated[
        bool, typer.Option("--again", help=_("This is another payment of that kind on that day."))
    ] = False,
    year: Annotated[int | None, typer.Option(min=2000, max=2100, metavar="YEAR", help=_("Only of this year."))] = None,
) -> None:  # fmt: skip
    """Sum the money that arrived, or record some."""
    if policy is None:
        _show_sums(desk, year, recorded=(amount, kind, on, again or None))
        return
    if enterprise is None or amount is None or kind is None or year is not None:
        raise UsageRefused(
            say("Money is recorded with policy, enterprise, --amount and --kind."),
            say("Without any of them, `esm policy relief` sums what arrived, by policy too."),
        )
    sum_ = typed_values.amount_in_yuan(amount)
    with desk.writing() as writing:
        payment = Payment(kind=kind, amount=sum_, done_on=desk.day(on), again=again)
        done = progress.record_relief(writing, policy, enterprise, payment, today=desk.today)
    desk.show(policy_sheet.recorded_report(done))


def _show_sums(desk: Context, year: int | None, *, recorded: tuple[object, ...]) -> None:

    if any(word is not None for word in recorded):
        raise UsageRefused(
            say("Money is recorded with policy, enterprise, --amount and --kind."),
            say("Without any of them, `esm policy relief` sums what arrived, by policy too."),
        )
    if year is not None and year > desk.today.year:
        raise UsageRefused(say("The year {year} has not begun.", year=year), say("Name this year or an earlier one."))
    since = None if year is None else date(year, 1, 1)
    until = desk.today if year is None else min(desk.today, date(year, 12, 31))
    with desk.reading() as reading:
        sums = figures.relief_sums(reading, until, since=since)
    desk.show(relief_report(sums))
