"""A day as people write it in a cell: a real date, an Excel serial, or one of the usual texts."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from esm.domain.values.intervals import FIRST_YEAR, LAST_YEAR
from esm.domain.values.raw_text import tidy
from esm.errors import Message, say

_DAY_ZERO = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 36526, 73050
_TIME = r"(?:[ T](?:[01]?[0-9]|2[0-3])(?::[0-5][0-9]){1,2})?"
_COMPACT = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})")
_MONTH_AND_DAY = re.compile("([0-9]{1,2})月([0-9]{1,2})[日号]?|([0-9]{1,2})[/.]([0-9]{1,2})")
_MONTH = re.compile("20[0-9]{2}(?:0[1-9]|1[0-2])")
_PARTED = re.compile("([0-9]{4}) ?([-/.]) ?([0-9]{1,2}) ?\\2 ?([0-9]{1,2})" + _TIME)
_CHINESE = re.compile("([0-9]{4}) ?年 ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?[日号]" + _TIME)
_SERIAL = re.compile("[0-9]{5}")
_DIGITS = re.compile("[0-9]+")
_RANGE = re.compile("[~至到]")

_NO_DAY = say("this date does not exist")
NO_DATE = say("this is not a date: write it as in 2026-03-01")
_MORE_THAN_ONE = say("this is more than one date: keep one, as in 2026-03-01")
_FAULTS = (
    (re.compile("[0-9]{1,2}月[0-9]{1,2}[日号]?|[0-9]{1,2}[-/.][0-9]{1,2}"), say("the year is missing")),
    (re.compile("[0-9]{4}(?:[-/.][0-9]{1,2}|年[0-9]{1,2}月?)"), say("the day of the month is missing")),
    (_MONTH, say("the day of the month is missing")),
    (
        re.compile("[0-9]{1,2}([-/.])[0-9]{1,2}\\1[0-9]{4}"),
        say("day and month could be confused: write the year first, as in 2026-03-01"),
    ),
    (
        re.compile("[0-9]{2}(?:([-/.])[0-9]{1,2}\\1[0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}[日号]?)"),
        say("the year has only two digits: write all four"),
    ),
)


def from_text(text: str) -> date | Message:
    """Return the day that a text in half-width characters means, or why it means none."""
    parts = _parts(text)
    if parts is not None:
        try:
            return in_range(date(*parts))
        except ValueError:
            return _NO_DAY
    if _SERIAL.fullmatch(text):
        return from_number(int(text))
    compact = text.replace(" ", "")
    numbers = list(_DIGITS.finditer(compact))
    if len(numbers) > 3 or (numbers and _RANGE.search(compact, numbers[0].end(), numbers[-1].start())):
        return NO_DATE if ":" in compact else _MORE_THAN_ONE
    return next((reason for pattern, reason in _FAULTS if pattern.fullmatch(compact)), NO_DATE)


def _parts(text: str) -> tuple[int, int, int] | None:
    found = _PARTED.fullmatch(text)
    if found is not None:
        return int(found[1]), int(found[3]), int(found[4])
    found = _COMPACT.fullmatch(text) or _CHINESE.fullmatch(text)
    return None if found is None else (int(found[1]), int(found[2]), int(found[3]))


def without_year(text: str) -> str | None:
    """Return month and day of a text that names them alone, 11月5日 or 11.5, as 11-5; None for any other text."""
    found = _MONTH_AND_DAY.fullmatch(tidy(text).replace(" ", ""))
    return None if found is None else f"{found[1] or found[3]}-{found[2] or found[4]}"


def from_number(number: float) -> date | Message:
    """Return the day of an Excel serial, or of a number like 20260301; a time of day is cut off."""
    if _FIRST_SERIAL <= number < _LAST_SERIAL + 1:
        return _DAY_ZERO + timedelta(days=int(number))
    text = str(number)
    return from_text(text) if _COMPACT.fullmatch(text) or _MONTH.fullmatch(text) else NO_DATE


def in_range(day: date) -> date | Message:
    """Return the day without its time of day, or a fault when its year cannot be meant."""
    if isinstance(day, datetime):
        day = day.date()
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    return say("the year {year} is out of range: {first} to {last}", year=day.year, first=FIRST_YEAR, last=LAST_YEAR)
