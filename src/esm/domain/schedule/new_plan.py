"""The plan of all visits up to a day, against the plan before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from esm.domain.requests.records import NewDeadline
from esm.domain.schedule.plan_changes import PlanChange
from esm.domain.schedule.planner import PlannedVisit
from esm.domain.values.workdays import Notice, YearDoubt


@dataclass(frozen=True, slots=True)
class PlanUpdate:
    """How many visits a change of the facts moved or planned anew, and how many plans it called off.

    `late` of the replanned are not due yet but planned after the due date; `beyond` of the plans called off are due
    after the planning period, which ends earlier now.
    """

    replanned: int = 0
    called_off: int = 0
    late: int = 0
    beyond: int = 0


@dataclass(frozen=True, slots=True)
class Schedule:
    """A plan up to `until`, against the plan before: `kept` visits stay on their day with their cadre.

    `unserved` are the codes of those whom nobody serves today, whether or not a visit falls due; `until_before` is the
    day up to which the plan before went.
    """

    until: date
    visits: tuple[PlannedVisit, ...]
    kept: tuple[PlannedVisit, ...]
    changes: tuple[PlanChange, ...]
    unserved: frozenset[str]
    enterprises: Mapping[str, str]
    cadres: Mapping[str, str]
    until_before: date | None = None

    @property
    def planned(self) -> tuple[PlannedVisit, ...]:
        """Return the visits that have a cadre and a day."""
        return tuple(visit for visit in self.visits if visit.planned_on is not None)

    @property
    def moved(self) -> tuple[PlanChange, ...]:
        """Return the plans that have another day or cadre now; the other moves were given up."""
        return tuple(change for change in self.changes if change.now is not None)

    @property
    def beyond(self) -> tuple[PlanChange, ...]:
        """Return the plans given up because the plan does not go as far as the one before."""
        shrinks = self.until_before is not None and self.until < self.until_before
        return tuple(change for change in self.changes if shrinks and change.is_beyond_horizon)

    @property
    def without_cadre(self) -> tuple[PlannedVisit, ...]:
        """Return the visits that fall due after the cadre who serves the enterprise has left."""
        return tuple(visit for visit in self.visits if visit.staff_no is None and visit.uscc not in self.unserved)

    @property
    def without_day(self) -> tuple[PlannedVisit, ...]:
        """Return the visits of a cadre for which no day is free."""
        return tuple(visit for visit in self.visits if visit.staff_no is not None and visit.planned_on is None)


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """What a list of days changes: the working days of its year, the plan anew if it depends on them, deadlines.

    `doubt` says why the year of the list is not published by it.
    """

    notice: Notice
    workdays: int | None
    schedule: Schedule | None
    deadlines: tuple[NewDeadline, ...] = ()
    doubt: YearDoubt | None = None
