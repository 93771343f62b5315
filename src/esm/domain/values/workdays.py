"""Working days of the Chinese calendar: holidays off, make-up days (调休) worked.

The statutory days off, known before the State Council arranges a year's holidays, are those of 全国年节及纪念日放假办法
by State Council orders 513 (in force from 2008), 644 (from 2014) and 795 (from 2025). Lunar days and the solar term of
Qingming are those of the library borax, for 1900 to 2100; later years have only the days that the solar calendar names.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

DAY = timedelta(days=1)
_DAYS, _WORKED = 7, 5
_Exceptions = tuple[list[int], list[int]]
STATUTORY_SOURCE = "State Council Order No. 795 (国务院令第795号)"
LAST_LUNAR_YEAR = 2100
_QINGMING = 6  # the terms are counted from 0, the first of January


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Monday to Friday, and the exceptions that the yearly State Council notices publish.

    `off` are the weekdays off, `make_up` the weekend days worked and the statutory days off that are worked all the
    same, `published_until` the last day of the last published year. In later years, which are provisional, the
    statutory days are off.
    """

    off: frozenset[date]
    make_up: frozenset[date]
    published_until: date

    def is_workday(self, day: date) -> bool:
        """Return whether `day` is worked, as far as is published."""
        if day in self.make_up:
            return True
        return day.weekday() < _WORKED and day not in self.off and not self._is_statutory(day)

    def _is_statutory(self, day: date) -> bool:
        return day > self.published_until and day in statutory_days_off(day.year)

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
            if day.is_worked != (day.on.weekday() < _WORKED) or (day.is_worked and self._is_statutory(day.on)):
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
class YearDoubt:
    """Why a year is not certain: by default because no list of it is known.

    Its list lacks the `missing` holidays, or is complete and `awaits` that of an earlier year; or the year lies
    before all that are on record.
    """

    missing: tuple[str, ...] = ()
    awaits: int | None = None
    is_before_records: bool = False


@dataclass(frozen=True, slots=True)
class YearPage:
    """One year of the calendar as people read it: every named day, and how many days are worked.

    `doubt` says why the year is not certain.
    """

    year: int
    workdays: int
    days: tuple[NamedDay, ...]
    doubt: YearDoubt | None = None

    @property
    def is_provisional(self) -> bool:
        """Return whether a notice may still change the year."""
        return self.doubt is not None


def count_between(calendar: WorkCalendar, after: date, until: date) -> int:
    """Return how many working days lie in `(after, until]`, negative when `until` is the earlier day.

    Weeks are counted by arithmetic and exceptions by bisection, so a century costs as little as a week.
    """
    return _up_to(calendar, until) - _up_to(calendar, after)


def _up_to(calendar: WorkCalendar, day: date) -> int:
    """Return the number of working days from the first Monday of the count to `day`, both included."""
    off, make_up = _exceptions(calendar, max(day.year, calendar.published_until.year))
    ordinal = day.toordinal()  # day 1 is a Monday
    weeks, rest = divmod(ordinal, _DAYS)
    return weeks * _WORKED + min(rest, _WORKED) - bisect_right(off, ordinal) + bisect_right(make_up, ordinal)


@lru_cache(maxsize=16)
def _exceptions(calendar: WorkCalendar, last_year: int) -> _Exceptions:
    """Return the weekdays off and the weekend days worked up to a year, in order; a day that is both is worked."""
    unpublished = range(calendar.published_until.year + 1, last_year + 1)
    named = calendar.off.union(*map(statutory_days_off, unpublished))
    off = (on.toordinal() for on in named - calendar.make_up if on.weekday() < _WORKED)
    make_up = (on.toordinal() for on in calendar.make_up if on.weekday() >= _WORKED)
    return sorted(off), sorted(make_up)


@dataclass(frozen=True, slots=True)
class _Law:
    """What a revision of the law changes: the days around the first of the lunar year, and those of May."""

    first_year: int
    spring_festival: range
    labour_days: int


_LAWS = (_Law(2025, range(-1, 3), 2), _Law(2014, range(3), 1), _Law(2008, range(-1, 2), 1))


@lru_cache(maxsize=256)
def statutory_holidays(year: int) -> Mapping[str, tuple[date, ...]]:
    """Return the statutory days off of a year by their holiday, nothing for the years before this law."""
    law = next((each for each in _LAWS if each.first_year <= year), None)
    if law is None:
        return MappingProxyType({})
    found = {
        "New Year's Day": (date(year, 1, 1),),
        **(_lunar_holidays(year, law) if year <= LAST_LUNAR_YEAR else {}),
        "Labour Day": tuple(date(year, 5, 1 + number) for number in range(law.labour_days)),
        "National Day": tuple(date(year, 10, 1 + number) for number in range(3)),
    }
    return MappingProxyType(found)


@lru_cache(maxsize=256)
def statutory_days_off(year: int) -> frozenset[date]:
    """Return the statutory days off of a year."""
    return frozenset(on for days in statutory_holidays(year).values() for on in days)


def missing_holidays(year: int, listed: Collection[date]) -> tuple[str, ...]:
    """Return the holidays of a year that have a statutory day which is not among the days `listed` as off."""
    return tuple(name for name, days in statutory_holidays(year).items() if not set(days) <= set(listed))


def _lunar_holidays(year: int, law: _Law) -> dict[str, tuple[date, ...]]:
    from borax.calendars.lunardate import LunarDate, TermUtils  # noqa: PLC0415 - published years do not need it

    new_year: date = LunarDate(year, 1, 1).to_solar_date()
    return {
        "Spring Festival": tuple(new_year + timedelta(days=number) for number in law.spring_festival),
        "Tomb-sweeping Day": (TermUtils.nth_term_day(year, _QINGMING),),
        "Dragon Boat Festival": (LunarDate(year, 5, 5).to_solar_date(),),
        "Mid-autumn Festival": (LunarDate(year, 8, 15).to_solar_date(),),
    }
