"""A day as people type it on the command line: as in a cell, or by its distance from today.

A text that could be two days is none: 周五 is neither the last Friday nor the next one (docs/cli.md, Values).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache

from esm.domain.values import cell_parsing
from esm.domain.values.days.day_parsing import in_range
from esm.domain.values.intervals import DAY
from esm.domain.values.raw_text import tidy
from esm.errors import Message, say

_DISTANCES = {
    "today": 0, "yesterday": -1, "tomorrow": 1,
    "今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "明天": 1, "明日": 1, "前天": -2, "后天": 2,
}  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DISTANCE = re.compile("[+-][0-9]{1,5}")
_MONTH_FIRST = re.compile("([0-9]{1,2})(?:-|月)([0-9]{1,2})[日号]?")
_PARTED = re.compile("([0-9]{1,2})[/.]([0-9]{1,2})")
_NEAR = timedelta(days=183)  # half a year
_WEEK = timedelta(days=7)


def typed_day(text: str, today: Callable[[], date]) -> date | Message | None:
    """Return the day that a text means, or why it means none; None for an empty one.

    `today` is asked only for a text that means a day by its distance from it.
    """
    found = cell_parsing.day(text)
    if isinstance(found, date) or found is None:
        return found
    days = _days(tidy(text), today)
    return found if days is None else _one_of(days)


def _days(text: str, today: Callable[[], date]) -> set[date] | None:
    """Return the days that a text could mean, None for a text that is not about the distance from today."""
    if _DISTANCE.fullmatch(text):
        return {today() + int(text) * DAY}
    compact = text.replace(" ", "")
    if (found := _MONTH_FIRST.fullmatch(compact)) is not None:
        return set(_nearest(today(), int(found[1]), int(found[2])))
    if (found := _PARTED.fullmatch(compact)) is not None:
        first, second = int(found[1]), int(found[2])
        return {*_nearest(today(), first, second), *_nearest(today(), second, first)}
    words = compact.casefold()
    if words in _DISTANCES:
        return {today() + _DISTANCES[words] * DAY}
    which, weekday = _weekday_phrases().get(words, ("", 0))
    return set(_weekdays(today(), which, weekday)) if which else None


def _one_of(days: Iterable[date]) -> date | Message:
    """Return the only day, or why there is none."""
    found = sorted(days)
    if not found:
        return say("there is no such day within half a year: write the year")
    if len(found) > 1:
        return say("this could be {first} or {last}: write the date", first=found[0], last=found[-1])
    return in_range(found[0])


def _nearest(today: date, month: int, day: int) -> list[date]:
    """Return the days with this month and day that are nearest to today, within half a year; two if equally far."""
    found = []
    for year in range(today.year - 1, today.year + 2):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue  # 30 February, or 29 in another year
    near = [each for each in found if abs(each - today) <= _NEAR]
    return [each for each in near if abs(each - today) == min(abs(other - today) for other in near)]


def _weekdays(today: date, which: str, weekday: int) -> Iterator[date]:
    """Yield the days that one day of the week could be: that of a week, the one before or after today."""
    of_this_week = today + (weekday - today.weekday()) * DAY
    before = of_this_week if of_this_week < today else of_this_week - _WEEK
    after = of_this_week if of_this_week > today else of_this_week + _WEEK
    yield from {
        "any": (before, of_this_week, after),
        "last": (before,),
        "this": (of_this_week, of_this_week if of_this_week == today else after),
        "next": (after, of_this_week + _WEEK),
        "上": (of_this_week - _WEEK,),
        "本": (of_this_week,),
        "下": (of_this_week + _WEEK,),
    }[which]


@cache
def _weekday_phrases() -> dict[str, tuple[str, int]]:
    """Return for each phrase, without blanks, which day it names: 上周五 → 上 and 4, last friday → last and 4."""
    found: dict[str, tuple[str, int]] = {}
    for number, name in enumerate(_WEEKDAYS):
        for word in (name, name[:3]):
            found[word] = ("any", number)
            found |= {f"{which}{word}": (which, number) for which in ("last", "this", "next")}
        for sign in "一二三四五六日天"[number : number + 1] if number < 6 else "日天":
            for week in ("周", "星期", "礼拜"):
                found[f"{week}{sign}"] = ("any", number)
                found |= {f"{which}{week}{sign}": (which, number) for which in "上本下"}
                found[f"这{week}{sign}"] = ("本", number)
    return found
