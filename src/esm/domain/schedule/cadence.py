"""The rolling clock: from when it counts, when the next visit is due, and how long the gaps between visits are.

For all enterprises at once the same is said in SQL: `storage.database.rolling_clock`, `storage/reports/coverage.sql`.

Months are calendar months, clamped to the month's end and always counted from the anchor, never from a
clamped date: 31 December is followed by 28 February and 30 April, not by 28 April.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from dateutil.relativedelta import relativedelta


@lru_cache(maxsize=8192)
def due_on(anchor: date, months: int) -> date:
    """Return the last day on which a visit is on time, `months` calendar months after the anchor."""
    due: date = anchor + relativedelta(months=months)
    return due


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


def anchor_on(
    last_visit_on: date | None, scope_start_on: date, scheme_start_on: date, *, reentered: bool = False
) -> date:
    """Return the day from which the clock counts.

    It is the last visit, which may lie before a first enrolment; without one, the entry into scope or the
    start of the scheme, whichever is later. After a re-entry it is never earlier than the re-entry.
    """
    if last_visit_on is None:
        return max(scope_start_on, scheme_start_on)
    return max(last_visit_on, scope_start_on) if reentered else last_visit_on


def longest_gap_days(
    visits: Sequence[date], entries: Sequence[date], scheme_start_on: date, *, since: date, today: date
) -> int:
    """Return the longest gap of an enterprise in scope today that ended with a visit since a day, or is still open.

    `visits` are the days of all visits that count up to today, `entries` the first days in scope, oldest first.
    """
    anchor = anchor_on(max(visits, default=None), entries[-1], scheme_start_on, reentered=len(entries) > 1)
    ended = (_gap_days(day, visits, entries, scheme_start_on) for day in visits if since <= day)
    return max(0, (today - anchor).days, *ended)


def _gap_days(visit_on: date, visits: Sequence[date], entries: Sequence[date], scheme_start_on: date) -> int:
    """Return how many days a visit came after what the clock counted from until then.

    An enterprise that was never visited owes nothing before it enters scope.
    """
    before = max((day for day in visits if day < visit_on), default=None)
    begun = [day for day in entries if day <= visit_on]
    if not begun:
        return 0 if before is None else (visit_on - before).days
    anchor = anchor_on(before, begun[-1], scheme_start_on, reentered=len(begun) > 1)
    return (visit_on - min(anchor, visit_on)).days
