"""A day that is typed: by its distance from today, in words of both languages, or without its year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.conftest import budget

from esm.domain.values.days.typed_day import typed_day
from esm.errors import Message

MONDAY = date(2026, 11, 23)
TODAYS = st.dates(date(1903, 1, 1), date(2196, 12, 31))
SIGNS = ("一", "二", "三", "四", "五", "六", "日")
NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def names(day: date, today: date) -> Iterator[str]:
    """Yield the texts that a day could be called by, found without any arithmetic of phrases: the second parser."""
    away = (day - today).days
    yield f"{away:+}"
    yield from {0: ("today", "今天"), -1: ("yesterday", "昨天"), 1: ("tomorrow", "明天")}.get(away, ())
    if abs(away) <= 183:
        yield from (f"{day.month}-{day.day}", f"{day.month:02}-{day.day:02}", f"{day.month}月{day.day}日")
        yield from (f"{day.month}/{day.day}", f"{day.day}/{day.month}")
    name, sign = NAMES[day.weekday()], SIGNS[day.weekday()]
    if abs(away) <= 7:
        yield from (name, name[:3], f"周{sign}")
    if -7 <= away < 0:
        yield f"last {name}"
    weeks = (iso_monday(day) - iso_monday(today)).days // 7
    if weeks in {-1, 0, 1}:
        yield from (f"{'本上下'[weeks]}周{sign}", f"{'本上下'[weeks]}星期{sign}")
    if 0 < away <= 7 or weeks == 1:
        yield f"next {name}"
    if 0 <= away < 7 or weeks == 0:
        yield f"this {name}"


def iso_monday(day: date) -> date:
    year, week, _weekday = day.isocalendar()
    return date.fromisocalendar(year, week, 1)


def meanings(text: str, today: date) -> set[date]:
    """Return the days that a text names; of those without a year the nearest."""
    if "/" in text:
        first, second = text.split("/")
        return meanings(f"{first}-{second}", today) | meanings(f"{second}-{first}", today)
    found = {day for day in (today + timedelta(days=n) for n in range(-200, 201)) if text in names(day, today)}
    nearest = min((abs(day - today) for day in found), default=None)
    return {day for day in found if abs(day - today) == nearest} if text[0].isdigit() else found


@budget(60)
@given(TODAYS, st.integers(-190, 190), st.data())
@example(date(2027, 8, 31), 183, None)  # 1 March 2028 and 2027 are equally far
def test_every_name_of_a_day_means_it_or_nothing(today: date, away: int, data: st.DataObject | None) -> None:
    day = today + timedelta(days=away)
    said = sorted(names(day, today))
    for text in said if data is None else data.draw(st.permutations(said))[:3]:
        found = typed_day(text, lambda: today)
        days = meanings(text, today)
        assert days == {found} if isinstance(found, date) else len(days) > 1, text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", MONDAY),
        ("Yesterday", date(2026, 11, 22)),
        ("前天", date(2026, 11, 21)),
        ("后天", date(2026, 11, 25)),
        (" 明天 ", date(2026, 11, 24)),
        ("-3", date(2026, 11, 20)),
        ("＋5", date(2026, 11, 28)),
        ("11-20", date(2026, 11, 20)),
        ("11 月 20 号", date(2026, 11, 20)),
        ("1-5", date(2027, 1, 5)),
        ("5/31", date(2026, 5, 31)),
        ("24.11", date(2026, 11, 24)),
        ("last friday", date(2026, 11, 20)),
        ("last monday", date(2026, 11, 16)),
        ("Last Fri", date(2026, 11, 20)),
        ("上周五", date(2026, 11, 20)),
        ("上周一", date(2026, 11, 16)),
        ("这周日", date(2026, 11, 29)),
        ("下星期天", date(2026, 12, 6)),
        ("this friday", date(2026, 11, 27)),
        ("next monday", date(2026, 11, 30)),
        ("2026-02-28", date(2026, 2, 28)),
        ("46349", date(2026, 11, 23)),
    ],
)
def test_a_day_is_named_as_people_name_it(text: str, day: date) -> None:
    assert typed_day(text, lambda: MONDAY) == day


def test_last_friday_is_the_one_before_today_and_shang_zhou_wu_is_of_last_week() -> None:
    saturday = date(2026, 11, 28)
    assert typed_day("last friday", lambda: saturday) == date(2026, 11, 27)
    assert typed_day("上周五", lambda: saturday) == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("周五", "this could be 2026-11-20 or 2026-11-27: write the date"),
        ("friday", "this could be 2026-11-20 or 2026-11-27: write the date"),
        ("next friday", "this could be 2026-11-27 or 2026-12-04: write the date"),
        ("12/11", "this could be 2026-11-12 or 2026-12-11: write the date"),
        ("2-29", "there is no such day within half a year: write the year"),
        ("13-1", "there is no such day within half a year: write the year"),
        ("-99999", "the year 1753 is out of range: 1901 to 2199"),
        ("2026-02-30", "this date does not exist"),
        ("20日", "this is not a date: write it as in 2026-03-01"),
        ("the day after", "this is not a date: write it as in 2026-03-01"),
        ("last-friday", "this is not a date: write it as in 2026-03-01"),
    ],
)
def test_a_text_that_could_be_two_days_or_is_none_says_so(text: str, reason: str) -> None:
    found = typed_day(text, lambda: MONDAY)
    assert isinstance(found, Message)
    assert str(found) == reason


def test_a_day_halfway_round_the_year_is_refused() -> None:
    found = typed_day("3-1", lambda: date(2027, 8, 31))
    assert str(found) == "this could be 2027-03-01 or 2028-03-01: write the date"


def test_a_whole_date_does_not_ask_for_today() -> None:
    def today() -> date:
        raise AssertionError

    assert typed_day("2026/3/1", today) == date(2026, 3, 1)
    assert typed_day(" ", today) is None
