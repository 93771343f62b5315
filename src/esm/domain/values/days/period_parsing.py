"""A period as people write it in a cell: two days, one of them, a year, or for always."""

from __future__ import annotations

import re
from datetime import date

from esm.domain.values.days.day_parsing import from_text, in_range
from esm.domain.values.raw_text import RawCell, parser_of_text
from esm.errors import Message, say

Period = tuple[date | None, date | None]

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
