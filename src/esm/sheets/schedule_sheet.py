"""The visit plan as a report."""

from __future__ import annotations

from datetime import date, timedelta
from gettext import gettext as _

from esm.domain.leveling import PlannedVisit
from esm.domain.summary import Schedule
from esm.sheets.sheet import Cell, Column, Fact, Report, Sheet

SHOWN_DAYS = 14


def schedule_report(schedule: Schedule) -> Report:
    """Return the plan; its keys are the contract of `esm schedule --format json`.

    Tables show the visits of the first weeks; the other formats hold every one.
    """
    provisional = sum(visit.provisional for visit in schedule.planned)
    facts = (
        Fact("until", _("Planned until"), schedule.until),
        Fact("planned", _("Visits planned"), len(schedule.planned)),
        Fact("kept", _("Kept"), schedule.kept),
        Fact("moved", _("Rescheduled"), schedule.moved),
        Fact("late", _("Planned after the due date"), sum(visit.late for visit in schedule.planned)),
        Fact("unserved", _("Unserved enterprises"), len(schedule.unserved)),
        Fact("provisional", _("On provisional working days"), provisional),
    )
    notes: tuple[str, ...] = ()
    if provisional:
        notes = (_("Provisional: the holidays of that year are not published yet; Monday to Friday is assumed."),)
    return Report(_("Visit plan"), facts, (_visits(schedule), _first_weeks(schedule)), notes)


def _visits(schedule: Schedule) -> Sheet:
    rows = [_row(schedule, visit) for visit in schedule.visits]
    return Sheet("visits", _("Planned visits"), _columns(), rows, table=False)


def _first_weeks(schedule: Schedule) -> Sheet:
    planned = sorted(
        (visit.planned_on, visit.uscc, visit) for visit in schedule.planned if visit.planned_on is not None
    )
    last = planned[0][0] + timedelta(days=SHOWN_DAYS - 1) if planned else date.max
    rows = [_row(schedule, visit) for planned_on, _code, visit in planned if planned_on <= last]
    title = _("Planned visits of the first two weeks")
    return Sheet("first_weeks", title, _columns(), rows, (), _("No visit falls due."), data=False)


def _columns() -> tuple[Column, ...]:
    return (
        Column("uscc", _("Code"), table=False),
        Column("enterprise", _("Enterprise")),
        Column("staff_no", _("Staff no."), table=False),
        Column("cadre", _("Cadre"), table=False),
        Column("told_cadre", _("Cadre"), data=False),
        Column("due_on", _("Due")),
        Column("planned_on", _("Planned")),
        Column("provisional", _("Provisional")),
        Column("late", _("Late"), table=False),
    )


def _row(schedule: Schedule, visit: PlannedVisit) -> tuple[Cell, ...]:
    cadre = None if visit.staff_no is None else schedule.cadres[visit.staff_no]
    return (
        visit.uscc, schedule.enterprises[visit.uscc], visit.staff_no, cadre, cadre or _("(unserved)"),
        visit.due_on, visit.planned_on, visit.provisional, visit.late,
    )  # fmt: skip
