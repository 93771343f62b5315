"""The rolling clock."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest

from esm.domain.schedule import cadence

SCHEME = date(2012, 1, 1)
DUE = date(2026, 11, 23)


def naive_due_on(anchor: date, months: int) -> date:
    """Turn the pages of the calendar one by one, then shorten the day to the month's length."""
    year, month = anchor.year, anchor.month
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return date(year, month, min(anchor.day, calendar.monthrange(year, month)[1]))


def ten_years() -> list[date]:
    return [date(2023, 1, 1) + timedelta(days=offset) for offset in range(3653)]


@pytest.mark.parametrize("months", [1, 2, 3, 4, 6, 12, 14])
def test_due_dates_are_calendar_months_clamped_over_ten_years(months: int) -> None:
    assert [cadence.due_on(day, months) for day in ten_years()] == [naive_due_on(day, months) for day in ten_years()]


@pytest.mark.parametrize(
    ("anchor", "due"),
    [
        (date(2025, 12, 31), date(2026, 2, 28)),
        (date(2027, 12, 31), date(2028, 2, 29)),
        (date(2026, 2, 28), date(2026, 4, 28)),
        (date(2026, 11, 30), date(2027, 1, 30)),
    ],
)
def test_the_end_of_a_short_month_is_the_last_day_on_time(anchor: date, due: date) -> None:
    assert cadence.due_on(anchor, 2) == due


def test_a_clamped_date_is_not_chained() -> None:
    assert cadence.next_due_on(date(2026, 12, 31), 2, nth=1, previous_planned_on=None) == date(2027, 2, 28)
    assert cadence.next_due_on(date(2026, 12, 31), 2, nth=2, previous_planned_on=None) == date(2027, 4, 30)


def test_a_visit_planned_early_brings_the_following_due_date_forward() -> None:
    due = cadence.next_due_on(date(2026, 12, 31), 2, nth=2, previous_planned_on=date(2027, 2, 19))
    assert due == date(2027, 4, 19)


def test_a_visit_planned_on_a_clamped_due_date_is_counted_from_itself() -> None:
    due = cadence.next_due_on(date(2026, 12, 31), 2, nth=2, previous_planned_on=date(2027, 2, 28))
    assert due == date(2027, 4, 28)


def test_planned_due_dates_are_the_earlier_of_both_counts_over_ten_years() -> None:
    for day in ten_years()[:-70]:
        for ahead in range(0, 63, 7):
            planned = day + timedelta(days=ahead)
            expected = min(naive_due_on(day, 6), naive_due_on(planned, 2))
            assert cadence.next_due_on(day, 2, nth=3, previous_planned_on=planned) == expected


def test_the_clock_of_a_never_visited_enterprise_starts_with_its_enrolment() -> None:
    assert cadence.anchor_on(None, date(2026, 3, 1), SCHEME) == date(2026, 3, 1)


def test_the_clock_of_a_never_visited_enterprise_never_starts_before_the_scheme() -> None:
    assert cadence.anchor_on(None, date(2009, 3, 1), SCHEME) == SCHEME


def test_the_clock_counts_from_the_last_visit_even_before_the_first_enrolment() -> None:
    assert cadence.anchor_on(date(2026, 2, 1), date(2026, 3, 1), SCHEME) == date(2026, 2, 1)


def test_re_entering_scope_starts_the_clock_anew() -> None:
    assert cadence.anchor_on(date(2026, 2, 1), date(2026, 3, 1), SCHEME, reentered=True) == date(2026, 3, 1)


def test_a_visit_after_the_re_entry_counts_as_ever() -> None:
    assert cadence.anchor_on(date(2026, 3, 9), date(2026, 3, 1), SCHEME, reentered=True) == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("today", "state", "days"),
    [
        (date(2026, 11, 8), "upcoming", -15),
        (date(2026, 11, 9), "due_soon", -14),
        (date(2026, 11, 23), "due_soon", 0),
        (date(2026, 11, 24), "overdue", 1),
        (date(2026, 12, 23), "overdue", 30),
    ],
)
def test_the_state_turns_the_day_after_the_due_date(today: date, state: str, days: int) -> None:
    assert cadence.state(DUE, today, paused=False, due_soon_days=14) == state
    assert cadence.days_overdue(DUE, today) == days


@pytest.mark.parametrize("today", [date(2026, 1, 1), DUE, date(2027, 1, 1)])
def test_a_paused_enterprise_is_paused_whatever_its_clock_says(today: date) -> None:
    assert cadence.state(DUE, today, paused=True, due_soon_days=14) == "paused"
