"""Half-open intervals of days, `[start_on, end_on)`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date


def clash(taken: Mapping[date, date], start_on: date, end_on: date) -> date | None:
    """Return the first day of another stretch that shares a day with [start_on, end_on), if there is one.

    `taken` holds the end of each stretch by its first day, which tells stretches apart.
    """
    return next(
        (start for start, end in taken.items() if start != start_on and start < end_on and start_on < end), None
    )
