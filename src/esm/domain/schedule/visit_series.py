"""One enterprise's visits to come: which is due when, and which days it could be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from esm.domain.schedule import cadence
from esm.domain.values.settings import Settings

Interval = tuple[date, date]
Stretch = tuple[int, int, str]  # from a day until before another, as ordinals, this cadre can go


@dataclass(frozen=True, slots=True)
class Service:
    """Days on which a cadre, in post, serves an enterprise."""

    staff_no: str
    start_on: date
    end_on: date


@dataclass(frozen=True, slots=True)
class VisitNeed:
    """An enterprise in scope, its clock, who serves it from today on, and what hinders a visit.

    Intervals are half-open. There is no visit on paused or blacked-out days, nor on `refused` ones, on which a visit
    was called off by hand, nor from `in_scope_until` on.
    """

    uscc: str
    tier: str
    subdistrict: str | None
    services: tuple[Service, ...]
    due_on: date
    anchor_on: date
    last_visit_on: date | None
    months: int
    in_scope_until: date | None = None
    paused: tuple[Interval, ...] = ()
    blackouts: tuple[Interval, ...] = ()
    refused: tuple[date, ...] = ()

    def served_by(self, on: date) -> str | None:
        """Return who serves the enterprise on a day from today on, None if nobody does."""
        return next((each.staff_no for each in self.services if each.start_on <= on < each.end_on), None)

    def has_ground(self, on: date) -> bool:
        """Return whether a visit on a day that was agreed still can be: in scope, served and not paused."""
        return (
            (self.in_scope_until is None or on < self.in_scope_until)
            and self.served_by(on) is not None
            and not any(start_on <= on < end_on for start_on, end_on in self.paused)
        )


@dataclass(frozen=True, slots=True)
class FixedPlan:
    """A visit whose day the enterprise has confirmed; the day stays, and who goes follows the pairing."""

    uscc: str
    due_on: date
    planned_on: date


@dataclass(slots=True, eq=False)
class DayWish:
    """A due visit that wants a day, in ordinals: from `start` to `due`, at best `ideal`, always before `stop`.

    Within `[spaced, spaced_until)` it keeps its distance to the visit before and to a later one that is confirmed.
    """

    series: VisitSeries
    start: int
    ideal: int
    due: int
    stop: int
    spaced: int
    spaced_until: int

    def is_hindered(self, day: int) -> bool:
        """Return whether the enterprise cannot be visited on a day."""
        return day in self.series.refused or any(start <= day < end for start, end in self.series.blocked)


class VisitSeries:
    """The course of one enterprise: the visit due next, the one before it, and the days confirmed.

    `stretches` say who can go there and when.
    """

    def __init__(self, need: VisitNeed, fixed: Sequence[FixedPlan], today: date, stretches: Sequence[Stretch]) -> None:
        self.need = need
        self.stretches = stretches
        self.due_on = need.due_on
        self.confirmed = sorted(
            (plan for plan in fixed if today <= plan.planned_on and need.has_ground(plan.planned_on)),
            key=lambda plan: plan.planned_on,
        )
        self.blocked = ordinals((*need.paused, *need.blackouts))
        self.refused = frozenset(day.toordinal() for day in need.refused)
        self._anchor_on, self._nth, self._before = need.anchor_on, 1, need.last_visit_on
        self._today = today

    @property
    def visitors(self) -> frozenset[str]:
        """Return who serves the enterprise from today on, and who may go there instead."""
        return frozenset(
            (*(each.staff_no for each in self.need.services), *(who for _from, _to, who in self.stretches))
        )

    def is_due_by(self, until: date) -> bool:
        """Return whether the next visit falls due on or before `until`, with the enterprise still in scope."""
        scope_end = self.need.in_scope_until
        return self.due_on <= until and (scope_end is None or self.due_on < scope_end)

    def take_confirmed(self) -> FixedPlan | None:
        """Return and use up the confirmed visit that answers the next due date, if one does."""
        if self.confirmed and min(self.confirmed[0].planned_on, self.confirmed[0].due_on) <= self.due_on:
            return self.confirmed.pop(0)
        return None

    def visitor_on(self, day: date) -> str | None:
        """Return who goes on a day that was agreed: who can, else who serves the enterprise then."""
        on = day.toordinal()
        found = next((staff_no for start, stop, staff_no in self.stretches if start <= on < stop), None)
        return found or self.need.served_by(day)

    def wish(self, settings: Settings) -> DayWish:
        """Return which days the next visit may take."""
        due, today = self.due_on.toordinal(), self._today.toordinal()
        start = max(today, due - settings.window_days)
        spaced = start if self._before is None else max(start, self._before.toordinal() + settings.visit_gap_days)
        stop = spaced_until = (self.need.in_scope_until or date.max).toordinal()
        if self.confirmed:
            agreed = self.confirmed[0].planned_on.toordinal()
            stop, spaced_until = min(stop, agreed), min(stop, agreed - settings.visit_gap_days + 1)
        return DayWish(self, start, due - settings.ideal_days, due, stop, spaced, spaced_until)

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


def ordinals(intervals: Sequence[Interval]) -> tuple[tuple[int, int], ...]:
    """Return the intervals as ordinals, still half-open."""
    return tuple((start.toordinal(), end.toordinal()) for start, end in intervals)
