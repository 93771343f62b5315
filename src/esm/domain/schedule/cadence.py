"""The rolling clock: from when it counts, when the next visit is due, and how long the gaps between visits are.

For all enterprises at once the same is said in SQL: `storage.database.visit_clock`, `storage/reports/coverage.sql`.

Months are calendar months, clamped to the month's end and always counted from the anchor, never from a
clamped date: 31 December is followed by 28 February and 30 April, not by 28 April.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

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


class Gap(NamedTuple):
    """Days without a visit; `is_cut`: they are counted from the first day of the records, for they began before it."""

    days: int
    is_cut: bool


def longest_gap(
    visits: Sequence[date],
    stretches: Sequence[tuple[date, date | None]],
    scheme_start_on: date,
    records_began_on: date,
    *,
    since: date,
    today: date,
) -> Gap | None:
    """Return the longest gap in scope that ended since a day or is still open, None of one in scope on none of them.

    Each stretch `[start, end)` is by itself: its gaps lie between its beginning, the visits that count in it and its
    end, the day of an exit or today. None begins before the scheme or the records (docs/rules.md, The two clocks).
    """
    found = [
        _gap(begin, end, scheme_start_on, records_began_on)
        for start_on, end_on in stretches
        if start_on <= today and (end_on is None or end_on > since)
        for begin, end in _gaps_of_stretch(visits, start_on, end_on, today)
        if end >= since
    ]
    return max(found, default=None)


def _gaps_of_stretch(
    visits: Sequence[date], start_on: date, end_on: date | None, today: date
) -> Sequence[tuple[date, date]]:
    last = today if end_on is None else min(end_on, today)
    inside = sorted({day for day in visits if start_on <= day <= today and (end_on is None or day < end_on)})
    return list(pairwise([start_on, *inside, last]))


def _gap(begin: date, end: date, scheme_start_on: date, records_began_on: date) -> Gap:
    counted_from = max(begin, scheme_start_on, records_began_on)
    days = max(0, (end - counted_from).days)
    return Gap(days, days > 0 and records_began_on > max(begin, scheme_start_on))
