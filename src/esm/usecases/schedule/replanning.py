"""Plans follow the facts: what a command changes is planned anew in the same transaction.

docs/rules.md, Plans follow the facts.
"""

from __future__ import annotations

from datetime import date

from esm.domain.schedule import plan_changes
from esm.domain.schedule.new_plan import PlanUpdate
from esm.domain.schedule.planner import PlannedVisit
from esm.domain.schedule.visitors import Availability
from esm.storage.database import settings
from esm.storage.database.connection import Writing
from esm.storage.schedule import affected_plans, planning_inputs, plans
from esm.storage.schedule.affected_plans import Concerned
from esm.usecases.schedule.plan import NewPlan, compared, plan_anew, write_plans


def follow_facts(writing: Writing, today: date, *, undoes: int | None = None) -> PlanUpdate:
    """Plan the visits of those anew whose plans rest on what the open operation has changed, or have lapsed.

    Plans are made as of the latest day on record, up to the horizon of the last `esm schedule`; before the first
    only plans made by hand are called off when they lose their ground. After an undo of the latest operation, `undoes`,
    the plans are those of before it, and only cadres with one that does not stand any more are planned anew.
    """
    rules = settings.load(writing, today)
    if not (rules.planned_until or plans.are_any(writing)):
        return PlanUpdate()
    day = plans.latest_later_fact(writing, today) or today
    changed = affected_plans.concerned_by_changes(writing)
    lapsed = affected_plans.concerned_by_passing_days(writing, day)
    if changed.is_nobody and lapsed.is_nobody:
        return PlanUpdate()
    until = date.fromisoformat(rules.planned_until) if rules.planned_until else day
    available = planning_inputs.availability(writing, day, rules.deputy_after_days)
    staff = None if changed.everybody else _linked_staff(writing, day, available, (changed, lapsed))
    new = plan_anew(writing, day, until, None, staff, changed.usccs | lapsed.usccs, available)
    if undoes is not None and not affected_plans.is_followed(writing, undoes):
        staff = planning_inputs.linked_staff(writing, day, _staff_without_ground(new), available)
        new = plan_anew(writing, day, until, None, staff, frozenset(), available)
    if not rules.planned_until:
        new = _plans_by_hand(new)
    return _write(writing, new, day)


def _linked_staff(writing: Writing, day: date, available: Availability, both: tuple[Concerned, Concerned]) -> set[str]:
    usccs = both[0].usccs | both[1].usccs
    staff = both[0].staff | both[1].staff | (affected_plans.staff_of(writing, usccs, day) if usccs else set())
    return planning_inputs.linked_staff(writing, day, staff, available)


def _staff_without_ground(new: NewPlan) -> set[str]:
    """Return the cadres of the open plans against which a fact speaks, or whose due date is not that of the clock."""
    first_due: dict[str, date] = {}
    found = set()
    for plan in new.opened:
        need = new.facts.needs.get(plan.uscc)
        is_first = first_due.setdefault(plan.uscc, plan.due_on) == plan.due_on
        has_other_due = need is not None and is_first and plan.due_on != need.due_on
        if has_other_due or plan_changes.reason_against(plan.before_planning(), new.facts) is not None:
            found |= {plan.staff_no, *(each.staff_no for each in (need.services if need else ()))}
    return found


def _plans_by_hand(new: NewPlan) -> NewPlan:
    """Return the open plans as far as they have ground, each with who serves the enterprise on its day.

    Those whose day is over stay as they are: nothing is planned in their place.
    """
    today = new.facts.today
    over = [
        PlannedVisit(plan.uscc, plan.staff_no, plan.due_on, plan.planned_on, plan.is_provisional, late=False)
        for plan in new.opened
        if plan.planned_on < today
    ]
    stands = [
        PlannedVisit(plan.uscc, need.served_by(plan.planned_on), plan.due_on, plan.planned_on, plan.is_provisional,
                     late=plan.planned_on > plan.due_on)
        for plan in new.opened
        if plan.planned_on >= today
        and (need := new.facts.needs.get(plan.uscc)) is not None and need.has_ground(plan.planned_on)
    ]  # fmt: skip
    return compared(new.facts, new.opened, new.orphaned, [*over, *stands])


def _write(writing: Writing, new: NewPlan, day: date) -> PlanUpdate:
    planned: list[PlannedVisit] = [visit for visit in new.visits if visit.planned_on is not None]
    write_plans(writing, new.opened, new.orphaned, planned, new.changes, day)
    kept = set(new.kept)
    return PlanUpdate(
        len(planned) - len(new.kept),
        sum(change.now is None for change in new.changes),
        sum(visit.late and visit.due_on >= day for visit in planned if visit not in kept),
        sum(change.is_beyond_horizon for change in new.changes),
    )
