"""Working days of the Chinese calendar: holidays off, make-up days (调休) worked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Monday to Friday, and the exceptions that the yearly State Council notices publish.

    `off` are the weekdays off, `make_up` the weekend days worked, `published_until` the last day of the
    last published year. Days outside the published years are Monday to Friday; later ones provisionally.
    """

    off: frozenset[date]
    make_up: frozenset[date]
    published_until: date

    def is_workday(self, day: date) -> bool:
        """Return whether `day` is worked, as far as is published."""
        return day in self.make_up or (day.weekday() < 5 and day not in self.off)

    def is_provisional(self, day: date) -> bool:
        """Return whether `day` lies after the last published year, so that a later notice may change it."""
        return day > self.published_until

    def workdays(self, start: date, end: date) -> tuple[date, ...]:
        """Return the working days of `[start, end)` in order."""
        days = (date.fromordinal(ordinal) for ordinal in range(start.toordinal(), end.toordinal()))
        return tuple(day for day in days if self.is_workday(day))

    def next_workday(self, day: date) -> date:
        """Return `day` itself when it is worked, else the first working day after it."""
        while not self.is_workday(day):
            day += DAY
        return day

    def workday_after(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`; with 0, `day` itself."""
        for _ in range(count):
            day = self.next_workday(day + DAY)
        return day
