"""Planned visits: a working day for every visit that falls due (docs/rules.md, Planning visits).

Everything is decided cadre by cadre; cadres who share enterprises, as deputies or successors, together. Overdue
enterprises come first and take the first free days. Then visits whose possible days overlap are weighed together,
earliest first, and each enterprise's following visit joins once the one before has its day. `day_choice` says how
exact that is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from esm.domain.schedule import day_choice
from esm.domain.schedule.exact_day_search import UndatedVisit
from esm.domain.schedule.free_days import NOWHERE, Diary
from esm.domain.schedule.visit_series import DayWish, FixedPlan, VisitNeed, VisitSeries
from esm.domain.schedule.visitors import Availability, linked_cadres
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


def plan_visits(
    needs: Sequence[VisitNeed],
    *,
    today: date,
    until: date,
    calendar: WorkCalendar,
    availability: Availability,
    fixed: Sequence[FixedPlan],
    settings: Settings,
) -> tuple[PlannedVisit, ...]:
    """Return every visit that falls due on or before `until`, by due date and uscc.

    Confirmed visits from today on stay on their days and fill those of who goes, as far as the enterprise is in scope,
    served and not paused then; those already missed are planned anew. An unserved enterprise, or one whose cadre
    leaves before a visit could be made, gets one row without cadre and day. The answer does not depend on the order
    of the rows; each group of cadres who share enterprises is planned by itself.
    """
    horizon = _Horizon(today, until, calendar, settings)
    workdays = horizon.workdays()
    confirmed = grouped(fixed, attrgetter("uscc"))
    all_series = [
        VisitSeries(need, confirmed.get(need.uscc, ()), today, availability.stretches(need))
        for need in sorted(needs, key=attrgetter("uscc"))
    ]
    served = [series for series in all_series if series.visitors]
    rows = [_unplanned(series, None) for series in all_series if not series.visitors and series.is_due_by(until)]
    linked = linked_cadres(served)
    groups = grouped(linked, linked.__getitem__)
    for first, together in grouped(served, lambda series: linked[min(series.visitors)]).items():
        rows += _GroupPlanner(Diary(workdays, groups[first], settings.visits_per_day), horizon).plan(together)
    return tuple(sorted(rows, key=attrgetter("due_on", "uscc")))


def _unplanned(series: VisitSeries, staff_no: str | None) -> PlannedVisit:
    return PlannedVisit(series.need.uscc, staff_no, series.due_on, None, provisional=False, late=False)


class _GroupPlanner:
    """Plans the visits of cadres who share enterprises, of one cadre as a rule.

    `_pending` holds the next wish of every enterprise not planned to the end.
    """

    def __init__(self, diary: Diary, horizon: _Horizon) -> None:
        self._diary = diary
        self._horizon = horizon
        self._pending: list[DayWish] = []
        self._rows: list[PlannedVisit] = []

    def plan(self, all_series: Sequence[VisitSeries]) -> list[PlannedVisit]:
        """Return all visits of these enterprises up to the horizon."""
        for series in all_series:
            self._book_confirmed(series)
        for series in all_series:
            self._queue(series)
        self._catch_up()
        while self._pending:
            self._pending.sort(key=lambda wish: (wish.start, wish.due, wish.series.need.uscc))
            count, costs = self._rivals()
            rivals, self._pending = self._pending[:count], self._pending[count:]
            for wish, seat in self._seats_for(rivals, costs):
                self._settle(wish, seat)
        return self._rows

    def _book_confirmed(self, series: VisitSeries) -> None:
        for plan in series.confirmed:
            staff_no = series.visitor_on(plan.planned_on)
            if staff_no is not None:
                seat = self._diary.seat(plan.planned_on.toordinal(), staff_no)
                self._diary.book(seat, series.need.subdistrict)

    def _queue(self, series: VisitSeries) -> None:
        """Walk past the confirmed visits to the next one that still wants a day."""
        while series.is_due_by(self._horizon.until):
            confirmed = series.take_confirmed()
            if confirmed is None:
                self._pending.append(series.wish(self._horizon.settings))
                return
            self._note(series, series.visitor_on(confirmed.planned_on), confirmed.planned_on)

    def _catch_up(self) -> None:
        """Give the overdue the first free days: most days overdue first, then by tier, then by uscc."""
        today = self._horizon.today.toordinal()
        overdue = [wish for wish in self._pending if wish.due < today]
        self._pending = [wish for wish in self._pending if wish.due >= today]
        for wish in sorted(overdue, key=lambda wish: (wish.due, wish.series.need.tier, wish.series.need.uscc)):
            self._settle(wish, self._diary.first_free(wish))

    def _rivals(self) -> tuple[int, list[dict[int, int]]]:
        """Return how many of the pending, from the first on, share possible days, and what seats cost them.

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
            reach = max([reach, *(self._diary.day_of(seat) for seats in costs for seat in seats if seat != NOWHERE)])

    def _seats_for(self, rivals: Sequence[DayWish], costs: Sequence[dict[int, int]]) -> list[tuple[DayWish, int]]:
        """Return the wishes with their seats; for ties they stand in the order of due date and uscc."""
        order = sorted(range(len(rivals)), key=lambda index: (rivals[index].due, rivals[index].series.need.uscc))
        places = [rivals[index].series.need.subdistrict for index in order]
        visits = [UndatedVisit(place, costs[index]) for place, index in zip(places, order, strict=True)]
        room = {seat: self._diary.room(seat) for seats in costs for seat in seats}
        found = day_choice.choose_days(visits, room, self._diary.trips | {(NOWHERE, place) for place in places})
        return [(rivals[index], seat) for index, seat in zip(order, found, strict=True)]

    def _settle(self, wish: DayWish, seat: int) -> None:
        """Write a wish's seat down; without one, a later confirmed visit must do, or none can be promised."""
        series = wish.series
        if seat != NOWHERE:
            self._diary.book(seat, series.need.subdistrict)
            planned_on, staff_no = self._diary.visit_at(seat)
            self._note(series, staff_no, planned_on)
        elif series.confirmed:
            planned_on = series.confirmed.pop(0).planned_on
            self._note(series, series.visitor_on(planned_on), planned_on)
        else:
            expected_on = max(series.due_on, self._horizon.today)
            self._rows.append(_unplanned(series, series.need.served_by(expected_on)))
            return
        self._queue(series)

    def _note(self, series: VisitSeries, staff_no: str | None, planned_on: date) -> None:
        due_on, provisional = series.due_on, self._horizon.calendar.is_provisional(planned_on)
        late = planned_on > due_on
        self._rows.append(PlannedVisit(series.need.uscc, staff_no, due_on, planned_on, provisional, late))
        series.visit(planned_on)
