"""Working days."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from esm.domain.values.workdays import WorkCalendar
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


@pytest.mark.parametrize("start", [date(2003, 1, 1), date(2027, 1, 1), date(2031, 5, 1)])
def test_outside_the_published_years_monday_to_friday_is_worked(official: WorkCalendar, start: date) -> None:
    for day in days_between(start, start + timedelta(days=365)):
        assert official.is_workday(day) == (day.isoweekday() <= 5)


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
