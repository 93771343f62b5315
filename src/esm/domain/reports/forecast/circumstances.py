"""What a forecast rests on: who wants a visit by a day, and when somebody can go (docs/rules.md, Forecast)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from esm.domain.schedule import cadence
from esm.domain.schedule.visit_series import FixedPlan, Interval, VisitNeed, VisitSeries, ordinals
from esm.domain.schedule.visitors import Availability
from esm.domain.values.grouping import grouped
from esm.domain.values.intervals import holds
from esm.domain.values.workdays import DAY, WorkCalendar

Seat = tuple[int, str]  # a working day as an ordinal, and the cadre who has room for a visit on it


@dataclass(frozen=True, slots=True)
class Places:
    """How many enterprises a cadre serves, and may serve."""

    load: int
    capacity: int

    @property
    def free(self) -> int:
        """Return how many more the cadre may take."""
        return max(0, self.capacity - self.load)


@dataclass(frozen=True, slots=True, order=True)
class LongAbsence:
    """An absence in which a deputy may go, `[start_on, end_on)`."""

    staff_no: str
    start_on: date
    end_on: date


@dataclass(frozen=True, slots=True)
class WantedVisit:
    """An enterprise that will be overdue unless it is visited on one of the `days`, which are working days.

    `home` are the seats of who serves it, now or later, and of their deputies; who is `recused` cannot take it over.
    """

    uscc: str
    staff_no: str | None
    home: tuple[Seat, ...]
    days: tuple[int, ...]
    recused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is known on `today` of the days up to `until`, both inclusive.

    `availability` knows of everybody when they are away, in post and recused; `confirmed` are the visits agreed.
    """

    today: date
    until: date
    calendar: WorkCalendar
    needs: Sequence[VisitNeed]
    availability: Availability
    confirmed: Sequence[FixedPlan]
    places: Mapping[str, Places]
    visits_per_day: int
    most_per_day: int

    def workdays(self) -> tuple[int, ...]:
        """Return the working days of the window as ordinals."""
        return tuple(day.toordinal() for day in self.calendar.workdays(self.today, self.until + DAY))

    def in_question(self) -> list[VisitNeed]:
        """Return who can be overdue on the day: in scope on it and not paused."""
        return [
            need
            for need in self.needs
            if (need.in_scope_until is None or self.until < need.in_scope_until)
            and not any(holds(*pause, self.until) for pause in need.paused)
        ]

    def days_there(self, staff_no: str, days: Sequence[int]) -> frozenset[int]:
        """Return those of some days on which a cadre is in post and not away."""
        start, stop = (end.toordinal() for end in self.availability.in_post[staff_no])
        away = ordinals(self.availability.absences.get(staff_no, ()))
        return frozenset(
            day for day in days if start <= day < stop and not any(first <= day < back for first, back in away)
        )

    def long_absences(self) -> list[LongAbsence]:
        """Return the absences inside the window in which a deputy may go."""
        return sorted(
            LongAbsence(staff_no, each.start_on, each.end_on)
            for staff_no, absences in self.availability.substitutions.items()
            for each in absences
            if each.start_on <= self.until and self.today < each.end_on
        )

    def with_deputies(self, named: Mapping[LongAbsence, str]) -> Circumstances:
        """Return what would be known if these deputies were named for absences, in the place of others."""
        substitutions = {
            staff_no: [
                replace(each, deputy=named.get(LongAbsence(staff_no, each.start_on, each.end_on), each.deputy))
                for each in absences
            ]
            for staff_no, absences in self.availability.substitutions.items()
        }
        return replace(self, availability=replace(self.availability, substitutions=substitutions))

    def bookings(self) -> Counter[Seat]:
        """Return how many visits agreed with enterprises stand on each seat."""
        needs = {need.uscc: need for need in self.needs}
        booked: Counter[Seat] = Counter()
        for plan in self.confirmed:
            need = needs.get(plan.uscc)
            if need is not None and self.today <= plan.planned_on <= self.until and need.has_ground(plan.planned_on):
                series = VisitSeries(need, (), self.today, self.availability.stretches(need))
                booked[plan.planned_on.toordinal(), series.visitor_on(plan.planned_on) or ""] += 1
        return booked

    def wanted_visits(self) -> list[WantedVisit]:
        """Return who needs a visit that is not agreed yet, most urgent first: by due date, tier and code."""
        agreed = grouped(self.confirmed, lambda plan: plan.uscc)
        recused = grouped(sorted(self.availability.recusals), lambda pair: pair[1])
        workdays = self.workdays()
        found = []
        for need in sorted(self.in_question(), key=lambda need: (need.due_on, need.tier, need.uscc)):
            if need.due_on >= self.until:
                continue
            first = max(self.today, first_day_that_keeps(self.until, need.months))
            own = [plan.planned_on for plan in agreed.get(need.uscc, ())]
            if any(first <= day <= self.until and need.has_ground(day) for day in own):
                continue
            days = _days_of(need, workdays, first.toordinal())
            stretches = self.availability.stretches(need)
            home = tuple((day, who) for start, stop, who in stretches for day in days if start <= day < stop)
            barred = frozenset(staff_no for staff_no, _uscc in recused.get(need.uscc, ()))
            found.append(WantedVisit(need.uscc, responsible_cadre(need, self.today), home, days, barred))
        return found


def responsible_cadre(need: VisitNeed, today: date) -> str | None:
    """Return who serves an enterprise on a day, else who will."""
    later = need.services[0].staff_no if need.services else None
    return need.served_by(today) or later


def is_overdue_after(need: VisitNeed, last_on: date | None, on: date) -> bool:
    """Return whether an enterprise is overdue on a day when its last visit before it is on `last_on`, None for none."""
    return (need.due_on if last_on is None else cadence.due_on(last_on, need.months)) < on


@lru_cache(maxsize=64)
def first_day_that_keeps(until: date, months: int) -> date:
    """Return the first day of a visit after which nothing is overdue on `until`."""
    day: date = until - relativedelta(months=months)
    while cadence.due_on(day - DAY, months) >= until:
        day -= DAY
    while cadence.due_on(day, months) < until:
        day += DAY
    return day


def _days_of(need: VisitNeed, workdays: tuple[int, ...], first: int) -> tuple[int, ...]:
    blocked: Sequence[Interval] = (*need.paused, *need.blackouts)
    if not blocked and not need.refused and (not workdays or first <= workdays[0]):
        return workdays
    refused, spans = {day.toordinal() for day in need.refused}, ordinals(blocked)
    return tuple(
        day
        for day in workdays
        if day >= first and day not in refused and not any(start <= day < stop for start, stop in spans)
    )
