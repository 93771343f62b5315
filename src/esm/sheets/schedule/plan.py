"""The visit plan as a report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from gettext import gettext as _

from esm.domain.schedule.new_plan import Schedule
from esm.domain.schedule.plan_changes import PlanChange
from esm.domain.schedule.planner import PlannedVisit
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet

SHOWN_DAYS = 14


def schedule_report(schedule: Schedule) -> Report:
    """Return the plan; its keys are the contract of `esm schedule --format json`.

    Tables show the visits of the first weeks; the other formats hold every one.
    """
    provisional = sum(visit.provisional for visit in schedule.planned)
    facts = (
        Fact("until", _("Planned until"), schedule.until),
        Fact("planned", _("Visits planned"), len(schedule.planned)),
        Fact("kept", _("Kept"), len(schedule.kept)),
        Fact("moved", _("Rescheduled"), len(schedule.moved)),
        _fact_if_any("dropped", _("Plans dropped"), len(schedule.changes) - len(schedule.moved)),
        Fact("late", _("Planned after the due date"), sum(visit.late for visit in schedule.planned)),
        Fact("unserved", _("Unserved enterprises"), len(schedule.unserved)),
        _fact_if_any("without_cadre", _("Due after the cadre leaves"), len(schedule.without_cadre)),
        _fact_if_any("without_day", _("Due, no free day"), len(schedule.without_day)),
        Fact("provisional", _("On provisional working days"), provisional),
    )
    notes: tuple[str, ...] = ()
    if provisional:
        notes = (_("Provisional: the holidays of that year have not been published; Monday to Friday is assumed."),)
    return Report(_("Visit plan"), facts, _sheets(schedule), notes)


def _fact_if_any(key: str, label: str, count: int) -> Fact:
    """Return a count that people are told only when there is something to tell."""
    return Fact(key, label, count, table=count > 0)


def _sheets(schedule: Schedule) -> tuple[Sheet, ...]:
    days = [visit.planned_on for visit in schedule.planned if visit.planned_on is not None]
    last = min(days) + timedelta(days=SHOWN_DAYS - 1) if days else date.max
    changes = replace(plan_changes_sheet(schedule), table=False)
    return _visit_sheet(schedule), _first_weeks_sheet(schedule, last), changes, _first_changes_sheet(schedule, last)


def plan_changes_sheet(schedule: Schedule) -> Sheet:
    """Return every plan that does not stand as it was, with the reason."""
    rows = [_change_cells(schedule, change) for change in schedule.changes]
    return Sheet("moves", _("Rescheduled visits"), _change_columns(), rows, (), _("No visit was rescheduled."))


def _first_changes_sheet(schedule: Schedule, last: date) -> Sheet:
    """Return the moves that people see: from a day of the first weeks, or to one."""
    rows = [_change_cells(schedule, change) for change in schedule.changes if change.first_on <= last]
    later = len(schedule.changes) - len(rows)
    notes = (
        (_("Rescheduled after these weeks: {count}; `--format json` shows all.").format(count=later),) if later else ()
    )
    title = _("Rescheduled visits of the first two weeks")
    return Sheet(
        "first_moves",
        title,
        _change_columns(),
        rows,
        notes,
        _("No visit of these weeks was rescheduled."),
        bool(schedule.changes),
        False,
    )


def _change_columns() -> tuple[Column, ...]:
    return (
        Column("uscc", _("Credit code"), table=False),
        Column("enterprise", _("Enterprise")),
        Column("staff_no_before", _("Previous staff no."), table=False),
        Column("planned_on_before", _("Previous date")),
        Column("staff_no", _("Staff no."), table=False),
        Column("planned_on", _("New date")),
        Column("cadre", _("Cadre")),
        Column("due_on", _("Due"), table=False),
        Column("reason", _("Reason")),
    )


def _change_cells(schedule: Schedule, change: PlanChange) -> tuple[Cell, ...]:
    before, now = change.before, change.now
    staff_no = None if now is None else now.staff_no
    return (
        before.uscc, schedule.enterprises[before.uscc], before.staff_no, before.planned_on, staff_no,
        None if now is None else now.planned_on, None if staff_no is None else schedule.cadres[staff_no],
        None if now is None else now.due_on, term(change.reason),
    )  # fmt: skip


def _visit_sheet(schedule: Schedule) -> Sheet:
    rows = [_visit_cells(schedule, visit) for visit in schedule.visits]
    return Sheet("visits", _("Planned visits"), _visit_columns(), rows, table=False)


def _first_weeks_sheet(schedule: Schedule, last: date) -> Sheet:
    planned = sorted(
        (visit.planned_on, visit.uscc, visit) for visit in schedule.planned if visit.planned_on is not None
    )
    rows = [_visit_cells(schedule, visit) for planned_on, _code, visit in planned if planned_on <= last]
    title = _("Planned visits of the first two weeks")
    return Sheet("first_weeks", title, _visit_columns(), rows, (), _("No visit is due."), data=False)


def _visit_columns() -> tuple[Column, ...]:
    return (
        Column("uscc", _("Credit code"), table=False),
        Column("enterprise", _("Enterprise")),
        Column("staff_no", _("Staff no."), table=False),
        Column("cadre", _("Cadre"), table=False),
        Column("told_cadre", _("Cadre"), data=False),
        Column("due_on", _("Due")),
        Column("planned_on", _("Planned")),
        Column("provisional", _("Provisional")),
        Column("late", _("Late"), table=False),
    )


def _visit_cells(schedule: Schedule, visit: PlannedVisit) -> tuple[Cell, ...]:
    cadre = None if visit.staff_no is None else schedule.cadres[visit.staff_no]
    return (
        visit.uscc, schedule.enterprises[visit.uscc], visit.staff_no, cadre, cadre or _("(unserved)"),
        visit.due_on, visit.planned_on, visit.provisional, visit.late,
    )  # fmt: skip
