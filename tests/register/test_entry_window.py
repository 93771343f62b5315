"""When the register takes entries: the windows of domain.md 2.2, day by day."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esm.domain.register.entry_window import Route, open_or_next_window
from esm.domain.values.settings import Settings

RULES = Settings()
days = st.dates(date(2023, 12, 1), date(2028, 3, 31))


def is_open(route: Route, on: date) -> bool:
    """Say by the words of the rule whether entries are taken on a day."""
    if route == "annual":
        return on.month in (10, 11) or (on.month == 12 and on.day <= 30)
    if on.month == 1:
        return True
    return on.month != 2 and on.day <= 7 and (on.month != 12 or route == "all_year")


@given(route=st.sampled_from(Route), on=days)
def test_a_window_is_open_on_the_days_that_the_rule_names_and_otherwise_the_next_is_told(
    route: Route, on: date
) -> None:
    found = open_or_next_window(route, on, RULES)
    assert found.is_open(on) == is_open(route, on)
    between = [on + timedelta(days=n) for n in range((found.opens_on - on).days)]
    assert not [day for day in between if is_open(route, day)]
    assert is_open(route, found.opens_on)
    assert is_open(route, found.closes_on)
    left = found.days_left(on)
    assert left == (None if not is_open(route, on) else (found.closes_on - on).days)


@given(days)
def test_annual_declarations_go_up_on_the_thirtieth_of_each_month(on: date) -> None:
    found = open_or_next_window(Route.ANNUAL, on, RULES)
    first = max(on, found.opens_on)
    assert found.declare_by == next(day for n in range(62) if (day := first + timedelta(days=n)).day == 30)
    assert found.declare_by <= found.closes_on


@pytest.mark.parametrize(
    ("route", "on", "opens_on", "closes_on", "left"),
    [
        ("annual", "2026-11-24", "2026-10-01", "2026-12-30", 36),
        ("annual", "2026-12-30", "2026-10-01", "2026-12-30", 0),
        ("annual", "2026-12-31", "2027-10-01", "2027-12-30", None),
        ("monthly", "2026-11-08", "2027-01-01", "2027-01-31", None),
        ("monthly", "2027-02-01", "2027-03-01", "2027-03-07", None),
        ("all_year", "2026-12-07", "2026-12-01", "2026-12-07", 0),
    ],
)
def test_the_turns_of_the_year(route: str, on: str, opens_on: str, closes_on: str, left: int | None) -> None:
    found = open_or_next_window(Route(route), date.fromisoformat(on), RULES)
    assert (str(found.opens_on), str(found.closes_on)) == (opens_on, closes_on)
    assert found.days_left(date.fromisoformat(on)) == left


def test_a_district_may_set_its_own_calendar() -> None:
    rules = Settings(
        annual_entry_first_month=11, annual_entry_last_month=1, annual_entry_day=31, monthly_entry_day=10,
        february_entry_day=31,
    )  # fmt: skip
    inside = open_or_next_window(Route.ANNUAL, date(2027, 1, 31), rules)
    assert (inside.opens_on, inside.closes_on, inside.days_left(date(2027, 1, 31))) == (
        date(2026, 11, 1), date(2027, 1, 31), 0,
    )  # fmt: skip
    assert open_or_next_window(Route.ANNUAL, date(2027, 2, 1), rules).opens_on == date(2027, 11, 1)
    last = calendar.monthrange(2028, 2)[1]
    assert open_or_next_window(Route.MONTHLY, date(2028, 2, 10), rules).closes_on == date(2028, 2, last)
    assert open_or_next_window(Route.MONTHLY, date(2028, 3, 9), rules).days_left(date(2028, 3, 9)) == 1


def test_where_one_month_alone_takes_entries_the_next_window_is_that_of_the_next_year() -> None:
    rules = Settings(monthly_entry_day=0, february_entry_day=0, january_entry_day=20)
    found = open_or_next_window(Route.MONTHLY, date(2026, 1, 21), rules)
    assert (found.opens_on, found.closes_on) == (date(2027, 1, 1), date(2027, 1, 20))
