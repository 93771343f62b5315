"""Planned visits: a working day for every visit that falls due (docs/rules.md, Planning visits).

Everything is decided cadre by cadre. Overdue enterprises come first and take the first free days. Then
visits whose possible days overlap are weighed together, earliest first, and each enterprise's following
visit joins once the one before has its day. `day_choice` says how exact that is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from esm.domain.schedule import day_choice
from esm.domain.schedule.exact_day_search import UndatedVisit
from esm.domain.schedule.free_days import NOWHERE, Diary
from esm.domain.schedule.visit_series import DayWish, FixedPlan, Interval, VisitNeed, VisitSeries, ordinals
from esm.domain.values.grouping import grouped
from esm.domain.values.settings import Settings
from esm.domain.values.workdays import WorkCalendar

__all__ = ["FixedPlan", "PlannedVisit", "VisitNeed", "plan_visits"]

SEARCH_DAYS = 366


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A visit that falls due, and its day.

    `staff_no` None: nobody serves the enterprise then. `planned_on` None: no day was found up to a year
    after the horizon. `late`: planned after the due date. `provisional`: after the last published year.
    """

    uscc: str
    staff_no: str | None
    due_on: date
    planned_on: date | None
    provisional: bool
    late: bool


@dataclass(frozen=True, slots=True)
class _Horizon:
    today: date
    until: date
    calendar: WorkCalendar
    settings: Settings

    def workdays(self) -> list[int]:
        last = min(max(self.today, self.until).toordinal() + SEARCH_DAYS, date.max.toordinal())
        return [day.toordinal() for day in self.calendar.workdays(self.today, date.fromordinal(last))]


def plan_visits(  # noqa: PLR0913 - all of it is what a plan depends on
    needs: Sequence[VisitNeed],
    *,
    today: date,
    until: date,
    calendar: WorkCalendar,
    absences: Mapping[str, Sequence[Interval]],
    fixed: Sequence[FixedPlan],
    settings: Settings,
    left_on: Mapping[str, date] | None = None,
) -> tuple[PlannedVisit, ...]:
    """Return every visit that falls due on or before `until`, by due date and uscc.

    Confirmed visits from today on stay as they are and fill their cadre's days; those already missed are
    planned anew. An unserved enterprise, or one whose cadre leaves before a visit could be made, gets one
    row without cadre and day. The answer does not depend on the order of the rows.
    """
    horizon = _Horizon(today, until, calendar, settings)
    workdays = horizon.workdays()
    confirmed = grouped(fixed, attrgetter("uscc"))
    booked = grouped(fixed, attrgetter("staff_no"))
    places = {need.uscc: need.subdistrict for need in needs}
    rows: list[PlannedVisit] = []
    for staff_no, served in grouped(sorted(needs, key=attrgetter("uscc")), attrgetter("staff_no")).items():
        all_series = [VisitSeries(need, confirmed.get(need.uscc, ()), today) for need in served]
        if staff_no is None:
            rows += [_unserved_visit(series) for series in all_series if series.is_due_by(until)]
            continue
        leaves = (left_on or {}).get(staff_no)
        away = ordinals((*absences.get(staff_no, ()), *([(leaves, date.max)] if leaves else ())))
        diary = Diary(workdays, away, settings.visits_per_day)
        for appointment in booked.get(staff_no, ()):
            diary.book(appointment.planned_on.toordinal(), places.get(appointment.uscc))
        rows += _CadrePlanner(diary, horizon, leaves).plan(all_series)
    return tuple(sorted(rows, key=attrgetter("due_on", "uscc")))


def _unserved_visit(series: VisitSeries) -> PlannedVisit:
    return PlannedVisit(series.need.uscc, None, series.due_on, None, provisional=False, late=False)


class _CadrePlanner:
    """Plans one cadre's visits: `_pending` holds the next wish of every enterprise not planned to the end."""

    def __init__(self, diary: Diary, horizon: _Horizon, leaves: date | None) -> None:
        self._diary = diary
        self._horizon = horizon
        self._leaves = leaves
        self._pending: list[DayWish] = []
        self._rows: list[PlannedVisit] = []

    def plan(self, all_series: Sequence[VisitSeries]) -> list[PlannedVisit]:
        """Return all visits of these enterprises up to the horizon."""
        for series in all_series:
            self._queue(series)
        self._catch_up()
        while self._pending:
            self._pending.sort(key=lambda wish: (wish.start, wish.due, wish.series.need.uscc))
            count, costs = self._rivals()
            rivals, self._pending = self._pending[:count], self._pending[count:]
            for wish, day in self._days_for(rivals, costs):
                self._settle(wish, day)
        return self._rows

    def _queue(self, series: VisitSeries) -> None:
        """Walk past the confirmed visits to the next one that still wants a day."""
        while series.is_due_by(self._horizon.until):
            confirmed = series.take_confirmed()
            if confirmed is None:
                self._pending.append(series.wish(self._horizon.settings))
                return
            self._note(series, confirmed.staff_no, confirmed.planned_on)

    def _catch_up(self) -> None:
        """Give the overdue the first free days: most days overdue first, then by tier, then by uscc."""
        today = self._horizon.today.toordinal()
        overdue = [wish for wish in self._pending if wish.due < today]
        self._pending = [wish for wish in self._pending if wish.due >= today]
        for wish in sorted(overdue, key=lambda wish: (wish.due, wish.series.need.tier, wish.series.need.uscc)):
            self._settle(wish, self._diary.first_free(wish))

    def _rivals(self) -> tuple[int, list[dict[int, int]]]:
        """Return how many of the pending, from the first on, share possible days, and what days cost them.

        Late days count as possible once the rivals found so far might need them.
        """
        reach, count = self._pending[0].start, 0
        costs: list[dict[int, int]] = []
        while True:
            grown = count
            while grown < len(self._pending) and self._pending[grown].start <= reach:
                reach = max(reach, self._pending[grown].due)
                grown += 1
            if grown == count:
                return count, costs
            count = grown
            costs = [self._diary.costs(wish, count) for wish in self._pending[:count]]
            reach = max([reach, *(day for days in costs for day in days if day != NOWHERE)])

    def _days_for(self, rivals: Sequence[DayWish], costs: Sequence[dict[int, int]]) -> list[tuple[DayWish, int]]:
        """Return the wishes with their days; for ties they stand in the order of due date and uscc."""
        order = sorted(range(len(rivals)), key=lambda index: (rivals[index].due, rivals[index].series.need.uscc))
        places = [rivals[index].series.need.subdistrict for index in order]
        visits = [UndatedVisit(place, costs[index]) for place, index in zip(places, order, strict=True)]
        room = {day: self._diary.room(day) for days in costs for day in days}
        found = day_choice.choose_days(visits, room, self._diary.trips | {(NOWHERE, place) for place in places})
        return [(rivals[index], day) for index, day in zip(order, found, strict=True)]

    def _settle(self, wish: DayWish, day: int) -> None:
        """Write a wish's day down; without one, a later confirmed visit must do, or none can be promised."""
        series = wish.series
        if day != NOWHERE:
            self._diary.book(day, series.need.subdistrict)
            self._note(series, series.need.staff_no, date.fromordinal(day))
        elif series.confirmed:
            confirmed = series.confirmed.pop(0)
            self._note(series, confirmed.staff_no, confirmed.planned_on)
        else:
            gone = self._leaves is not None and self._leaves <= max(series.due_on, self._horizon.today)
            row = _unserved_visit(series)
            self._rows.append(row if gone else replace(row, staff_no=series.need.staff_no))
            return
        self._queue(series)

    def _note(self, series: VisitSeries, staff_no: str | None, planned_on: date) -> None:
        due_on, provisional = series.due_on, self._horizon.calendar.is_provisional(planned_on)
        late = planned_on > due_on
        self._rows.append(PlannedVisit(series.need.uscc, staff_no, due_on, planned_on, provisional, late))
        series.visit(planned_on)
