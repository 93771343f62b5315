"""One enterprise's visits to come: which is due when, and which days it could be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from esm.domain.schedule import cadence
from esm.domain.values.settings import Settings

Interval = tuple[date, date]


@dataclass(frozen=True, slots=True)
class VisitNeed:
    """An enterprise in scope, its clock and what hinders a visit; `staff_no` None: unserved.

    Intervals are half-open; there is no visit on paused or blacked-out days, nor from `in_scope_until` on.
    """

    uscc: str
    tier: str
    subdistrict: str | None
    staff_no: str | None
    due_on: date
    anchor_on: date
    last_visit_on: date | None
    months: int
    in_scope_until: date | None = None
    paused: tuple[Interval, ...] = ()
    blackouts: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class FixedPlan:
    """A visit whose day the enterprise has confirmed; it stays, whatever the rules would choose."""

    uscc: str
    staff_no: str
    due_on: date
    planned_on: date


@dataclass(slots=True, eq=False)
class DayWish:
    """A due visit that wants a day, in ordinals: from `start` to `due`, at best `ideal`, always before `stop`."""

    series: VisitSeries
    start: int
    ideal: int
    due: int
    stop: int
    blocked: tuple[tuple[int, int], ...]


class VisitSeries:
    """The course of one enterprise: the visit due next, the one before it, and the days confirmed."""

    def __init__(self, need: VisitNeed, fixed: Sequence[FixedPlan], today: date) -> None:
        self.need = need
        self.due_on = need.due_on
        self.confirmed = sorted(
            (plan for plan in fixed if today <= plan.planned_on and self._is_in_scope(plan.planned_on)),
            key=lambda plan: plan.planned_on,
        )
        self._anchor_on, self._nth, self._before = need.anchor_on, 1, need.last_visit_on
        self._today = today
        self._blocked = ordinals((*need.paused, *need.blackouts))

    def is_due_by(self, until: date) -> bool:
        """Return whether the next visit falls due on or before `until`, with the enterprise still in scope."""
        return self.due_on <= until and self._is_in_scope(self.due_on)

    def take_confirmed(self) -> FixedPlan | None:
        """Return and use up the confirmed visit that answers the next due date, if one does."""
        if self.confirmed and min(self.confirmed[0].planned_on, self.confirmed[0].due_on) <= self.due_on:
            return self.confirmed.pop(0)
        return None

    def wish(self, settings: Settings) -> DayWish:
        """Return which days the next visit may take.

        It keeps its distance to the visit before and to a later one that is confirmed.
        """
        due, today = self.due_on.toordinal(), self._today.toordinal()
        start = max(today, due - settings.window_days)
        if self._before is not None:
            start = max(start, self._before.toordinal() + settings.visit_gap_days)
        stop = (self.need.in_scope_until or date.max).toordinal()
        if self.confirmed:
            stop = min(stop, self.confirmed[0].planned_on.toordinal() - settings.visit_gap_days + 1)
        return DayWish(self, start, due - settings.ideal_days, due, stop, self._blocked)

    def visit(self, planned_on: date) -> None:
        """Go on to the visit after the one planned; a visit after its due date starts a new anchor."""
        if planned_on > self.due_on:
            self._anchor_on, self._nth = planned_on, 1
        else:
            self._nth += 1
        self._before = planned_on
        self.due_on = cadence.next_due_on(
            self._anchor_on, self.need.months, nth=self._nth, previous_planned_on=planned_on
        )

    def _is_in_scope(self, day: date) -> bool:
        return self.need.in_scope_until is None or day < self.need.in_scope_until


def ordinals(intervals: Sequence[Interval]) -> tuple[tuple[int, int], ...]:
    """Return the intervals as ordinals, still half-open."""
    return tuple((start.toordinal(), end.toordinal()) for start, end in intervals)
