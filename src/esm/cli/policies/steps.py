"""The steps of an enterprise through a policy: briefed, applied, declined, paid."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from typing import Annotated

from esm.cli.shell.command_decorators import change
from esm.cli.shell.context import Context
from esm.cli.shell.options import EnterpriseArgument, argument, code_option, flag, option
from esm.domain.policies.policy import Payment, PolicyAnswer, ReliefKind
from esm.errors import UsageRefused, say
from esm.sheets.policies import policy as policy_sheet
from esm.sheets.policies.relief import relief_report
from esm.usecases.policies import policy_queries, progress
from esm.usecases.register import typed_values

PolicyArgument = Annotated[str, argument("POLICY", _("Policy code, or part of the title."))]
On = Annotated[str | None, option("DATE", _("Date on which it happened; by default today."))]


@change("esm policy brief R1 913302000000000001 --visit 57")
def brief(
    desk: Context,
    policy: PolicyArgument,
    enterprises: Annotated[list[str], argument("ENTERPRISE...", _("One or more enterprises."))],
    *,
    on: On = None,
    visit: Annotated[int | None, option("VISIT", _("Visit during which the briefing took place."), min=1)] = None,
    cadre: Annotated[
        str | None, option("CADRE", _("Who gave the briefing; by default the cadre who serves the enterprise."))
    ] = None,
) -> None:
    """Record that enterprises were briefed on a policy."""
    done = desk.write(
        progress.record_briefing,
        policy,
        enterprises,
        done_on=desk.day(on),
        today=desk.today,
        cadre=cadre,
        visit_id=visit,
    )
    desk.show(policy_sheet.recorded_report(done))


@change("esm policy apply R1 913302000000000001")
def apply(
    desk: Context,
    policy: PolicyArgument,
    enterprise: EnterpriseArgument,
    *,
    on: On = None,
    note: Annotated[str | None, option("TEXT", _("A note."))] = None,
) -> None:
    """Record that an enterprise applied."""
    done = desk.write(
        progress.record_answer,
        policy,
        enterprise,
        kind=PolicyAnswer.APPLIED,
        done_on=desk.day(on),
        today=desk.today,
        note=note,
    )
    desk.show(policy_sheet.recorded_report(done))


@change('esm policy decline R1 913302000000000001 --reason "…"')
def decline(
    desk: Context,
    policy: PolicyArgument,
    enterprise: EnterpriseArgument,
    *,
    on: On = None,
    not_applicable: Annotated[
        bool, flag("--not-applicable", _("The policy turned out not to apply to the enterprise."))
    ] = False,
    reason: Annotated[str | None, option("TEXT", _("Reason."))] = None,
) -> None:
    """Record that an enterprise declined a policy, or that it does not apply."""
    kind = PolicyAnswer.NOT_APPLICABLE if not_applicable else PolicyAnswer.DECLINED
    done = desk.write(
        progress.record_answer, policy, enterprise, kind=kind, done_on=desk.day(on), today=desk.today, note=reason
    )
    desk.show(policy_sheet.recorded_report(done))


@change(
    "esm policy relief --year 2026", "esm policy relief R1 913302000000000001 --amount 200000 --kind subsidy",
    has_known_at=True,
)  # fmt: skip
def relief(
    desk: Context,
    policy: Annotated[str | None, argument("[POLICY]", _("Policy under which it was paid."))] = None,
    enterprise: Annotated[str | None, argument("[ENTERPRISE]", _("Enterprise that received it."))] = None,
    *,
    amount: Annotated[str | None, option("YUAN", _("Amount in yuan, such as 200000, 1234.56 or 20万."))] = None,
    kind: Annotated[ReliefKind | None, code_option(ReliefKind, help=_("Kind of payment."))] = None,
    on: On = None,
    again: Annotated[bool, flag("--again", _("This is a further payment of the same kind on the same day."))] = False,
    year: Annotated[int | None, option("YEAR", _("Only payments of this year."), min=2000, max=2100)] = None,
) -> None:
    """Total the payments received, or record one. Raises UsageRefused for a year to come."""
    if policy is None and not again and amount is kind is on is None:
        _show_sums(desk, year)
        return
    if policy is None or enterprise is None or amount is None or kind is None or year is not None:
        raise UsageRefused(
            say("Recording a payment requires the policy, the enterprise, --amount and --kind."),
            say("Without any of them, `esm policy relief` totals the payments received, also by policy."),
        )
    sum_ = typed_values.amount_in_yuan(amount)
    with desk.writing() as writing:
        payment = Payment(kind=kind, amount=sum_, done_on=desk.day(on), again=again)
        done = progress.record_relief(writing, policy, enterprise, payment, today=desk.today)
    desk.show(policy_sheet.recorded_report(done))


def _show_sums(desk: Context, year: int | None) -> None:
    if year is not None and year > desk.today.year:
        raise UsageRefused(say("The year {year} has not begun.", year=year), say("Give this year or an earlier one."))
    since = None if year is None else date(year, 1, 1)
    until = desk.today if year is None else min(desk.today, date(year, 12, 31))
    desk.show(relief_report(desk.read(policy_queries.relief_sums, until, since=since)))
