"""The coverage report: one page for a leader, with every percentage beside its numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from gettext import gettext as _

from esm.domain.reports.coverage import NO_DEPARTMENT, Coverage, CoverageCounters
from esm.sheets.sheet import code_words
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet

Rows = Sequence[tuple[str | None, CoverageCounters]]


def coverage_report(coverage: Coverage) -> Report:
    """Return the report; its keys are the contract of `esm report coverage --format json`."""
    total = coverage.total
    period = coverage.period.name
    people = (
        Fact("service", _("Enterprises served"), total.service, data=False),
        Fact("visits", _("Visited, of those due in the period"), total.visits, data=False),
        Fact("punctuality", _("On time by the visit clock"), total.punctuality, data=False),
    )
    data = tuple(Fact(key, label, getattr(total, key), key in _SHOWN_FACTS) for key, label in _counter_labels())
    told_period = _("{period} (so far)").format(period=period) if coverage.is_open else period
    return Report(
        _("Coverage"),
        (
            Fact("as_of", _("As of"), coverage.as_of),
            Fact("period", _("Period"), period, table=False),
            Fact("told_period", _("Two-month period from"), told_period, data=False),
            *people,
            *data,
        ),
        (
            _breakdown_sheet(
                "by_subdistrict",
                (_("By subdistrict"), _("Subdistrict")),
                coverage.by_subdistrict,
                total,
                _name_or_not_stated,
            ),
            _breakdown_sheet(
                "by_industry",
                (_("By industry"), _("Industry section")),
                coverage.by_industry,
                total,
                code_words.section,
            ),
            _breakdown_sheet("by_tier", (_("By tier"), _("Tier")), coverage.by_tier, total, _name_or_not_stated),
            _breakdown_sheet(
                "by_department", (_("By department"), _("Department")), coverage.by_department, total, _department_label
            ),
            _unserved_sheet(coverage),
        ),
    )


_SHOWN_FACTS = {"unserved", "overdue", "never_visited", "new_in_period", "left_in_period", "paused", "longest_gap_days"}
_SHOWN_COLUMNS = {"overdue", "longest_gap_days"}


def _counter_labels() -> tuple[tuple[str, str], ...]:
    return (
        ("in_scope", _("In scope")), ("served", _("Served")), ("unserved", _("Unserved")),
        ("due_in_period", _("Due in period")), ("visited_of_due", _("Due and visited")),
        ("visited_in_period", _("Visited in period")), ("new_in_period", _("New, not yet due")),
        ("left_in_period", _("Exited in period")), ("paused", _("Paused")), ("on_time_rolling", _("On time")),
        ("overdue", _("Overdue")), ("never_visited", _("Never visited")),
        ("longest_gap_days", _("Longest gap (days)")),
    )  # fmt: skip


def _breakdown_sheet(
    key: str, names: tuple[str, str], rows: Rows, total: CoverageCounters, label: Callable[[str | None], str]
) -> Sheet:
    title, heading = names
    columns = (
        Column("key", heading, table=False),
        Column("label", heading, data=False),
        Column("service", _("Share served"), data=False),
        Column("visits", _("Share visited"), data=False),
        *(Column(name, words, name in _SHOWN_COLUMNS) for name, words in _counter_labels()),
    )
    body = [
        (name, label(name), counters.service, counters.visits, *_counter_values(counters)) for name, counters in rows
    ]
    return Sheet(key, title, columns, body, _total_note(total) if len(rows) > 1 else ())


def _counter_values(counters: CoverageCounters) -> tuple[Cell, ...]:
    return tuple(getattr(counters, name) for name, _label in _counter_labels())


def _total_note(total: CoverageCounters) -> tuple[str, ...]:
    note = _("Total: served {service}, visited {visits}, overdue {overdue}.")
    return (note.format(service=total.service, visits=total.visits, overdue=total.overdue),)


def _name_or_not_stated(name: str | None) -> str:
    return _("(not stated)") if name is None else name


def _department_label(name: str | None) -> str:
    if name == NO_DEPARTMENT:
        return _("(no department)")
    return _("(unserved)") if name is None else name


def _unserved_sheet(coverage: Coverage) -> Sheet:
    columns = (
        Column("uscc", _("Credit code")), Column("enterprise", _("Enterprise")), Column("tier", _("Tier")),
        Column("subdistrict", _("Subdistrict")), Column("staff_no", _("Departed cadre"), table=False),
    )  # fmt: skip
    rows = [
        (row.uscc, row.enterprise, row.tier, row.subdistrict, row.staff_no) for row in coverage.unserved_enterprises
    ]
    return Sheet("unserved_enterprises", _("Unserved enterprises"), columns, rows, (), _("Every enterprise is served."))
