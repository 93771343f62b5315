"""Deadlines in working days, held against a counter that walks day by day over the published calendars."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.request_case import event, opened

from esm.domain.requests import progress, transition_rules

DAY = timedelta(days=1)
FIRST, LAST = date(2017, 1, 1), date(2026, 12, 31)  # ten years, every notice of which is published
days = st.dates(FIRST, LAST - timedelta(days=90))


def walked(start: date, count: int) -> date:
    """Return the day on which the `count`-th working day after `start` ends, asking the library day by day."""
    on = start
    while count:
        on += DAY
        count -= chinese_calendar.is_workday(on)
    return on


def working_days(after: date, until: date) -> int:
    """Count the working days of (after, until]."""
    return sum(chinese_calendar.is_workday(after + n * DAY) for n in range(1, (until - after).days + 1))


@given(days)
def test_a_deadline_is_the_nth_working_day_after_the_day_of_receipt(received_on: date) -> None:
    current = opened(received_on, received_on)
    assert (current.accept_by, current.close_by) == (walked(received_on, 1), walked(received_on, 7))
    assert progress.with_transition(current, event("accept", received_on, days=15)).close_by == walked(received_on, 15)


@given(days)
def test_half_a_day_is_never_lost(received_on: date) -> None:
    """However late on its day a request arrives, seven whole working days follow it."""
    current = progress.with_transition(opened(received_on, received_on), event("accept", received_on))
    assert working_days(received_on, current.due_on) == 7
    assert chinese_calendar.is_workday(current.due_on)


@given(days, st.integers(0, 60))
def test_days_late_are_the_working_days_since_the_deadline(received_on: date, later: int) -> None:
    as_of = received_on + timedelta(days=later)
    current = progress.with_transition(opened(received_on, as_of), event("accept", received_on))
    due_on = walked(received_on, 7)
    if as_of > due_on:
        assert (current.is_late, current.days_late) == (True, working_days(due_on, as_of))
    else:
        assert (current.is_late, current.days_late) == (False, -working_days(as_of, due_on))


@given(days, st.integers(0, 20))
def test_an_extension_is_in_time_when_a_working_day_is_left_before_the_deadline(received_on: date, later: int) -> None:
    on = received_on + timedelta(days=later)
    current = progress.with_transition(opened(received_on, on), event("accept", received_on))
    due_on = walked(received_on, 7)
    asked = event("extend", on, until_on=due_on + 10 * DAY)
    left = sum(chinese_calendar.is_workday(on + n * DAY) for n in range((due_on - on).days))
    assert (transition_rules.rule_fault(current, asked) is None) == (left >= 1)


@given(days, st.integers(0, 15))
def test_a_dispatch_is_disputed_until_the_first_working_day_after_it(dispatched_on: date, later: int) -> None:
    on = dispatched_on + timedelta(days=later)
    accepted = progress.with_transition(opened(dispatched_on, on), event("accept", dispatched_on))
    dispatched = progress.with_transition(accepted, event("dispatch", dispatched_on))
    assert (transition_rules.rule_fault(dispatched, event("dispute", on)) is None) == (on <= walked(dispatched_on, 1))
    assert dispatched.support_by == walked(dispatched_on, 3)


@pytest.mark.parametrize(
    ("received_on", "due_on"),
    [
        (date(2026, 2, 13), date(2026, 3, 2)),  # the spring festival, with 14 and 28 February worked
        (date(2026, 9, 28), date(2026, 10, 13)),  # the national days, with Saturday 10 October worked
    ],
)
def test_make_up_days_count_and_holidays_do_not(received_on: date, due_on: date) -> None:
    assert progress.with_transition(opened(received_on, received_on), event("accept", received_on)).due_on == due_on


def test_beyond_the_published_years_a_deadline_is_provisional() -> None:
    known, beyond = (progress.with_transition(opened(on, on), event("accept", on)) for on in (LAST - 20 * DAY, LAST))
    assert (known.is_provisional, beyond.is_provisional) == (False, True)
    assert beyond.due_on == date(2027, 1, 12)  # Monday to Friday without 1 January, as far as anybody knows
