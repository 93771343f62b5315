"""Policies as sheets: the list with its funnels, one policy, and how far enterprises have come with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _
from operator import attrgetter

from esm.domain.policies.funnel import PolicyStanding
from esm.domain.policies.policy import Policy
from esm.domain.policies.records import PolicyDossier, PolicyList, RecordedSteps
from esm.domain.register.size import Size
from esm.sheets.policies.funnel import funnel_columns, funnel_facts
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.sheet import NOTHING, Column, Fact, Report, Sheet, cells, facts
from esm.sheets.sheet.usual_columns import coded, enterprise_columns, of_part


def policy_sheet(found: PolicyList, *, with_shares: bool = False) -> Sheet:
    """Return the policies, for people with counts or with shares; the keys are the contract of `esm policy list`."""
    columns = (
        Column("code", _("Policy code"), "policy.code"),
        Column("title", _("Policy"), "policy.title"),
        Column("source", _("Source"), "policy.source", table=False),
        Column("gives", _("Benefit"), "policy.gives", table=False),
        Column("worth", _("Worth (yuan)"), "policy.worth", table=False),
        Column("start_on", _("From"), "policy.start_on", table=False),
        Column("until_on", _("Last day"), "policy.until_on", table=not with_shares),
        *of_part(attrgetter("funnel"), (_for_people(column, with_shares) for column in funnel_columns())),
        Column("relief", _("Relief (yuan)"), "relief.amount", table=False),
        Column("loans", _("Loans (yuan)"), "relief.loans", table=False),
    )
    notes = tuple(map(tell, found.notes))
    return Sheet("policies", _("Policies"), columns, cells(columns, found.records), notes, _("No policy is in force."))


def _for_people(column: Column, with_shares: bool) -> Column:
    """Return a column of a funnel, shown to people when it is one of the shares, or one of the four counts."""
    is_count = column.key in ("eligible", "explained", "applied", "received")
    is_share = not column.data and column.key != "told_eligible"
    return replace(column, table=is_share if with_shares else is_count)


def policy_report(file: PolicyDossier) -> Report:
    """Return one policy with its funnel and the enterprises that have begun with it."""
    sums = file.record.relief
    known = (
        *_policy_facts(file.record.policy),
        Fact("as_of", _("As of"), file.as_of),
        *funnel_facts(file.record.funnel),
        Fact("relief", _("Relief (yuan)"), sums.amount),
        Fact("loans", _("Loans (yuan)"), sums.loans),
    )
    return Report(_("Policy"), known, (standing_sheet(file.standings),), tuple(map(tell, file.notes)))


def recorded_report(progressed: RecordedSteps) -> Report:
    """Return what was just recorded."""
    policy = progressed.policy
    known = (Fact("code", _("Policy code"), policy.code), Fact("title", _("Policy"), policy.title))
    return Report(_("Recorded"), known, (standing_sheet(progressed.standings),), tuple(map(tell, progressed.notes)))


def _policy_facts(policy: Policy) -> tuple[Fact, ...]:
    columns = (
        Column("code", _("Policy code")), Column("title", _("Policy")), Column("source", _("Source")),
        Column("gives", _("Benefit")), Column("worth", _("Worth (yuan)")), Column("start_on", _("From")),
        Column("until_on", _("Last day")), Column("audience", _("For whom")), Column("office", _("Office in charge")),
        Column("industries", _("Industries")), Column("tiers", _("Tiers")),
        Column("above_scale", _("Above-scale only")), Column("newly_entered", _("Newly enrolled only")),
        Column("paid_unasked", _("Paid automatically"), "unasked"),  # `unasked` is a count of the funnel
        Column("sizes", _("Sizes"), table=False),
        Column("told_sizes", _("Sizes"), _size_words, data=False),
    )  # fmt: skip
    return facts(columns, policy, lambda column, cell: column.table and cell not in NOTHING)


def _size_words(policy: Policy) -> tuple[str, ...]:
    return tuple(term(Size(size)).label for size in policy.sizes)


def standing_sheet(standings: Sequence[PolicyStanding]) -> Sheet:
    """Return how far each enterprise has come with a policy."""
    has_others = not all(standing.is_eligible for standing in standings)
    has_loans = any(standing.progress.loans for standing in standings)
    has_several = len({standing.policy.code for standing in standings}) > 1
    columns = (
        Column("policy", _("Policy code"), "policy.code", table=has_several),
        *enterprise_columns(),
        Column("stage", _("Stage"), coded("progress.stage")),
        Column("eligible", _("Eligible"), "is_eligible", table=has_others),
        Column("explained_on", _("Briefed on"), "progress.explained_on"),
        Column("answered_on", _("Applied or declined on"), "progress.answered_on"),
        Column("received_on", _("Paid on"), "progress.received_on"),
        Column("amount", _("Relief (yuan)"), lambda standing: standing.progress.amount or None),
        Column("loans", _("Loans (yuan)"), lambda standing: standing.progress.loans or None, table=has_loans),
        Column("staff_no", _("Staff no."), table=False),
        Column("cadre", _("Cadre"), table=False),
    )
    rows = cells(columns, standings)
    return Sheet("enterprises", _("Enterprises"), columns, rows, (), _("No enterprise has made progress with it yet."))
