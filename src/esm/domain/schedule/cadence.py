"""The rolling clock: when an enterprise's next visit is due, and how that stands on a day.

Months are calendar months, clamped to the month's end and always counted from the anchor, never from a
clamped date: 31 December is followed by 28 February and 30 April, not by 28 April.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal

from dateutil.relativedelta import relativedelta

State = Literal["paused", "overdue", "due_soon", "upcoming"]


@lru_cache(maxsize=8192)
def due_on(anchor: date, months: int) -> date:
    """Return the last day on which a visit is on time, `months` calendar months after the anchor."""
    due: date = anchor + relativedelta(months=months)
    return due


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


def days_overdue(due: date, today: date) -> int:
    """Return how many days `today` lies after the due date; negative before it, 0 on it."""
    return (today - due).days


def state(due: date, today: date, *, paused: bool, due_soon_days: int) -> State:
    """Return how the clock stands; on the due date itself nothing is overdue, and a pause outranks all."""
    if paused:
        return "paused"
    overdue = days_overdue(due, today)
    if overdue > 0:
        return "overdue"
    return "due_soon" if overdue >= -due_soon_days else "upcoming"
