"""Counting working days without walking through them: weeks by arithmetic, exceptions by bisection."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import lru_cache

from esm.domain.values.workdays import WorkCalendar

_DAYS, _WORKED = 7, 5
_Exceptions = tuple[list[int], list[int]]


def between(calendar: WorkCalendar, after: date, until: date) -> int:
    """Return how many working days lie in `(after, until]`, negative when `until` is the earlier day."""
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
