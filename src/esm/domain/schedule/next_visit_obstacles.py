"""Whether the next visits can be on time: what stands against one before it is overdue (docs/rules.md, Check)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from esm.domain.schedule.free_days import Diary
from esm.domain.schedule.plan_changes import OldPlan
from esm.domain.schedule.visit_series import DayWish, Interval, VisitNeed, VisitSeries
from esm.domain.schedule.visitors import Availability
from esm.domain.values.grouping import grouped
from esm.domain.values.intervals import holds
from esm.domain.values.settings import Settings
from esm.domain.values.workdays import DAY, WorkCalendar


@dataclass(frozen=True, slots=True)
class NextVisit:
    """A visit that falls due today or later, with its cadre on that day, and what stands against it.

    `window` holds the days it may take, both inclusive; `has_free_day`: one of them is a free working day of somebody
    who can go, or the visit is planned there. `away` is the long absence in which it falls due while no deputy can go.
    """

    uscc: str
    staff_no: str
    due_on: date
    window: Interval
    planned_on: date | None
    has_free_day: bool
    away: Interval | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What decides whether visits can be on time, as of a day; `plans` are the open ones."""

    today: date
    calendar: WorkCalendar
    availability: Availability
    plans: Sequence[OldPlan]
    settings: Settings

    def next_visits(self, needs: Sequence[VisitNeed]) -> Iterator[NextVisit]:
        """Yield the next visit of each served enterprise that is not overdue.

        Left out are those that leave scope by the due date or are paused on it: no visit falls due there.
        """
        all_series = [
            VisitSeries(need, (), self.today, self.availability.stretches(need))
            for need in needs
            if need.services and need.due_on >= self.today and _falls_due(need)
        ]
        if all_series:
            diary, own = self._diary(all_series), grouped(self.plans, lambda plan: plan.uscc)
            for series in all_series:
                yield self._next_visit(series, diary, [plan.planned_on for plan in own.get(series.need.uscc, ())])

    def _next_visit(self, series: VisitSeries, diary: Diary, own: Sequence[date]) -> NextVisit:
        need, wish = series.need, series.wish(self.settings)
        return NextVisit(
            need.uscc, need.served_by(need.due_on) or need.services[-1].staff_no, need.due_on,
            (date.fromordinal(wish.start), need.due_on), min(own, default=None),
            _has_its_day(series, wish, own) or any(True for _seat in diary.free_seats(wish, wish.start, wish.due + 1)),
            self._absence_without_deputy(series),
        )  # fmt: skip

    def _absence_without_deputy(self, series: VisitSeries) -> Interval | None:
        """Return the long absence of the cadre that holds the due date, None if somebody can go by then."""
        due_on = series.need.due_on
        for start_on, end_on in self.availability.absences.get(series.need.served_by(due_on) or "", ()):
            is_long = (end_on - start_on).days > self.settings.deputy_after_days
            if is_long and holds(start_on, end_on, due_on):
                first, last = max(start_on, self.today).toordinal(), due_on.toordinal()
                can_go = any(first < stop and start <= last for start, stop, _who in series.stretches)
                return None if can_go else (start_on, end_on)
        return None

    def _diary(self, all_series: Sequence[VisitSeries]) -> Diary:
        last = max(series.need.due_on for series in all_series)
        workdays = [day.toordinal() for day in self.calendar.workdays(self.today, last + DAY)]
        staff = {who for series in all_series for who in series.visitors} | {plan.staff_no for plan in self.plans}
        diary = Diary(workdays, sorted(staff), self.settings.visits_per_day)
        for plan in self.plans:
            diary.book(diary.seat(plan.planned_on.toordinal(), plan.staff_no), None)
        return diary


def _falls_due(need: VisitNeed) -> bool:
    stays = need.in_scope_until is None or need.due_on < need.in_scope_until
    return stays and not any(holds(*pause, need.due_on) for pause in need.paused)


def _has_its_day(series: VisitSeries, wish: DayWish, own: Sequence[date]) -> bool:
    """Return whether a plan of the enterprise lies in the window on a day on which somebody can go."""
    days = [day.toordinal() for day in own]
    return any(
        wish.start <= day <= wish.due and start <= day < stop for day in days for start, stop, _who in series.stretches
    )
