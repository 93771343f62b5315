"""Policies as sheets: the list with its funnels, one policy, and how far enterprises have come with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _

from esm.domain.policies.funnel import PolicyStanding
from esm.domain.policies.policy import Policy
from esm.domain.policies.records import PolicyDossier, PolicyList, RecordedSteps
from esm.domain.register.size import Size
from esm.sheets.policies.funnel import funnel_cells, funnel_columns, funnel_facts
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet
from esm.sheets.sheet.wording import tell


def policy_sheet(found: PolicyList, *, with_shares: bool = False) -> Sheet:
    """Return the policies, for people with counts or with shares; the keys are the contract of `esm policy list`."""
    columns = (
        Column("code", _("Policy code")), Column("title", _("Policy")), Column("source", _("Source"), table=False),
        Column("gives", _("Benefit"), table=False), Column("worth", _("Worth (yuan)"), table=False),
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


def _policy_facts(policy: Policy) -> tuple[Fact, ...]:
    values: tuple[tuple[str, str, Cell], ...] = (
        ("code", _("Policy code"), policy.code), ("title", _("Policy"), policy.title),
        ("source", _("Source"), policy.source), ("gives", _("Benefit"), policy.gives),
        ("worth", _("Worth (yuan)"), policy.worth), ("start_on", _("From"), policy.start_on),
        ("until_on", _("Last day"), policy.until_on), ("industries", _("Industries"), policy.industries),
        ("tiers", _("Tiers"), policy.tiers), ("above_scale", _("Above-scale only"), policy.above_scale),
        ("newly_entered", _("Newly enrolled only"), policy.newly_entered),
        ("paid_unasked", _("Paid automatically"), policy.unasked),  # `unasked` is a count of the funnel
    )  # fmt: skip
    facts = [Fact(key, label, value, value not in (None, (), False)) for key, label, value in values]
    told = tuple(term(Size(size)).label for size in policy.sizes)
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
        Column("policy", _("Policy code"), table=has_several), Column("uscc", _("Credit code"), table=False),
        Column("enterprise", _("Enterprise")), Column("stage", _("Stage")),
        Column("eligible", _("Eligible"), table=has_others),
        Column("explained_on", _("Briefed on")), Column("answered_on", _("Applied or declined on")),
        Column("received_on", _("Paid on")), Column("amount", _("Relief (yuan)")),
        Column("loans", _("Loans (yuan)"), table=has_loans),
        Column("staff_no", _("Staff no."), table=False), Column("cadre", _("Cadre"), table=False),
    )  # fmt: skip
    rows = [
        (
            standing.policy.code, standing.uscc, standing.enterprise, term(standing.progress.stage),
            standing.is_eligible,
            standing.progress.explained_on, standing.progress.answered_on, standing.progress.received_on,
            standing.progress.amount or None, standing.progress.loans or None, standing.staff_no, standing.cadre,
        )
        for standing in standings
    ]  # fmt: skip
    return Sheet("enterprises", _("Enterprises"), columns, rows, (), _("No enterprise has made progress with it yet."))
