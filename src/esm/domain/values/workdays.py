"""Working days of the Chinese calendar: holidays off, make-up days (调休) worked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

DAY = timedelta(days=1)
_DAYS, _WORKED = 7, 5
_Exceptions = tuple[list[int], list[int]]


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

    def last_workday(self, day: date) -> date:
        """Return `day` itself when it is worked, else the last working day before it."""
        while not self.is_workday(day):
            day -= DAY
        return day

    def workday_after(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`; with 0, `day` itself."""
        for _ in range(count):
            day = self.next_workday(day + DAY)
        return day

    def with_exceptions(self, days: Iterable[NamedDay], published: Collection[int]) -> WorkCalendar:
        """Return the calendar with other exceptions laid over it, and the years that are now `published`.

        Only years that follow without a gap leave the provisional part.
        """
        off, make_up, year = set(self.off), set(self.make_up), self.published_until.year
        for day in days:
            off.discard(day.on)
            make_up.discard(day.on)
            if day.is_worked != (day.on.weekday() < 5):
                (make_up if day.is_worked else off).add(day.on)
        while year + 1 in published:
            year += 1
        return WorkCalendar(frozenset(off), frozenset(make_up), date(year, 12, 31))


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day that a notice or a rule of the place names: off, or worked, and why."""

    on: date
    is_worked: bool
    name: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A list of days to be laid over the calendar: that of a published `year`, or with None a local rule."""

    year: int | None
    source: str
    days: tuple[NamedDay, ...]

    @property
    def name(self) -> str:
        """Return what tells it from other notices; later ones sort behind, local rules last."""
        return "local" if self.year is None else f"{self.year:04}"


@dataclass(frozen=True, slots=True)
class YearPage:
    """One year of the calendar as people read it: every named day, and how many days are worked."""

    year: int
    is_provisional: bool
    workdays: int
    days: tuple[NamedDay, ...]


def count_between(calendar: WorkCalendar, after: date, until: date) -> int:
    """Return how many working days lie in `(after, until]`, negative when `until` is the earlier day.

    Weeks are counted by arithmetic and exceptions by bisection, so a century costs as little as a week.
    """
    return _up_to(calendar, until) - _up_to(calendar, after)


def _up_to(calendar: WorkCalendar, day: date) -> int:
    """Return the number of working days from the first Monday of the count to `day`, both included."""
    off, make_up = _exceptions(calendar)
    ordinal = day.toordinal()  # day 1 is a Monday
    weeks, rest = divmod(ordinal, _DAYS)
    return weeks * _WORKED + min(rest, _WORKED) - bisect_right(off, ordinal) + bisect_right(make_up, ordinal)


@lru_cache(maxsize=4)
def _exceptions(calendar: WorkCalendar) -> _Exceptions:
    """Return the weekdays off and the weekend days worked, in order; a day that is both is worked."""
    off = (on.toordinal() for on in calendar.off - calendar.make_up if on.weekday() < _WORKED)
    make_up = (on.toordinal() for on in calendar.make_up if on.weekday() >= _WORKED)
    return sorted(off), sorted(make_up)
