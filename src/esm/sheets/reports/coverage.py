"""The coverage report: one page for a leader, with every percentage beside its numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from gettext import gettext as _

from esm.domain.reports.coverage import NO_DEPARTMENT, Coverage, CoverageCounters
from esm.sheets.sheet.code_words import section
from esm.sheets.sheet.sheet import Column, Fact, Report, Sheet, cells, facts
from esm.sheets.sheet.usual_columns import Groups, group_sheet, name_or


def coverage_report(coverage: Coverage) -> Report:
    """Return the report; its keys are the contract of `esm report coverage --format json`."""
    total, period = coverage.total, coverage.period.name
    told_period = _("{period} (so far)").format(period=period) if coverage.is_open else period
    known = name_or(_("(not stated)"))
    return Report(
        _("Coverage"),
        (
            Fact("as_of", _("As of"), coverage.as_of),
            Fact("period", _("Period"), period, table=False),
            Fact("told_period", _("Two-month period from"), told_period, data=False),
            Fact("service", _("Enterprises served"), total.service, data=False),
            Fact("visits", _("Visited, of those due in the period"), total.visits, data=False),
            Fact("punctuality", _("On time by the visit clock"), total.punctuality, data=False),
            *facts(_counters(), total, lambda column, _cell: column.key in _SHOWN_FACTS),
        ),
        (
            _breakdown_sheet(
                "by_subdistrict", (_("By subdistrict"), _("Subdistrict")), coverage.by_subdistrict, total, known
            ),
            _breakdown_sheet(
                "by_industry", (_("By industry"), _("Industry section")), coverage.by_industry, total, section
            ),
            _breakdown_sheet("by_tier", (_("By tier"), _("Tier")), coverage.by_tier, total, known),
            _breakdown_sheet(
                "by_department", (_("By department"), _("Department")), coverage.by_department, total, _department_label
            ),
            _unserved_sheet(coverage),
        ),
    )


_SHOWN_FACTS = {
    "unserved", "overdue", "never_visited", "new_in_period", "left_in_period", "paused", "paused_on",
    "never_visited_overdue", "told_gap",
}  # fmt: skip
_SHOWN_COLUMNS = {"overdue", "told_gap"}


def _told_gap(counters: CoverageCounters) -> int | str | None:
    days = counters.longest_gap_days
    return _("{days} (since records began)").format(days=days) if counters.is_gap_since_records_began else days


def _counters() -> tuple[Column, ...]:
    return (
        Column("in_scope", _("In scope")), Column("served", _("Served")), Column("unserved", _("Unserved")),
        Column("due_in_period", _("Due in period")), Column("visited_of_due", _("Due and visited")),
        Column("visited_in_period", _("Visited in period")), Column("new_in_period", _("New, not yet due")),
        Column("left_in_period", _("Exited in period")), Column("paused", _("Paused, not due")),
        Column("paused_on", _("Paused")), Column("on_time_rolling", _("On time")), Column("overdue", _("Overdue")),
        Column("never_visited", _("Never visited")),
        Column("never_visited_overdue", _("Never visited, overdue")),
        Column("longest_gap_days", _("Longest gap (days)"), table=False),
        Column("gap_since_records_began", _("Gap since records began"), "is_gap_since_records_began", table=False),
        Column("told_gap", _("Longest gap (days)"), _told_gap, data=False),
    )  # fmt: skip


def _breakdown_sheet(
    key: str, titles: tuple[str, str], groups: Groups, total: CoverageCounters, label: Callable[[str | None], str]
) -> Sheet:
    columns = (
        Column("service", _("Share served"), data=False),
        Column("visits", _("Share visited"), data=False),
        *(replace(column, table=column.key in _SHOWN_COLUMNS) for column in _counters()),
    )
    found = group_sheet(key, titles, groups, label, columns)
    return replace(found, notes=_total_note(total) if len(groups) > 1 else ())


def _total_note(total: CoverageCounters) -> tuple[str, ...]:
    note = _("Total: served {service}, visited {visits}, overdue {overdue}.")
    return (note.format(service=total.service, visits=total.visits, overdue=total.overdue),)


def _department_label(name: str | None) -> str:
    return _("(no department)") if name == NO_DEPARTMENT else name_or(_("(unserved)"))(name)


def _unserved_sheet(coverage: Coverage) -> Sheet:
    columns = (
        Column("uscc", _("Credit code")), Column("enterprise", _("Enterprise")), Column("tier", _("Tier")),
        Column("subdistrict", _("Subdistrict")), Column("staff_no", _("Departed cadre"), table=False),
    )  # fmt: skip
    rows = cells(columns, coverage.unserved_enterprises)
    return Sheet("unserved_enterprises", _("Unserved enterprises"), columns, rows, (), _("Every enterprise is served."))
