"""Policies as sheets: the list with its funnels, one policy, gaps, and the money that arrived."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from gettext import gettext as _

from esm.domain.policies.funnel import Funnel, PolicyGap, PolicyStanding, ReliefSum
from esm.domain.policies.policy import Policy
from esm.domain.policies.records import GapList, PolicyDossier, PolicyList, RecordedSteps, ReliefSums
from esm.sheets.requests import terms as request_terms
from esm.sheets.sheet import terms
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet
from esm.sheets.sheet.wording import tell, word

Sums = Sequence[tuple[str | None, ReliefSum]]


def policy_sheet(found: PolicyList, *, with_shares: bool = False) -> Sheet:
    """Return the policies, for people with counts or with shares; the keys are the contract of `esm policy list`."""
    columns = (
        Column("code", _("Policy code")), Column("title", _("Policy")), Column("source", _("Source"), table=False),
        Column("gives", _("Gives"), table=False), Column("worth", _("Worth (yuan)"), table=False),
        Column("start_on", _("From"), table=False), Column("until_on", _("Last day"), table=not with_shares),
        *(_for_people(column, with_shares) for column in funnel_columns()),
        Column("relief", _("Relief (yuan)"), table=False), Column("loans", _("Loans (yuan)"), table=False),
    )  # fmt: skip
    rows = [
        (
            record.policy.code, record.policy.title, record.policy.source, record.policy.gives, record.policy.worth,
            record.policy.start_on, record.policy.until_on, *funnel_cells(record.funnel), record.relief.amount,
            record.relief.loans,
        )
        for record in found.records
    ]  # fmt: skip
    notes = tuple(map(tell, found.notes))
    return Sheet("policies", _("Policies"), columns, rows, notes, _("No policy is in force."))


def _for_people(column: Column, with_shares: bool) -> Column:
    """Return a column of a funnel, shown to people when it is one of the shares, or one of the four counts."""
    is_count = column.key in ("eligible", "explained", "applied", "received")
    is_share = not column.data and column.key != "told_eligible"
    return replace(column, table=is_share if with_shares else is_count)


def policy_report(file: PolicyDossier) -> Report:
    """Return one policy with its funnel and the enterprises that have begun with it."""
    sums = file.record.relief
    facts = (
        *_policy_facts(file.record.policy),
        Fact("as_of", _("As of"), file.as_of),
        *funnel_facts(file.record.funnel),
        Fact("relief", _("Relief (yuan)"), sums.amount),
        Fact("loans", _("Loans (yuan)"), sums.loans),
    )
    return Report(_("Policy"), facts, (standing_sheet(file.standings),), tuple(map(tell, file.notes)))


def recorded_report(progressed: RecordedSteps) -> Report:
    """Return what was just recorded."""
    policy = progressed.policy
    facts = (Fact("code", _("Policy code"), policy.code), Fact("title", _("Policy"), policy.title))
    return Report(_("Recorded"), facts, (standing_sheet(progressed.standings),), tuple(map(tell, progressed.notes)))


def gap_sheet(found: GapList) -> Sheet:
    """Return the gaps by cadre, most money first; where all are of one cadre, the title names that one."""
    cadres = {gap.standing.cadre for gap in found.gaps}
    only = cadres.pop() if len(cadres) == 1 else None
    columns = (
        Column("staff_no", _("Staff no."), table=False), Column("cadre", _("Cadre"), table=False),
        Column("told_cadre", _("Cadre"), table=not only, data=False), Column("uscc", _("Code"), table=False),
        Column("enterprise", _("Enterprise")), Column("policy", _("Policy code"), table=False),
        Column("title", _("Policy")), Column("gap", _("Missing")), Column("worth", _("Worth (yuan)")),
        Column("explained_on", _("Explained on"), table=False), Column("until_on", _("Last day")),
        Column("days_left", _("Days left")), Column("expiring", _("Expiring"), table=False),
        Column("subdistrict", _("Subdistrict"), table=False),
    )  # fmt: skip
    undecided = _("Not decided for want of industry, employees or revenue: {count}.").format(count=found.undecided)
    notes = (*((undecided,) if found.undecided else ()), *map(tell, found.notes))
    title = _("Policy gaps of {cadre}").format(cadre=only) if only else _("Policy gaps")
    return Sheet("gaps", title, columns, [_gap_row(gap) for gap in found.gaps], notes, _("There is no gap."))


def relief_report(sums: ReliefSums) -> Report:
    """Return the money that arrived, in all and by each group."""
    facts = (
        Fact("since", _("Since"), sums.since, table=sums.since is not None),
        Fact("until", _("Until"), sums.until),
        Fact("amount", _("Relief (yuan)"), sums.total.amount),
        Fact("loans", _("Loans (yuan)"), sums.total.loans),
        Fact("enterprises", _("Enterprises"), sums.total.enterprises),
        Fact("cases", _("Payments"), sums.total.cases),
    )
    loans = _("Loans are to be paid back; they are not part of the relief.")
    return Report(_("Relief"), facts, relief_breakdowns(sums), (loans,) if sums.total.loans else ())


def relief_breakdowns(sums: ReliefSums) -> tuple[Sheet, ...]:
    """Return the money that arrived by each group."""
    return (
        _sum_sheet("by_policy", _("By policy"), sums.by_policy, lambda code: f"{code} {sums.titles[code or '']}"),
        _sum_sheet("by_kind", _("By kind"), sums.by_kind, lambda kind: request_terms.relief_kind(kind or "").label),
        _sum_sheet("by_industry", _("By industry"), sums.by_industry, terms.section),
        _sum_sheet("by_subdistrict", _("By subdistrict"), sums.by_subdistrict, name_or_not_stated),
        _sum_sheet("by_year", _("By year"), sums.by_year, name_or_not_stated),
    )


def name_or_not_stated(name: str | None) -> str:
    """Return a name, or that nobody stated it."""
    return word(terms.NOT_STATED.template) if name is None else name


def funnel_columns() -> tuple[Column, ...]:
    """Return the columns of a funnel: shares for people, counts for machines."""
    return (
        Column("told_eligible", _("Eligible"), data=False), Column("explaining", _("Explained"), data=False),
        Column("applying", _("Applied"), data=False), Column("receiving", _("Got money"), data=False),
        *(Column(key, label, table=False) for key, label in _counts()),
    )  # fmt: skip


def funnel_cells(funnel: Funnel) -> tuple[Cell, ...]:
    """Return the cells of a funnel."""
    counts = (getattr(funnel, key) for key, _label in _counts())
    return (funnel.eligible, funnel.explained_share, funnel.applied_share, funnel.received_share, *counts)


def funnel_facts(funnel: Funnel) -> tuple[Fact, ...]:
    """Return a funnel as facts."""
    return tuple(
        Fact(column.key, column.label, cell, column.table or (column.key in _BESIDE and bool(cell)), column.data)
        for column, cell in zip(funnel_columns(), funnel_cells(funnel), strict=True)
    )


_BESIDE = {"unasked", "declined", "not_applicable", "undecided", "outside"}


def _counts() -> tuple[tuple[str, str], ...]:
    return (
        ("eligible", _("Eligible")), ("explained", _("Explained")), ("applied", _("Applied")),
        ("received", _("Got money")), ("unasked", _("Of these unasked")), ("declined", _("Declined")),
        ("not_applicable", _("Does not apply")),
        ("undecided", _("Not decided")), ("outside", _("Not eligible, but begun")),
    )  # fmt: skip


def _policy_facts(policy: Policy) -> tuple[Fact, ...]:
    values: tuple[tuple[str, str, Cell], ...] = (
        ("code", _("Policy code"), policy.code), ("title", _("Policy"), policy.title),
        ("source", _("Source"), policy.source), ("gives", _("Gives"), policy.gives),
        ("worth", _("Worth (yuan)"), policy.worth), ("start_on", _("From"), policy.start_on),
        ("until_on", _("Last day"), policy.until_on), ("industries", _("Industries"), policy.industries),
        ("tiers", _("Tiers"), policy.tiers), ("above_scale", _("Above-scale only"), policy.above_scale),
        ("newly_entered", _("Newly entered only"), policy.newly_entered),
        ("paid_unasked", _("Paid unasked"), policy.unasked),  # `unasked` is a count of the funnel
    )  # fmt: skip
    facts = [Fact(key, label, value, value not in (None, (), False)) for key, label, value in values]
    told = tuple(request_terms.size(size) for size in policy.sizes)
    sizes = (
        Fact("sizes", _("Sizes"), policy.sizes, table=False),
        Fact("told_sizes", _("Sizes"), told, bool(told), data=False),
    )
    return (*facts, *sizes)


def standing_sheet(standings: Sequence[PolicyStanding]) -> Sheet:
    """Return how far each enterprise has come with a policy."""
    has_others = not all(standing.is_eligible for standing in standings)
    has_loans = any(standing.progress.loans for standing in standings)
    has_several = len({standing.policy.code for standing in standings}) > 1
    columns = (
        Column("policy", _("Policy code"), table=has_several), Column("uscc", _("Code"), table=False),
        Column("enterprise", _("Enterprise")), Column("stage", _("Stage")),
        Column("eligible", _("Eligible"), table=has_others),
        Column("explained_on", _("Explained on")), Column("answered_on", _("Answered on")),
        Column("received_on", _("Money came on")), Column("amount", _("Relief (yuan)")),
        Column("loans", _("Loans (yuan)"), table=has_loans),
        Column("staff_no", _("Staff no."), table=False), Column("cadre", _("Cadre"), table=False),
    )  # fmt: skip
    rows = [
        (
            standing.policy.code, standing.uscc, standing.enterprise, request_terms.stage(standing.progress.stage),
            standing.is_eligible,
            standing.progress.explained_on, standing.progress.answered_on, standing.progress.received_on,
            standing.progress.amount or None, standing.progress.loans or None, standing.staff_no, standing.cadre,
        )
        for standing in standings
    ]  # fmt: skip
    return Sheet("enterprises", _("Enterprises"), columns, rows, (), _("No enterprise has begun with it."))


def _gap_row(gap: PolicyGap) -> tuple[Cell, ...]:
    standing = gap.standing
    return (
        standing.staff_no, standing.cadre, standing.cadre or _("(unserved)"), standing.uscc, standing.enterprise,
        standing.policy.code, standing.policy.title, request_terms.gap(gap.kind), standing.policy.worth,
        standing.progress.explained_on, standing.policy.until_on, gap.days_left, gap.is_expiring,
        standing.subdistrict,
    )  # fmt: skip


def _sum_sheet(key: str, title: str, rows: Sums, label: Callable[[str | None], str]) -> Sheet:
    columns = (
        Column("key", title, table=False), Column("label", title, data=False),
        Column("amount", _("Relief (yuan)")), Column("loans", _("Loans (yuan)")),
        Column("enterprises", _("Enterprises")), Column("cases", _("Payments")),
    )  # fmt: skip
    body: list[tuple[Cell, ...]] = [
        (name, label(name), total.amount, total.loans, total.enterprises, total.cases) for name, total in rows
    ]
    return Sheet(key, title, columns, body, (), _("No money has arrived."))
