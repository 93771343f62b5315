"""What a new plan changes of the plan before, and why (docs/rules.md, Planning visits).

Reasons are not remembered: each is found by holding the old plan against the facts that stand now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Literal

from esm.domain.schedule.plan import PlannedVisit
from esm.domain.schedule.visit_series import Interval, VisitNeed
from esm.domain.values.grouping import grouped
from esm.domain.values.workdays import WorkCalendar

Reason = Literal[
    "out_of_scope", "unserved", "visited", "missed", "cadre_changed", "cadre_leaves", "absence", "paused",
    "no_workday", "beyond_horizon", "confirmed", "earlier_moved", "due_changed", "made_room",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class OldPlan:
    """A visit as it was planned before; `made_on` is the day of that planning."""

    uscc: str
    staff_no: str
    due_on: date
    planned_on: date
    made_on: date


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A plan that does not stand as it was; `now` None: it is given up."""

    before: OldPlan
    now: PlannedVisit | None
    reason: Reason

    @property
    def first_on(self) -> date:
        """Return the earlier of the two days."""
        now = None if self.now is None else self.now.planned_on
        return self.before.planned_on if now is None else min(self.before.planned_on, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningFacts:
    """What stands on the day of planning; `confirmed` are (code, day), `away` each cadre's absences."""

    today: date
    until: date
    calendar: WorkCalendar
    needs: Mapping[str, VisitNeed]
    away: Mapping[str, Sequence[Interval]]
    left_on: Mapping[str, date]
    confirmed: frozenset[tuple[str, date]]


def compare_plans(
    before: Sequence[OldPlan], planned: Sequence[PlannedVisit], facts: PlanningFacts
) -> tuple[tuple[PlannedVisit, ...], tuple[PlanChange, ...]]:
    """Return the visits that stay on their day with their cadre, and the plans that do not.

    The n-th plan of an enterprise before is compared with its n-th visit now; both are in order of the day.
    """
    visits = grouped(planned, attrgetter("uscc"))
    kept, changes = [], []
    moved: set[str] = set()
    for plan in before:
        own = visits.get(plan.uscc)
        now = own.pop(0) if own else None
        if now is not None and (now.staff_no, now.planned_on) == (plan.staff_no, plan.planned_on):
            kept.append(now)
            continue
        changes.append(PlanChange(plan, now, _reason(plan, now, facts, is_later=plan.uscc in moved)))
        moved.add(plan.uscc)
    return tuple(kept), tuple(changes)


def _reason(plan: OldPlan, now: PlannedVisit | None, facts: PlanningFacts, *, is_later: bool) -> Reason:
    """Return the first thing that speaks against the old plan."""
    need = facts.needs.get(plan.uscc)
    if need is None:
        return "out_of_scope"
    return (
        _enterprise_reason(plan, need, facts)
        or _cadre_reason(plan, need, facts)
        or _plan_reason(plan, now, facts, is_later=is_later)
    )


def _enterprise_reason(plan: OldPlan, need: VisitNeed, facts: PlanningFacts) -> Reason | None:
    if need.in_scope_until is not None and need.in_scope_until <= plan.planned_on:
        return "out_of_scope"
    if need.staff_no is None:
        return "unserved"
    if need.last_visit_on is not None and need.last_visit_on >= plan.made_on and plan.due_on != need.due_on:
        return "visited"
    if plan.planned_on < facts.today:
        return "missed"
    return "paused" if _holds((*need.paused, *need.blackouts), plan.planned_on) else None


def _cadre_reason(plan: OldPlan, need: VisitNeed, facts: PlanningFacts) -> Reason | None:
    if plan.staff_no != need.staff_no:
        return "cadre_changed"
    if facts.left_on.get(plan.staff_no, date.max) <= plan.planned_on:
        return "cadre_leaves"
    if _holds(facts.away.get(plan.staff_no, ()), plan.planned_on):
        return "absence"
    return None if facts.calendar.is_workday(plan.planned_on) else "no_workday"


def _plan_reason(plan: OldPlan, now: PlannedVisit | None, facts: PlanningFacts, *, is_later: bool) -> Reason:
    if plan.due_on > facts.until:
        return "beyond_horizon"
    if now is not None and now.planned_on is not None and (now.uscc, now.planned_on) in facts.confirmed:
        return "confirmed"
    if is_later:
        return "earlier_moved"
    return "due_changed" if now is None or now.due_on != plan.due_on else "made_room"


def _holds(intervals: Sequence[Interval], day: date) -> bool:
    return any(start <= day < end for start, end in intervals)
