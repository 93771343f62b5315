"""What becomes of the open plans when a new plan replaces them: as few of them change as can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from esm.domain.schedule.plan import PlannedVisit
from esm.domain.values.grouping import grouped
from esm.storage.schedule.plans import OpenPlan

Match = tuple[OpenPlan, PlannedVisit]


@dataclass(slots=True)
class Replanning:
    """The open plans beside the new ones: those that keep day and cadre, those that move, and the rest."""

    kept: list[Match] = field(default_factory=list)
    moved: list[Match] = field(default_factory=list)
    added: list[PlannedVisit] = field(default_factory=list)
    removed: list[OpenPlan] = field(default_factory=list)


def match_plans(opened: Sequence[OpenPlan], planned: Sequence[PlannedVisit], today: date) -> Replanning:
    """Return what becomes of each open plan; one agreed with the enterprise for a day to come is never touched.

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
    left = []
    fixed = [plan for plan in old if plan.is_confirmed and plan.planned_on >= today]
    for plan in [*fixed, *(plan for plan in old if plan not in fixed)]:
        is_fixed = plan in fixed
        same = next((visit for visit in new if _is_same(plan, visit, is_fixed=is_fixed)), None)
        if same is not None:
            new.remove(same)
            if not is_fixed:
                found.kept.append((plan, same))
        elif not is_fixed:
            left.append(plan)
    for plan in left:
        follower = next((visit for visit in new if visit.staff_no == plan.staff_no), None)
        if follower is None:
            found.removed.append(plan)
        else:
            new.remove(follower)
            found.moved.append((plan, follower))
    found.added += new


def _is_same(plan: OpenPlan, visit: PlannedVisit, *, is_fixed: bool) -> bool:
    return plan.planned_on == visit.planned_on and (is_fixed or plan.staff_no == visit.staff_no)
