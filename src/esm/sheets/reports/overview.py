"""The leader's page as facts and sheets; its keys are the contract of `esm report overview --format json`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from gettext import gettext as _
from typing import Any

from esm.domain.reports.overview import Action, ActionKind, DepartmentActions, Overview, worst_first
from esm.domain.reports.trend import PeriodFigures
from esm.domain.requests.escalation import EscalationLevel
from esm.sheets.pairing.load_balance import spread_columns
from esm.sheets.policies.funnel import funnel_columns
from esm.sheets.reports.overview_labels import department_label, subdistrict_label
from esm.sheets.reports.trend import period_label, trend_sheet
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.day_words import period_heading, period_in_words
from esm.sheets.sheet.sheet import Cell, Column, Fact, Sheet, Term, cells
from esm.sheets.sheet.usual_columns import coded, enterprise_columns, group_sheet, name_or, optional

EXCERPT = 10  # rows of who must act, on a screen
RECENT = 6  # periods side by side on a screen


def overview_facts(page: Overview) -> tuple[Fact, ...]:
    """Return the answers and the figures of the day and of the year so far."""
    total, requests, open_requests = page.total, page.requests, page.open_requests
    counted = [Fact(column.key, column.label, column.getter(total)) for column in counter_columns()]
    return (
        Fact("as_of", _("As of"), page.as_of),
        Fact("period", _("Period"), page.period.name, table=False),
        Fact("told_period", _("Two-month period"), period_label(page.period, page.as_of), data=False),
        Fact("every_one_served", _("Every enterprise is served"), page.keeps_service),
        Fact("every_one_visited", _("Every enterprise is visited on time"), page.keeps_visits),
        *counted,
        Fact("requests_open", _("Open requests"), open_requests.open),
        Fact("requests_overdue", _("Open requests, overdue"), open_requests.overdue),
        Fact("requests_blocked", _("Blocked requests"), open_requests.stuck),
        Fact("requests_received", _("Requests received this year"), requests.received),
        Fact("requests_closed", _("Closed of these"), requests.closed),
        Fact("requests_solved", _("Solved of these"), requests.solved),
        Fact("requests_replied", _("Feedback received on these"), requests.replied, table=False),
        Fact("requests_satisfied", _("Satisfied of that feedback"), requests.satisfied, table=False),
        Fact("relief", _("Relief this year (yuan)"), page.policies.relief.total.amount),
    )


def counter_columns() -> tuple[Column, ...]:
    """Return the counts of the day that the page shows."""
    return (
        Column("in_scope", _("In scope")), Column("served", _("Served")), Column("unserved", _("Unserved")),
        Column("due_in_period", _("Due in period")), Column("visited_of_due", _("Due and visited")),
        Column("overdue", _("Overdue")), Column("never_visited", _("Never visited")),
        Column("paused_on", _("Paused")),
    )  # fmt: skip


def overview_sheets(page: Overview) -> tuple[Sheet, ...]:
    """Return everything else but the rows behind the figures."""
    return (
        trend_sheet(page.trend),
        _month_sheet(page),
        _subdistrict_sheet(page),
        _recent_sheet(page),
        _unserved_sheet(page),
        _gap_sheet(page),
        *_department_sheets(page.departments, _no_action(page)),
        *_action_sheets(page.actions, _no_action(page)),
        replace(_load_sheet(page), empty=_("No cadre is in post."), table=False),
        _ladder_sheet(page),
        _policy_sheet(page),
    )


def _subdistrict_sheet(page: Overview) -> Sheet:
    columns = (
        Column("subdistrict", _("Subdistrict"), lambda pair: pair[0]),
        Column("told_subdistrict", _("Subdistrict"), lambda pair: subdistrict_label(pair[0]), data=False),
        *_of_figures(
            Column("period", _("Period"), "period.name", table=False),
            Column("told_period", _("Period"), lambda row: period_in_words(row.period), data=False),
            Column("visits", _("Share visited"), data=False),
            Column("in_scope", _("In scope")), Column("served", _("Served")),
            Column("due_in_period", _("Due in period")), Column("visited_of_due", _("Due and visited")),
            Column("overdue", _("Overdue")),
        ),
    )  # fmt: skip
    pairs = [(name, figures) for name, periods in worst_first(page.trend) for figures in periods]
    return Sheet(
        "by_subdistrict", _("Share visited by subdistrict and period"), columns, cells(columns, pairs),
        (), _("Nothing is on record yet."), table=False,
    )  # fmt: skip


def _of_figures(*columns: Column) -> tuple[Column, ...]:
    def second(column: Column) -> Column:
        getter = column.getter
        return replace(column, cell=lambda pair: getter(pair[1]))

    return tuple(map(second, columns))


def _month_sheet(page: Overview) -> Sheet:
    columns = (
        Column("month", _("Month"), "month.name", table=False),
        Column("told_month", _("Month"), lambda row: period_label(row.month, row.as_of), data=False),
        Column("visits", _("Visits made")), Column("requests_received", _("Requests received"), "received"),
        Column("requests_closed", _("Closed of these"), "closed"),
        Column("requests_solved", _("Solved of these"), "solved"),
    )  # fmt: skip
    notes = [_("Requests stand in the month in which they were received.")] if page.months else []
    if any(None in (row.visits, row.received) for row in page.months):
        notes.append(_("Of a month without a figure nothing is on record."))
    rows, empty = cells(columns, page.months), _("Nothing is on record yet.")
    return Sheet("months", _("Visits and requests by month"), columns, rows, tuple(notes), empty, table=False)


def _recent_sheet(page: Overview) -> Sheet:
    """Return the last periods side by side, for a screen."""
    recent = page.trend.rows[-RECENT:]
    columns = (
        Column("subdistrict", _("Subdistrict"), data=False),
        *(Column(row.period.name, period_heading(row.period), data=False) for row in recent),
    )
    rows = [
        (subdistrict_label(name), *(_share(figures) for figures in periods[-RECENT:]))
        for name, periods in worst_first(page.trend)
    ]
    title = _("Share visited by subdistrict and period")
    return Sheet("recent", title, columns, rows, data=False)


def _share(figures: PeriodFigures) -> str:
    tenths = figures.visits.tenths
    return "–" if tenths is None else f"{tenths // 10}.{tenths % 10}%"


def _unserved_sheet(page: Overview) -> Sheet:
    columns = (
        *enterprise_columns(), Column("tier", _("Tier")), Column("subdistrict", _("Subdistrict")),
        Column("since", _("Since")),
    )  # fmt: skip
    fine = _("Every enterprise is served.") if page.total.in_scope else _("No enterprise is in scope.")
    rows = cells(columns, page.unserved)
    return Sheet("unserved_enterprises", _("Unserved enterprises"), columns, rows, (), fine, table=False)


def _gap_sheet(page: Overview) -> Sheet:
    own = {standing.uscc: standing for standing in page.enterprises}

    def of_enterprise(path: str) -> Callable[[Any], Cell]:
        take = optional(path)
        return lambda gap: take(own[gap.uscc]) if gap.uscc in own else None

    columns = (
        *enterprise_columns(),
        Column("subdistrict", _("Subdistrict"), of_enterprise("visit.row.subdistrict")),
        Column("department", _("Department"), of_enterprise("department")),
        Column("cadre", _("Cadre"), of_enterprise("visit.row.cadre")),
        Column("last_visit_on", _("Last visit")),
        Column("longest_gap_days", _("Longest gap (days)"), "days"),
        Column("gap_since_records_began", _("Gap since records began"), "is_since_records_began"),
    )
    rows, fine = cells(columns, page.gaps), _("No gap is on record.")
    return Sheet("longest_gaps", _("Longest gaps"), columns, rows, (), fine, table=False)


def _no_action(page: Overview) -> str:
    """Return that nobody has to act, unless nothing was looked at."""
    if page.total.in_scope or page.open_requests.open:
        return _("No action is needed at once.")
    return _("There was nothing to look at: no enterprise is in scope, and no request is open.")


def _department_sheets(departments: Sequence[DepartmentActions], fine: str) -> tuple[Sheet, Sheet]:
    columns = (
        Column("department", _("Department"), table=False),
        Column("told_department", _("Department"), lambda each: department_label(each.department), data=False),
        *(Column(str(kind), term(kind).label, _count_of(kind)) for kind in ActionKind),
        Column("total", _("Total")),
        Column("most_days", _("Longest delay (days)")),
    )
    title = _("Action needed, by department")
    return _with_excerpt(Sheet("departments", title, columns, cells(columns, departments), (), fine))


def _with_excerpt(sheet: Sheet) -> tuple[Sheet, Sheet]:
    """Return a sheet for machines and pages, and its first rows for a screen."""
    count = len(sheet.rows)
    told = _("{title}: the first {count} of {total}").format(title=sheet.title, count=EXCERPT, total=count)
    excerpt = replace(
        sheet, key=f"first_{sheet.key}", title=told if count > EXCERPT else sheet.title, rows=sheet.rows[:EXCERPT],
        data=False,
    )  # fmt: skip
    return replace(sheet, table=False), excerpt


def _count_of(kind: ActionKind) -> Callable[[Any], Cell]:
    return lambda each: each.counts.get(kind, 0)


def _action_sheets(actions: Sequence[Action], fine: str) -> tuple[Sheet, Sheet]:
    columns = (
        Column("department", _("Department"), table=False),
        Column("told_department", _("Department"), lambda action: department_label(action.department), data=False),
        Column("staff_no", _("Staff no."), table=False),
        Column("cadre", _("Cadre")),
        *enterprise_columns(),
        Column("kind", _("Matter"), coded("kind")),
        Column("since", _("Since")),
        Column("days", _("Days")),
    )
    every, excerpt = _with_excerpt(Sheet("actions", _("Action needed"), columns, cells(columns, actions), (), fine))
    return every, replace(excerpt, table=bool(actions))


def _load_sheet(page: Overview) -> Sheet:
    titles = _("Workload by department"), _("Department")
    return group_sheet("loads", titles, page.loads.departments, name_or(_("(not stated)")), spread_columns())


def _ladder_sheet(page: Overview) -> Sheet:
    columns = (
        Column("rung", _("Level"), lambda pair: pair[0]), Column("requests", _("Open requests"), lambda pair: pair[1])
    )  # fmt: skip
    counts = [0] * (len(EscalationLevel) + 1)
    for record in page.request_records:
        counts[record.progress.level] += record.progress.is_open
    levels = [Term(None, _("(not escalated)")), *map(term, EscalationLevel)]
    rows = cells(columns, list(zip(levels, counts, strict=True)))
    return Sheet("ladder", _("Open requests by level"), columns, rows, table=False)


def _policy_sheet(page: Overview) -> Sheet:
    funnel = [column for column in funnel_columns() if column.key in ("eligible", "explained", "applied", "received")]
    columns = (
        Column("code", _("Policy code"), "policy.code"),
        Column("title", _("Policy"), "policy.title"),
        Column("until_on", _("Last day"), "policy.until_on"),
        *(replace(column, cell=f"funnel.{column.key}", table=True) for column in funnel),
        Column("relief", _("Relief (yuan)"), "relief.amount"),
    )
    rows = cells(columns, page.policies.by_policy)
    return Sheet("policies", _("Policies"), columns, rows, (), _("No policy is in force."), table=False)
