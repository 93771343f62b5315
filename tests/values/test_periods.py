"""The calendar clock."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from esm.domain.values import intervals
from esm.domain.values.intervals import Period
from esm.errors import UsageRefused

NOVEMBER = Period(date(2026, 11, 1), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("month", "first"),
    [(1, 1), (2, 1), (3, 3), (4, 3), (5, 5), (6, 5), (7, 7), (8, 7), (9, 9), (10, 9), (11, 11), (12, 11)],
)
def test_a_period_holds_a_month_with_an_odd_number_and_the_one_after(month: int, first: int) -> None:
    assert intervals.period_of(date(2026, month, 28)).start_on == date(2026, first, 1)


def test_november_and_december_are_one_period_that_ends_with_the_year() -> None:
    assert intervals.period_of(date(2026, 12, 31)) == NOVEMBER
    assert NOVEMBER.last_day == date(2026, 12, 31)


def test_periods_follow_each_other_without_a_gap_or_an_overlap() -> None:
    for offset in range(2000):
        day = date(2023, 1, 1) + timedelta(days=offset)
        found = intervals.period_of(day)
        assert found.start_on <= day < found.end_on
        assert intervals.period_of(found.end_on).start_on == found.end_on


def test_november_is_a_month_that_ends_within_its_year() -> None:
    assert intervals.month_of(date(2026, 11, 30)) == Period(date(2026, 11, 1), date(2026, 12, 1))
    assert intervals.month_of(date(2026, 12, 1)) == Period(date(2026, 12, 1), date(2027, 1, 1))


def test_a_period_in_february_ends_with_the_leap_day_in_a_leap_year() -> None:
    assert intervals.parse("2028-01").last_day == date(2028, 2, 29)
    assert intervals.parse("2027-01").last_day == date(2027, 2, 28)


@pytest.mark.parametrize("text", ["2026-11", "2026-12", " 2026-12 "])
def test_either_month_names_the_period(text: str) -> None:
    assert intervals.parse(text) == NOVEMBER
    assert intervals.parse(text).name == "2026-11"


def test_the_first_and_the_last_year_that_can_be_meant_have_periods() -> None:
    assert [intervals.parse(text).start_on for text in ("1901-01", "2199-12")] == [
        date(1901, 1, 1),
        date(2199, 11, 1),
    ]


NONSENSE = [
    "1900-12",
    "2200-01",
    "",
    "2026",
    "2026-13",
    "2026-00",
    "2026-1",
    "202611",
    "2026-11-23",
    "26-11",
    "0000-11",
    "9999-11",
    "２０２６-11",
]


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageRefused) as refused:
        intervals.parse(text)
    assert refused.value.exit_code == 2
    assert "2026-11" in str(refused.value.hint)


@pytest.mark.parametrize(("as_of", "is_open"), [(date(2026, 12, 30), True), (date(2026, 12, 31), False)])
def test_the_figures_of_a_period_are_so_far_until_those_of_its_last_day(as_of: date, is_open: bool) -> None:
    assert NOVEMBER.is_open(as_of) is is_open
