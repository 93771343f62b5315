"""What a new plan changes of the plan before, and why (docs/rules.md, Planning visits).

Reasons are not remembered: each is found by holding the old plan against the facts that stand now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from esm.domain.schedule.planner import PlannedVisit
from esm.domain.schedule.visit_series import Interval, VisitNeed
from esm.domain.schedule.visitors import Availability
from esm.domain.values.codes import Code
from esm.domain.values.grouping import grouped
from esm.domain.values.workdays import WorkCalendar
from esm.errors import say


class PlanChangeReason(Code):
    """Why a plan does not stand as it was."""

    OUT_OF_SCOPE = "out_of_scope", say("not in scope on that date"), "当日不在服务范围"
    UNSERVED = "unserved", say("unserved on that date"), "未结对"
    VISITED = "visited", say("visit recorded in the meantime"), "期间已登记走访"
    MISSED = "missed", say("date passed without a visit"), "计划日已过未走访"
    CADRE_CHANGED = "cadre_changed", say("cadre changed"), "结对经理人变更"
    CADRE_LEAVES = "cadre_leaves", say("cadre leaves before the visit"), "经理人届时已离任"
    ABSENCE = "absence", say("cadre absent"), "经理人请假"
    PAUSED = "paused", say("visits paused"), "暂停走访"
    BLACKOUT = "blackout", say("the enterprise asks not to be visited then"), "企业要求当日不走访"
    NO_WORKDAY = "no_workday", say("no working day"), "非工作日"
    BEYOND_HORIZON = "beyond_horizon", say("due after the planning period"), "应访日超出排期范围"
    CONFIRMED = "confirmed", say("another date agreed"), "已约定其他日期"
    EARLIER_MOVED = "earlier_moved", say("follows an earlier visit"), "随前次走访顺延"
    DUE_CHANGED = "due_changed", say("due date changed"), "应访日变化"
    MADE_ROOM = "made_room", say("made way for another visit"), "为其他走访让出日期"
    BETTER_DAY = "better_day", say("a better date became free"), "有更合适的日期空出"
    CALLED_OFF = "called_off", say("called off by hand"), "人工取消"


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
    reason: PlanChangeReason

    @property
    def is_beyond_horizon(self) -> bool:
        """Return whether the plan was given up because it is due after the planning period."""
        return self.now is None and self.reason == PlanChangeReason.BEYOND_HORIZON

    @property
    def first_on(self) -> date:
        """Return the earlier of the two days."""
        now = None if self.now is None else self.now.planned_on
        return self.before.planned_on if now is None else min(self.before.planned_on, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningFacts:
    """What stands on the day of planning; `confirmed` are (code, day), `visits_per_day` the most of one cadre."""

    today: date
    until: date
    calendar: WorkCalendar
    needs: Mapping[str, VisitNeed]
    availability: Availability
    confirmed: frozenset[tuple[str, date]]
    visits_per_day: int


def compare_plans(
    before: Sequence[OldPlan], planned: Sequence[PlannedVisit], facts: PlanningFacts
) -> tuple[tuple[PlannedVisit, ...], tuple[PlanChange, ...]]:
    """Return the visits that stay on their day with their cadre, and the plans that do not.

    The n-th plan of an enterprise before is compared with its n-th visit now; both are in order of the day.
    """
    visits = grouped(planned, attrgetter("uscc"))
    booked = Counter((visit.staff_no, visit.planned_on) for visit in planned)
    full = {seat for seat, count in booked.items() if count >= facts.visits_per_day}
    kept, changes = [], []
    moved: set[str] = set()
    for plan in before:
        own = visits.get(plan.uscc)
        now = own.pop(0) if own else None
        if now is not None and (now.staff_no, now.planned_on) == (plan.staff_no, plan.planned_on):
            kept.append(now)
            continue
        reason = reason_against(plan, facts) or _plan_reason(plan, now, facts, is_later=plan.uscc in moved)
        if reason == PlanChangeReason.MADE_ROOM and (plan.staff_no, plan.planned_on) not in full:
            reason = PlanChangeReason.BETTER_DAY
        changes.append(PlanChange(plan, now, reason))
        moved.add(plan.uscc)
    return tuple(kept), tuple(changes)


def reason_against(plan: OldPlan, facts: PlanningFacts) -> PlanChangeReason | None:
    """Return the first fact that speaks against a plan, None if it may stand."""
    need = facts.needs.get(plan.uscc)
    if need is None:
        return PlanChangeReason.OUT_OF_SCOPE
    return _enterprise_reason(plan, need, facts) or _cadre_reason(plan, need, facts)


def _enterprise_reason(plan: OldPlan, need: VisitNeed, facts: PlanningFacts) -> PlanChangeReason | None:
    if need.in_scope_until is not None and need.in_scope_until <= plan.planned_on:
        return PlanChangeReason.OUT_OF_SCOPE
    if not need.services:
        return PlanChangeReason.UNSERVED
    if need.last_visit_on is not None and need.last_visit_on >= plan.made_on and plan.due_on != need.due_on:
        return PlanChangeReason.VISITED
    if plan.planned_on < facts.today:
        return PlanChangeReason.MISSED
    if _holds(need.paused, plan.planned_on):
        return PlanChangeReason.PAUSED
    return PlanChangeReason.BLACKOUT if _holds(need.blackouts, plan.planned_on) else None


def _cadre_reason(plan: OldPlan, need: VisitNeed, facts: PlanningFacts) -> PlanChangeReason | None:
    server = need.served_by(plan.planned_on)
    if server is None:
        is_still_served = any(each.staff_no == plan.staff_no for each in need.services)
        return PlanChangeReason.CADRE_LEAVES if is_still_served else PlanChangeReason.UNSERVED
    stretches = facts.availability.stretches(need)
    day = plan.planned_on.toordinal()
    can_go = any(who == plan.staff_no and start <= day < stop for start, stop, who in stretches)
    if not can_go:
        return PlanChangeReason.ABSENCE if server == plan.staff_no else PlanChangeReason.CADRE_CHANGED
    return None if facts.calendar.is_workday(plan.planned_on) else PlanChangeReason.NO_WORKDAY


def _plan_reason(plan: OldPlan, now: PlannedVisit | None, facts: PlanningFacts, *, is_later: bool) -> PlanChangeReason:
    if plan.due_on > facts.until:
        return PlanChangeReason.BEYOND_HORIZON
    if now is not None and now.planned_on is not None and (now.uscc, now.planned_on) in facts.confirmed:
        return PlanChangeReason.CONFIRMED
    if is_later:
        return PlanChangeReason.EARLIER_MOVED
    return PlanChangeReason.DUE_CHANGED if now is None or now.due_on != plan.due_on else PlanChangeReason.MADE_ROOM


def _holds(intervals: Sequence[Interval], day: date) -> bool:
    return any(start <= day < end for start, end in intervals)
