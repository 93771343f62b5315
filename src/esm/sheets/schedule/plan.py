"""The visit plan as a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from gettext import gettext as _

from esm.domain.schedule.new_plan import Schedule
from esm.domain.schedule.plan_changes import PlanChange
from esm.domain.schedule.planner import PlannedVisit
from esm.sheets.sheet.sheet import Column, Fact, Report, Sheet, cells
from esm.sheets.sheet.usual_columns import coded, optional

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
    notes = []
    if schedule.beyond:
        words = _(
            "The planning period ended on {before} and now ends on {until}. Plans dropped because due later: {count}."
        )
        notes.append(words.format(before=schedule.until_before, until=schedule.until, count=len(schedule.beyond)))
    if provisional:
        notes.append(provisional_note())
    return Report(_("Visit plan"), facts, _sheets(schedule), tuple(notes))


def provisional_note() -> str:
    """Return what holds for the days of a year that is not published."""
    return _(
        "Provisional: the holidays of that year have not been published; the statutory days are off, and Monday to "
        "Friday is assumed otherwise."
    )


def _fact_if_any(key: str, label: str, count: int) -> Fact:
    """Return a count that people are told only when there is something to tell."""
    return Fact(key, label, count, table=count > 0)


def _sheets(schedule: Schedule) -> tuple[Sheet, ...]:
    days = [visit.planned_on for visit in schedule.planned if visit.planned_on is not None]
    last = min(days) + timedelta(days=SHOWN_DAYS - 1) if days else date.max
    visits = replace(_visit_sheet(schedule, schedule.visits), table=False)
    changes = replace(plan_changes_sheet(schedule), table=False)
    return visits, _first_weeks_sheet(schedule, last), changes, _first_changes_sheet(schedule, last)


def plan_changes_sheet(schedule: Schedule) -> Sheet:
    """Return every plan that does not stand as it was, with the reason."""
    return _change_sheet(schedule, schedule.changes, _("No visit was rescheduled."))


def _first_changes_sheet(schedule: Schedule, last: date) -> Sheet:
    """Return the moves that people see: from a day of the first weeks, or to one."""
    changes = [change for change in schedule.changes if change.first_on <= last]
    later = len(schedule.changes) - len(changes)
    told = _("Rescheduled after these weeks: {count}; `--format json` shows all.").format(count=later)
    return replace(
        _change_sheet(schedule, changes, _("No visit of these weeks was rescheduled.")),
        key="first_moves",
        title=_("Rescheduled visits of the first two weeks"),
        notes=(told,) if later else (),
        table=bool(schedule.changes),
        data=False,
    )


def _change_sheet(schedule: Schedule, changes: Sequence[PlanChange], empty: str) -> Sheet:
    names = schedule.cadres
    columns = (
        Column("uscc", _("Credit code"), "before.uscc", table=False),
        Column("enterprise", _("Enterprise"), lambda change: schedule.enterprises[change.before.uscc]),
        Column("staff_no_before", _("Previous staff no."), "before.staff_no", table=False),
        Column("planned_on_before", _("Previous date"), "before.planned_on"),
        Column("staff_no", _("Staff no."), optional("now.staff_no"), table=False),
        Column("planned_on", _("New date"), optional("now.planned_on")),
        Column("cadre", _("Cadre"), lambda change: change.now and change.now.staff_no and names[change.now.staff_no]),
        Column("due_on", _("Due"), optional("now.due_on"), table=False),
        Column("reason", _("Reason"), coded("reason")),
    )
    return Sheet("moves", _("Rescheduled visits"), columns, cells(columns, changes), (), empty)


def _first_weeks_sheet(schedule: Schedule, last: date) -> Sheet:
    planned = sorted(
        (visit.planned_on, visit.uscc, visit) for visit in schedule.planned if visit.planned_on is not None
    )
    visits = [visit for planned_on, _code, visit in planned if planned_on <= last]
    title = _("Planned visits of the first two weeks")
    return replace(
        _visit_sheet(schedule, visits), key="first_weeks", title=title, empty=_("No visit is planned."), data=False
    )


def _visit_sheet(schedule: Schedule, visits: Sequence[PlannedVisit]) -> Sheet:
    names = schedule.cadres
    columns = (
        Column("uscc", _("Credit code"), table=False),
        Column("enterprise", _("Enterprise"), lambda visit: schedule.enterprises[visit.uscc]),
        Column("staff_no", _("Staff no."), table=False),
        Column("cadre", _("Cadre"), lambda visit: visit.staff_no and names[visit.staff_no], table=False),
        Column("told_cadre", _("Cadre"), lambda visit: names.get(visit.staff_no) or _("(unserved)"), data=False),
        Column("due_on", _("Due")),
        Column("planned_on", _("Planned")),
        Column("provisional", _("Provisional")),
        Column("late", _("Late"), table=False),
    )
    return Sheet("visits", _("Planned visits"), columns, cells(columns, visits))
