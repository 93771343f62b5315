"""Half-open intervals of days, `[start_on, end_on)`: the one way in which intervals are kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date


def holds(start_on: date | None, end_on: date | None, on: date) -> bool:
    """Return whether an interval holds a day; without a first or an end it has none on that side."""
    return (start_on is None or start_on <= on) and (end_on is None or on < end_on)


def clash(taken: Mapping[date, date], start_on: date, end_on: date) -> date | None:
    """Return the first day of another stretch that shares a day with [start_on, end_on), if there is one.

    `taken` holds the end of each stretch by its first day, which tells stretches apart.
    """
    return next(
        (start for start, end in taken.items() if start != start_on and start < end_on and start_on < end), None
    )
