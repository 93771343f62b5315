"""What becomes of the open plans when a new plan replaces them: as few of them change as can be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from esm.domain.schedule.planner import PlannedVisit
from esm.domain.values.grouping import grouped
from esm.storage.schedule.plans import OpenPlan

Match = tuple[OpenPlan, PlannedVisit]


@dataclass(slots=True)
class Replanning:
    """The open plans beside the new ones: those that keep day and cadre, those that move, and the rest.

    `reassigned` were agreed with the enterprise and keep the day, but another cadre goes.
    """

    kept: list[Match] = field(default_factory=list)
    reassigned: list[Match] = field(default_factory=list)
    moved: list[Match] = field(default_factory=list)
    added: list[PlannedVisit] = field(default_factory=list)
    removed: list[OpenPlan] = field(default_factory=list)


def match_plans(opened: Sequence[OpenPlan], planned: Sequence[PlannedVisit], today: date) -> Replanning:
    """Return what becomes of each open plan; one agreed with the enterprise for a day to come never moves.

    A plan that stays on its day with its cadre is kept; of the others the n-th moves to the n-th new
    day of the same enterprise and cadre.
    """
    found = Replanning()
    placed = (visit for visit in planned if visit.staff_no is not None and visit.planned_on is not None)
    new, old = grouped(placed, attrgetter("uscc")), grouped(opened, attrgetter("uscc"))
    for uscc in {**old, **new}:
        _match_enterprise(found, old.get(uscc, []), new.get(uscc, []), today)
    return found


def _match_enterprise(found: Replanning, old: Sequence[OpenPlan], new: list[PlannedVisit], today: date) -> None:
    fixed = [plan for plan in old if plan.is_confirmed and plan.planned_on >= today]
    agreed = _take(new, fixed, lambda plan, visit: plan.planned_on == visit.planned_on)
    for plan, visit in agreed:
        (found.kept if plan.staff_no == visit.staff_no else found.reassigned).append((plan, visit))
    found.removed += [plan for plan in fixed if plan not in [plan for plan, _ in agreed]]
    free = [plan for plan in old if plan not in fixed]
    kept = _take(new, free, lambda plan, visit: (plan.planned_on, plan.staff_no) == (visit.planned_on, visit.staff_no))
    rest = [plan for plan in free if plan not in [plan for plan, _ in kept]]
    moved = _take(new, rest, lambda plan, visit: plan.staff_no == visit.staff_no)
    found.kept += kept
    found.moved += moved
    found.removed += [plan for plan in rest if plan not in [plan for plan, _ in moved]]
    found.added += new


def _take(
    new: list[PlannedVisit], old: Sequence[OpenPlan], fits: Callable[[OpenPlan, PlannedVisit], bool]
) -> list[Match]:
    """Return each of the old plans with the first visit left that fits it, which is taken out of `new`."""
    taken = []
    for plan in old:
        visit = next((visit for visit in new if fits(plan, visit)), None)
        if visit is not None:
            new.remove(visit)
            taken.append((plan, visit))
    return taken
