"""Working days."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from esm.domain.values.workdays import NamedDay, Notice, WorkCalendar, count_between, statutory_days_off
from esm.storage.schedule import workdays

NATIONAL_DAY = [date(2026, 10, day) for day in range(1, 8)]


@pytest.fixture
def official() -> WorkCalendar:
    return workdays.official_calendar()


def days_between(start: date, end: date) -> list[date]:
    return [start + timedelta(days=offset) for offset in range((end - start).days)]


def test_every_day_of_the_published_years_is_worked_as_published(official: WorkCalendar) -> None:
    for day in days_between(date(2004, 1, 1), date(2027, 1, 1)):
        assert official.is_workday(day) == chinese_calendar.is_workday(day), day


def test_the_make_up_days_of_2026_are_worked(official: WorkCalendar) -> None:
    weekends = [day for day in days_between(date(2026, 1, 1), date(2027, 1, 1)) if day.weekday() >= 5]
    worked = [f"{day:%m-%d}" for day in weekends if official.is_workday(day)]
    assert worked == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


def test_before_the_published_years_monday_to_friday_is_worked(official: WorkCalendar) -> None:
    for day in days_between(date(2003, 1, 1), date(2004, 1, 1)):
        assert official.is_workday(day) == (day.isoweekday() <= 5)


@pytest.mark.parametrize("start", [date(2027, 1, 1), date(2031, 5, 1), date(2100, 6, 1)])
def test_after_the_published_years_the_statutory_days_are_off_and_else_the_weekends(
    official: WorkCalendar, start: date
) -> None:
    for day in days_between(start, start + timedelta(days=365)):
        is_off = day in statutory_days_off(day.year)
        assert official.is_workday(day) == (day.isoweekday() <= 5 and not is_off)


def test_a_statutory_day_of_an_unpublished_year_can_be_named_as_worked(official: WorkCalendar) -> None:
    friday = date(2027, 1, 1)
    assert not official.is_workday(friday)
    assert official.with_exceptions([NamedDay(friday, is_worked=True, name="")], []).is_workday(friday)


def test_only_days_after_the_last_published_year_are_provisional(official: WorkCalendar) -> None:
    days = [date(2003, 12, 31), date(2026, 12, 31), date(2027, 1, 1), date(2040, 1, 1)]
    assert [official.is_provisional(day) for day in days] == [False, False, True, True]


def test_a_holiday_week_has_no_working_day(official: WorkCalendar) -> None:
    assert official.workdays(NATIONAL_DAY[0], NATIONAL_DAY[-1] + timedelta(days=1)) == ()


def test_working_days_are_listed_without_the_end(official: WorkCalendar) -> None:
    found = official.workdays(date(2026, 9, 30), date(2026, 10, 10))
    assert found == (date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9))


def test_a_working_day_is_its_own_next_working_day(official: WorkCalendar) -> None:
    assert official.next_workday(date(2026, 9, 30)) == date(2026, 9, 30)
    assert official.next_workday(date(2026, 10, 1)) == date(2026, 10, 8)


def test_the_working_day_after_skips_holidays_and_takes_make_up_days(official: WorkCalendar) -> None:
    counted = [official.workday_after(date(2026, 9, 30), count) for count in range(4)]
    assert counted == [date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 10)]


near = st.sets(st.dates(date(2026, 9, 1), date(2026, 10, 31)))


@given(near, near, st.dates(date(2026, 9, 1), date(2026, 10, 31)), st.integers(0, 600))
def test_counting_working_days_comes_to_what_walking_through_them_does(
    off: set[date], make_up: set[date], start: date, length: int
) -> None:
    """Whatever is named: a weekend that is off or a weekday that is worked changes nothing."""
    calendar = WorkCalendar(frozenset(off), frozenset(make_up), date(2026, 12, 31))
    end = start + timedelta(days=length)
    walked = sum(calendar.is_workday(start + timedelta(days=n)) for n in range(1, length + 1))
    assert count_between(calendar, start, end) == walked
    assert count_between(calendar, end, start) == -walked


def test_a_later_list_has_the_last_word_on_a_day() -> None:
    sunday, monday = date(2026, 10, 11), date(2026, 10, 12)
    plain = WorkCalendar(frozenset(), frozenset(), date(2026, 12, 31))
    first = plain.with_exceptions([NamedDay(sunday, is_worked=True, name="调休"),
                                   NamedDay(monday, is_worked=False, name="展会")], [])  # fmt: skip
    assert [first.is_workday(day) for day in (sunday, monday)] == [True, False]
    again = first.with_exceptions([NamedDay(sunday, is_worked=False, name=""),
                                   NamedDay(monday, is_worked=True, name="")], [])  # fmt: skip
    assert [again.is_workday(day) for day in (sunday, monday)] == [False, True]
    assert again == plain


@pytest.mark.parametrize(
    ("published", "until"), [([], 2026), ([2027], 2027), ([2028], 2026), ([2028, 2027], 2028), ([2027, 2029], 2027)]
)
def test_only_years_without_a_gap_leave_the_provisional_part(published: list[int], until: int) -> None:
    calendar = WorkCalendar(frozenset(), frozenset(), date(2026, 12, 31)).with_exceptions([], published)
    assert calendar.published_until == date(until, 12, 31)


def test_local_rules_sort_behind_the_notices_of_the_years() -> None:
    notices = [Notice(None, "区", ()), Notice(2027, "国务院", ()), Notice(2026, "国务院", ())]
    assert [notice.year for notice in sorted(notices, key=lambda notice: notice.name)] == [2026, 2027, None]
