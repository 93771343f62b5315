"""The published holiday years."""

from __future__ import annotations

from datetime import date
from functools import cache

from esm.domain.workdays import WorkCalendar


@cache
def official() -> WorkCalendar:
    """Return the calendar of every year that the installed edition of the State Council notices knows."""
    from chinese_calendar.constants import holidays, workdays  # noqa: PLC0415 - not every command asks

    return WorkCalendar(
        off=frozenset(day for day in holidays if day.weekday() < 5),
        make_up=frozenset(day for day in workdays if day.weekday() >= 5),
        published_until=date(max(holidays).year, 12, 31),
    )
