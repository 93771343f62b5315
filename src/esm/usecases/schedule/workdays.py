"""The working days of the district: what a published list or a local rule says, and the plans that follow."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import PurePath

from esm.domain.schedule.new_plan import CalendarChange
from esm.domain.values import cell_parsing
from esm.domain.values.raw_text import fold
from esm.domain.values.workdays import NamedDay, Notice, WorkCalendar, YearDoubt, YearPage
from esm.errors import InputRefused, Message, Problem, say
from esm.sheets.schedule.holiday_entries import RANGE_MARKS, WORKED, CalendarEntry, CalendarFile
from esm.storage.database import settings
from esm.storage.database.connection import Reading, Writing
from esm.storage.schedule import plans
from esm.storage.schedule import workdays as holidays
from esm.usecases.requests import preserved_deadlines, request_queries
from esm.usecases.schedule import plan as scheduling

_RANGE = re.compile("|".join(map(re.escape, RANGE_MARKS)))
_LONGEST = 31
_MARGIN = timedelta(days=31)


def parse_notice(file: CalendarFile, *, local: bool = False) -> Notice:
    """Return the list that a file holds; every fault is named with its line, and one refuses the file.

    A list that names 1 January speaks for that year; any other, or with `local`, is a rule of the place.
    """
    problems: list[Problem] = []
    days: dict[date, NamedDay] = {}
    source = PurePath(file.file).name
    for entry, found in ((line, day) for line in file.entries for day in _entry_days(line, source)):
        if isinstance(found, Message):
            problems.append(Problem(file.file, "", entry.place, entry.day or entry.kind, found))
        elif found.on in days:
            problems.append(Problem(file.file, "", entry.place, entry.day, say("{on} is listed twice", on=found.on)))
        else:
            days[found.on] = found
    year = None if local else _published_year(file, days)
    problems += _days_outside_year(file, days, year)
    if not days and not problems:
        problems.append(Problem(file.file, "", "", "", say("no days are listed")))
    if problems:
        raise InputRefused(
            say("The calendar contains errors (entries: {count}); nothing was written.", count=len(problems)),
            say("Correct the lines and import again."),
            problems,
        )
    return Notice(year, source, tuple(days[on] for on in sorted(days)))


def propose(reading: Reading, notice: Notice, today: date) -> CalendarChange:
    """Return what follows from a list: the deadlines of open requests, and the plan anew, to the same horizon.

    There is no plan without plans, nor when no day changed and none of them was provisional.
    """
    calendar = holidays.calendar_in_force(reading, notice)
    year = notice.year
    doubt = None if year is None else _doubt(reading, year, calendar, notice)
    workdays = None if year is None else len(calendar.workdays(date(year, 1, 1), date(year + 1, 1, 1)))
    deadlines = request_queries.new_deadlines(reading, today, calendar)
    opened = plans.open_plans(reading)
    is_settled = calendar == holidays.calendar_in_force(reading) and not any(plan.is_provisional for plan in opened)
    until = settings.load(reading, today).planned_until
    if is_settled or not until:
        return CalendarChange(notice, workdays, None, deadlines, doubt)
    as_of = plans.latest_later_fact(reading, today) or today
    schedule = scheduling.propose(reading, as_of, date.fromisoformat(until), calendar)
    return CalendarChange(notice, workdays, schedule, deadlines, doubt)


def apply(writing: Writing, proposal: CalendarChange, _today: date) -> None:
    """Store the list, after the deadlines of what was done are kept.

    Plans follow it as they follow every fact (`usecases.schedule.replanning`).
    """
    preserved_deadlines.keep_deadlines(writing)
    holidays.replace_notice(writing, proposal.notice)


def year_page(reading: Reading, year: int) -> YearPage:
    """Return one year of the calendar in force."""
    calendar = holidays.calendar_in_force(reading)
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    days = tuple(holidays.named_days(reading, year))
    return YearPage(year, len(calendar.workdays(first, after)), days, _doubt(reading, year, calendar))


def _doubt(reading: Reading, year: int, calendar: WorkCalendar, notice: Notice | None = None) -> YearDoubt | None:
    """Return why a year of the calendar, with `notice` laid over it, is not certain; None for a published one."""
    if year < holidays.first_year():
        return YearDoubt(is_before_records=True)
    if not calendar.is_provisional(date(year, 1, 1)):
        return None
    listed = holidays.listed_days(reading, year, notice)
    if listed is None:
        return YearDoubt()
    missing = holidays.unlisted_holidays(year, listed)
    return YearDoubt(missing, None if missing else calendar.published_until.year + 1)


def _entry_days(entry: CalendarEntry, source: str) -> Iterable[NamedDay | Message]:
    """Yield the days of one entry, which may be a range such as 2027-02-05至2027-02-11, or what is wrong with it."""
    is_worked = WORKED.get(fold(entry.kind))
    if is_worked is None:
        yield say("“{kind}” is neither off (休) nor working (班)", kind=entry.kind)
        return
    ends = [cell_parsing.day(part.strip()) for part in _RANGE.split(entry.day, maxsplit=1)]
    for end in ends:
        if not isinstance(end, date):
            yield end or say("the day is missing")
            return
    first, last = (end for end in (ends[0], ends[-1]) if isinstance(end, date))
    if not 0 <= (last - first).days < _LONGEST:
        yield say("the range ends before it starts, or is longer than a month")
        return
    for number in range((last - first).days + 1):
        yield NamedDay(first + timedelta(days=number), is_worked, entry.name, source)


def _published_year(file: CalendarFile, days: Iterable[date]) -> int | None:
    if file.year is not None:
        return file.year
    return min((on.year for on in days if (on.month, on.day) == (1, 1)), default=None)


def _days_outside_year(file: CalendarFile, days: Iterable[date], year: int | None) -> Iterable[Problem]:
    """Yield the days that the list of one year cannot speak of: it may touch the December before and January after."""
    if year is None:
        return
    if not 1901 <= year <= 2198:
        yield Problem(file.file, "", "", str(year), say("the year is implausible"))
        return
    first, last = date(year, 1, 1) - _MARGIN, date(year, 12, 31) + _MARGIN
    for on in days:
        if not first <= on <= last:
            yield Problem(file.file, "", "", on.isoformat(), say("is outside the year {year}", year=year))
