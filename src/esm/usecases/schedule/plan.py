"""Planning the visits: read and plan first, then write the difference only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from esm.domain.schedule import cadence, plan_changes, planner
from esm.domain.schedule.new_plan import Schedule
from esm.domain.schedule.plan_changes import PlanChange, PlanChangeReason, PlanningFacts
from esm.domain.schedule.planner import FixedPlan, PlannedVisit
from esm.domain.schedule.visitors import Availability
from esm.domain.values.workdays import WorkCalendar
from esm.errors import RuleRefused, say
from esm.storage.database import settings
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.row_values import iso
from esm.storage.register import cadres, enterprises
from esm.storage.schedule import planning_inputs, plans, workdays
from esm.storage.schedule.plans import OpenPlan, OrphanedDate
from esm.usecases.schedule.plan_replacement import Replanning, match_plans


@dataclass(frozen=True, slots=True)
class NewPlan:
    """Visits planned anew against the open plans before; `kept` stand as they were."""

    facts: PlanningFacts
    opened: tuple[OpenPlan, ...]
    orphaned: tuple[OrphanedDate, ...]
    visits: tuple[PlannedVisit, ...]
    kept: tuple[PlannedVisit, ...]
    changes: tuple[PlanChange, ...]


def propose(reading: Reading, today: date, until: date | None = None, calendar: WorkCalendar | None = None) -> Schedule:
    """Plan every visit due on or before `until`, by default two cadences ahead (docs/rules.md, Planning visits).

    The working days are those of `calendar`, by default those in force. Refused on a day before one on record.
    """
    require_no_later_fact(reading, today)
    rules = settings.load(reading, today)
    if until is None:
        longest = max(rules.cadence_months_a, rules.cadence_months_b, rules.cadence_months_c)
        until = cadence.due_on(today, 2 * longest)
    new = plan_anew(reading, today, until, calendar)
    unserved = frozenset(uscc for uscc, need in new.facts.needs.items() if need.served_by(today) is None)
    return Schedule(
        until, new.visits, new.kept, new.changes, unserved,
        dict(enterprises.names(reading)), dict(cadres.names(reading)),
        date.fromisoformat(rules.planned_until) if rules.planned_until else None,
    )  # fmt: skip


def plan_anew(
    reading: Reading, today: date, until: date, calendar: WorkCalendar | None = None, staff: Set[str] | None = None,
    usccs: Set[str] = frozenset(), available: Availability | None = None,
) -> NewPlan:  # fmt: skip
    """Return the visits due on or before `until` as they should be planned now.

    With `staff`, those of these cadres, who share enterprises with nobody else, and the plans of `usccs`. `available`
    is who is away from today on, when that has been read already.
    """
    rules = settings.load(reading, today)
    available = available or planning_inputs.availability(reading, today, rules.deputy_after_days)
    calendar = workdays.calendar_in_force(reading) if calendar is None else calendar
    opened = plans.open_plans(reading, staff, usccs)
    planned_for = usccs | {plan.uscc for plan in opened}
    needs = planning_inputs.visit_needs(reading, today, rules.cadence_months, staff, planned_for)
    fixed = [
        FixedPlan(plan.uscc, plan.due_on, plan.planned_on)
        for plan in opened
        if plan.is_confirmed and plan.planned_on >= today
    ]
    orphaned = plans.orphaned_dates(reading, today)
    due_on = {need.uscc: need.due_on for need in needs}
    fixed += [FixedPlan(one.uscc, due_on[one.uscc], one.planned_on) for one in orphaned if one.uscc in due_on]
    visits = planner.plan_visits(
        needs, today=today, until=until, calendar=calendar, availability=available, fixed=fixed, settings=rules
    )
    facts = PlanningFacts(
        today=today, until=until, calendar=calendar, needs={need.uscc: need for need in needs},
        availability=available, confirmed=frozenset((plan.uscc, plan.planned_on) for plan in fixed),
        visits_per_day=rules.visits_per_day,
    )  # fmt: skip
    return compared(facts, opened, orphaned, visits)


def compared(
    facts: PlanningFacts, opened: Sequence[OpenPlan], orphaned: Sequence[OrphanedDate], visits: Sequence[PlannedVisit]
) -> NewPlan:
    """Return visits as they should be planned, held against the open plans."""
    kept, changes = plan_changes.compare_plans(
        [plan.before_planning() for plan in opened],
        [visit for visit in visits if visit.planned_on is not None],
        facts,
    )
    return NewPlan(facts, tuple(opened), tuple(orphaned), tuple(visits), kept, changes)


def apply(writing: Writing, schedule: Schedule, today: date) -> None:
    """Write what differs from the open plans, and up to which due date visits are planned from now on."""
    orphaned = plans.orphaned_dates(writing, today)
    write_plans(writing, plans.open_plans(writing), orphaned, schedule.planned, schedule.changes, today)
    settings.store(writing, "planned_until", iso(schedule.until), date.min)


def write_plans(
    writing: Writing, opened: Sequence[OpenPlan], orphaned: Sequence[OrphanedDate], planned: Sequence[PlannedVisit],
    changes: Sequence[PlanChange], today: date,
) -> None:  # fmt: skip
    """Write what differs from the open plans: a plan that stands is not touched, one agreed stays on its day."""
    change = match_plans(opened, planned, today)
    causes = _causes(changes)
    plans.cancel(
        writing,
        {
            **{
                plan.id: causes.get((plan.uscc, plan.staff_no, plan.planned_on), PlanChangeReason.DUE_CHANGED)
                for plan in change.removed
            },
            **{plan.id: PlanChangeReason.CADRE_CHANGED for plan, _visit in change.reassigned},
        },
        today,
    )
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
             "planned_on": iso(visit.planned_on), "starts_at": None, "made_on": iso(today)}
            for plan, visit in change.moved
        ],
    )  # fmt: skip
    _add_plans(writing, change, orphaned, today)


def _add_plans(writing: Writing, change: Replanning, orphaned: Sequence[OrphanedDate], today: date) -> None:
    """Add the plans of new visits and of new cadres; what was agreed with the enterprise before stays agreed."""
    waiting: dict[tuple[str, date | None], OrphanedDate] = {(one.uscc, one.planned_on): one for one in orphaned}
    new: list[tuple[PlannedVisit, OpenPlan | OrphanedDate | None]] = [
        *((visit, waiting.get((visit.uscc, visit.planned_on))) for visit in change.added),
        *((visit, plan) for plan, visit in change.reassigned),
    ]
    plans.adopt(writing, [agreed for _visit, agreed in new if isinstance(agreed, OrphanedDate)])
    if not new:
        return
    enterprise_ids, cadre_ids = enterprises.ids(writing), cadres.ids(writing)
    plans.add(
        writing,
        [
            {"enterprise_id": enterprise_ids[visit.uscc], "cadre_id": cadre_ids[visit.staff_no],
             "due_on": iso(visit.due_on), "planned_on": iso(visit.planned_on),
             "confirmed": int(agreed is not None), "starts_at": agreed and agreed.starts_at,
             "provisional": int(visit.provisional), "made_on": iso(today)}
            for visit, agreed in new
            if visit.staff_no is not None
        ],
    )  # fmt: skip


def require_no_later_fact(reading: Reading, today: date) -> None:
    """Raise RuleRefused if a visit took place or a plan was made after the day: plans rest on what is known."""
    later = plans.latest_later_fact(reading, today)
    if later is not None:
        raise RuleRefused(
            say("Visits and plans up to {later} are on record; no visit can be planned as of {today}.",
                later=later, today=today),
            say("Plan on a date from {later} on.", later=later),
        )  # fmt: skip


def _causes(changes: Sequence[PlanChange]) -> Mapping[tuple[str, str, date], PlanChangeReason]:
    return {(each.before.uscc, each.before.staff_no, each.before.planned_on): each.reason for each in changes}
