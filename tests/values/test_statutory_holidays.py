"""The statutory days off, held against the notices of the years that are published."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import chinese_calendar
import pytest

from esm.domain.values.workdays import missing_holidays, statutory_days_off, statutory_holidays

OFF = chinese_calendar.constants.holidays
PUBLISHED = range(2008, 2027)
NAMES = ["New Year's Day", "Spring Festival", "Tomb-sweeping Day", "Dragon Boat Festival", "Mid-autumn Festival",
         "Labour Day", "National Day"]  # fmt: skip


@pytest.mark.parametrize("year", PUBLISHED)
def test_every_statutory_day_is_off_in_the_notice_of_its_year(year: int) -> None:
    assert [on for on in statutory_days_off(year) if chinese_calendar.is_workday(on)] == []


@pytest.mark.parametrize("year", PUBLISHED)
def test_a_holiday_of_one_name_lies_among_the_days_of_that_name(year: int) -> None:
    for name, days in statutory_holidays(year).items():
        named = {on for on, each in OFF.items() if on.year == year and each == name}
        assert not named or min(named) <= min(days) <= max(days) <= max(named), name


@pytest.mark.parametrize(("year", "count"), [(2008, 11), (2013, 11), (2014, 11), (2024, 11), (2025, 13), (2027, 13)])
def test_the_law_in_force_decides_how_many_days_there_are(year: int, count: int) -> None:
    assert sorted(statutory_holidays(year)) == sorted(NAMES)
    assert len(statutory_days_off(year)) == count


@pytest.mark.parametrize(
    ("first", "last", "year"),
    [
        (date(2012, 1, 22), date(2012, 1, 24), 2012),  # New Year's Eve and two days
        (date(2024, 2, 10), date(2024, 2, 12), 2024),  # three days from the first of the lunar year
        (date(2026, 2, 16), date(2026, 2, 19), 2026),  # New Year's Eve and three days
    ],
)
def test_the_spring_festival_is_that_of_the_law_in_force(first: date, last: date, year: int) -> None:
    days = statutory_holidays(year)["Spring Festival"]
    assert (min(days), max(days)) == (first, last)


def test_the_days_of_an_unpublished_year_are_those_of_the_almanac() -> None:
    assert sorted(f"{on:%m-%d}" for on in statutory_days_off(2027)) == [
        "01-01", "02-05", "02-06", "02-07", "02-08", "04-05", "05-01", "05-02", "06-09", "09-15", "10-01", "10-02",
        "10-03",
    ]  # fmt: skip


@pytest.mark.parametrize("year", [2009, 2012, 2013, 2016, 2017, 2020, 2021, 2023, 2024, 2025])
def test_qingming_is_the_day_of_the_solar_term(year: int) -> None:
    """The fourth in leap years and, since 2009, the year after; else the fifth."""
    day = 4 if year % 4 in (0, 1) else 5
    assert statutory_holidays(year)["Tomb-sweeping Day"] == (date(year, 4, day),)


def test_after_the_last_lunar_year_only_the_solar_days_are_known() -> None:
    assert len(statutory_days_off(2100)) == 13
    assert len(statutory_days_off(2101)) == 6


def test_before_the_law_nothing_is_known() -> None:
    assert statutory_days_off(2007) == frozenset()


def test_a_list_lacks_the_holidays_that_it_does_not_take_off_in_full() -> None:
    listed = statutory_days_off(2027) - {date(2027, 10, 2), date(2027, 4, 5)}
    assert missing_holidays(2027, listed) == ("Tomb-sweeping Day", "National Day")
    assert missing_holidays(2027, statutory_days_off(2027)) == ()


def test_the_lunar_calendar_is_loaded_for_unpublished_years_only() -> None:
    lines = (
        "import sys",
        "from datetime import date",
        "from esm.storage.schedule.workdays import official_calendar",
        "calendar = official_calendar()",
        "calendar.workdays(date(2026, 1, 1), date(2027, 1, 1))",
        "assert not any(name.startswith('borax') for name in sys.modules)",
        "calendar.is_workday(date(2027, 1, 4))",
        "assert any(name.startswith('borax') for name in sys.modules)",
    )
    subprocess.run([sys.executable, "-c", "\n".join(lines)], check=True, timeout=60)
