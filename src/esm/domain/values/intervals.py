"""Half-open intervals of days, `[start_on, end_on)`: the one way in which intervals are kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

FOREVER = date.max  # the end of an interval that is still running


def holds(start_on: date | None, end_on: date | None, on: date) -> bool:
    """Return whether an interval holds a day; without a first or an end it has none on that side."""
    return (start_on is None or start_on <= on) and (end_on is None or on < end_on)


def last_day(end_on: date | None) -> date | None:
    """Return the last day of an interval, which is how people are told its end; None while it has none."""
    return None if end_on is None else end_on - timedelta(days=1)


def first_overlap(held: Mapping[date, date], start_on: date, end_on: date) -> date | None:
    """Return the first day of another interval that shares a day with [start_on, end_on), if there is one.

    The first day tells intervals apart: the one that begins on `start_on` is no other.
    """
    return next((start for start, end in held.items() if start != start_on and start < end_on and start_on < end), None)


def is_unbroken(held: Mapping[date, date]) -> bool:
    """Return whether intervals follow each other without a gap and never end."""
    starts = sorted(held)
    return [held[start] for start in starts] == [*starts[1:], FOREVER]
