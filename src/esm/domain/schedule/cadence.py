"""The months of the rolling clock: when a visit is due that many months after the day from which the clock counts.

Which day that is, is said in SQL for all enterprises at once, `storage.database.visit_clock`, and for the days of past
periods in `domain.reports.standing_by_period`.

Months are calendar months, clamped to the month's end and always counted from the anchor, never from a
clamped date: 31 December is followed by 28 February and 30 April, not by 28 April.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta


@lru_cache(maxsize=8192)
def due_on(anchor: date, months: int) -> date:
    """Return the last day on which a visit is on time, `months` calendar months after the anchor."""
    due: date = anchor + relativedelta(months=months)
    return due


def earliest_anchor_on_time(today: date, months: int) -> date:
    """Return the first anchor whose due date is not over on `today`: those before it are overdue, and only they."""
    anchor = due_on(today, -months)  # clamped where its month is shorter, and then its own due date is too early
    return anchor if due_on(anchor, months) >= today else anchor + timedelta(days=1)


def shortest_days(months: int) -> int:
    """Return the fewest days that lie between an anchor and its due date."""
    first = date(2025, 1, 1)  # no leap day lies in the two years from here
    return min((due_on(anchor, months) - anchor).days for anchor in map(date.fromordinal, _ordinals_of_year(first)))


def _ordinals_of_year(first: date) -> range:
    return range(first.toordinal(), due_on(first, 12).toordinal())


def next_due_on(anchor: date, months: int, *, nth: int, previous_planned_on: date | None) -> date:
    """Return when the `nth` visit after the anchor is due, given the day planned for the one before.

    A plan keeps the promise itself: a visit planned early brings the following due date forward.
    """
    due = due_on(anchor, nth * months)
    return due if previous_planned_on is None else min(due, due_on(previous_planned_on, months))
