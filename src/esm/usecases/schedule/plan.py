"""Planning the visits: read and plan first, then write the difference only."""

from __future__ import annotations

from datetime import date

from esm.domain.schedule import cadence, plan_changes
from esm.domain.schedule import planner as leveling
from esm.domain.schedule.new_plan import Schedule
from esm.domain.values.workdays import WorkCalendar
from esm.storage.database import settings
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.row_values import iso
from esm.storage.register import cadres, enterprises
from esm.storage.schedule import plans, workdays
from esm.usecases.schedule import plan_changes as replanning


def propose(reading: Reading, today: date, until: date | None = None, calendar: WorkCalendar | None = None) -> Schedule:
    """Plan every visit due on or before `until`, by default two cadences ahead (docs/rules.md, Planning visits).

    The working days are those of `calendar`, by default those in force.
    """
    rules = settings.load(reading)
    if until is None:
        longest = max(rules.cadence_months_a, rules.cadence_months_b, rules.cadence_months_c)
        until = cadence.due_on(today, 2 * longest)
    people = cadres.load(reading)
    left_on = {number: stored.cadre.left_on for number, stored in people.items() if stored.cadre.left_on is not None}
    needs, absences = plans.visit_needs(reading, today, rules.cadence_months), cadres.absences(reading)
    calendar = workdays.calendar_in_force(reading) if calendar is None else calendar
    opened = plans.open_plans(reading)
    fixed = [
        leveling.FixedPlan(plan.uscc, plan.staff_no, plan.due_on, plan.planned_on)
        for plan in opened
        if plan.is_confirmed and plan.planned_on >= today
    ]
    visits = leveling.plan_visits(
        needs, today=today, until=until, calendar=calendar, absences=absences, fixed=fixed, settings=rules,
        left_on=left_on,
    )  # fmt: skip
    facts = plan_changes.PlanningFacts(
        today=today, until=until, calendar=calendar, needs={need.uscc: need for need in needs}, away=absences,
        left_on=left_on, confirmed=frozenset((plan.uscc, plan.planned_on) for plan in fixed),
    )  # fmt: skip
    kept, moves = plan_changes.compare_plans(
        [plan_changes.OldPlan(plan.uscc, plan.staff_no, plan.due_on, plan.planned_on, plan.made_on) for plan in opened],
        [visit for visit in visits if visit.planned_on is not None],
        facts,
    )
    return Schedule(
        until, visits, kept, moves, frozenset(need.uscc for need in needs if need.staff_no is None),
        dict(enterprises.names(reading)), {number: stored.cadre.name for number, stored in people.items()},
    )  # fmt: skip


def apply(writing: Writing, schedule: Schedule, today: date) -> None:
    """Write what differs from the open plans: a plan that stands is not touched, nor one agreed for a day to come."""
    change = replanning.match_plans(plans.open_plans(writing), schedule.planned, today)
    plans.cancel(writing, [plan.id for plan in change.removed], today)
    plans.change(
        writing,
        [
            {"id": plan.id, "due_on": iso(visit.due_on), "provisional": int(visit.provisional)}
            for plan, visit in change.kept
            if (plan.due_on, plan.is_provisional) != (visit.due_on, visit.provisional)
        ],
    )
    plans.change(
        writing,
        [
            {"id": plan.id, "due_on": iso(visit.due_on), "provisional": int(visit.provisional), "confirmed": 0,
             "planned_on": iso(visit.planned_on), "made_on": iso(today), "sequence": plan.sequence + 1}
            for plan, visit in change.moved
        ],
    )  # fmt: skip
    enterprise_ids, cadre_ids = enterprises.ids(writing), cadres.ids(writing)
    plans.add(
        writing,
        [
            {"enterprise_id": enterprise_ids[visit.uscc], "cadre_id": cadre_ids[visit.staff_no],
             "due_on": iso(visit.due_on), "planned_on": iso(visit.planned_on), "provisional": int(visit.provisional),
             "made_on": iso(today)}
            for visit in change.added
            if visit.staff_no is not None
        ],
    )  # fmt: skip
