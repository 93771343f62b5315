"""A day, or a period, as people write it in a cell: a real date, an Excel serial, or one of the usual texts."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from esm.domain.values.raw_text import RawCell, parser_of_text, tidy
from esm.errors import Message, say

Period = tuple[date | None, date | None]

FIRST_YEAR, LAST_YEAR = 1901, 2199  # beyond them it is a slip of the finger
FARTHEST_DAYS = 36_500  # a century of looking ahead
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
# A period: days in a text, and what stands around them.
_DAY_IN = re.compile("[0-9]{4}(?:([-/.])[0-9]{1,2}\\1[0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}[日号]|[0-9]{4}(?![0-9]))")
_YEARS = re.compile("([0-9]{4})年?度?(?:[-—–~至到]+([0-9]{4}))?年度?(?:内有效)?")
_ALWAYS = re.compile(
    "长期(?:有效|执行|实施|受理)?|永久(?:有效)?|持续有效|无(?:限制|期限)|不限|(?:常年|全年|随时)可?(?:受理|申报|办理)?"
)
_FROM = re.compile("自?@(?:日?起)(?:施行|执行|实施|有效|生效)?")
_UNTIL = re.compile("(?:有效期?)?(?:截?至|截止到?|到)?@(?:止|前|为止|前有效)?")
# The last day of a period in the year of the first: 2026年3月1日-4月30日.
_SHORT_LAST = re.compile(
    "([0-9]{4})(年|[-/.])([0-9]{1,2}(?:月[0-9]{1,2}[日号]|\\2[0-9]{1,2})[-—–~至到起]+)"
    "([0-9]{1,2}(?:月[0-9]{1,2}[日号]|[-/.][0-9]{1,2}))(?![0-9年/.-])"
)
_BOTH = re.compile("自?@起?[-—–~至到起]+@(?:止|为止|有效|期间有效)?")


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


def period(cell: RawCell) -> Period | Message | None:
    """Return the first and the last day; one alone is the last, and None stands for an end that is open."""
    if isinstance(cell, date):
        last = in_range(cell)
        return last if isinstance(last, Message) else (None, last)
    found = _written(cell)
    return found if found is None or isinstance(found, Message | tuple) else None


@parser_of_text
def _written(plain: str) -> Period | Message:
    text = "".join(plain.split())
    if _ALWAYS.fullmatch(text):
        return None, None
    years = _YEARS.fullmatch(text)
    if years is not None:
        first, last = f"{years[1]}-01-01", f"{years[2] or years[1]}-12-31"
        return _in_order(from_text(first), from_text(last))
    text = _SHORT_LAST.sub(r"\1\2\3\1\2\4", text)
    days = [from_text(found[0]) for found in _DAY_IN.finditer(text)]
    shape = _DAY_IN.sub("@", text)
    if len(days) == 2 and _BOTH.fullmatch(shape):
        return _in_order(*days)
    if len(days) == 1 and (_FROM.fullmatch(shape) or _UNTIL.fullmatch(shape)):
        (day,) = days
        if isinstance(day, Message):
            return day
        return (day, None) if _FROM.fullmatch(shape) else (None, day)
    return say("this is not a period: write it like 2026-01-01至2026-12-31, or the last day alone")


def _in_order(first: date | Message, last: date | Message) -> Period | Message:
    if isinstance(first, Message):
        return first
    if isinstance(last, Message):
        return last
    if last < first:
        return say("the last day {until} is before the first, {start}", until=last, start=first)
    return first, last
