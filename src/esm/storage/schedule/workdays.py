"""The working days: the published years of the library, and over them the days in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from esm.domain.values.grouping import grouped
from esm.domain.values.workdays import (
    STATUTORY_SOURCE,
    NamedDay,
    Notice,
    WorkCalendar,
    missing_holidays,
    statutory_holidays,
)
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.row_values import day, iso

FIRST_DAY = "-01-01"  # the list that names a year's first day speaks for the year
LOCAL = "local"


@cache
def official_calendar() -> WorkCalendar:
    """Return the calendar of every year that the installed edition of the State Council notices knows."""
    from chinese_calendar.constants import holidays, workdays  # noqa: PLC0415 - not every command asks

    return WorkCalendar(
        off=frozenset(day for day in holidays if day.weekday() < 5),
        make_up=frozenset(day for day in workdays if day.weekday() >= 5),
        published_until=date(max(holidays).year, 12, 31),
    )


def first_year() -> int:
    """Return the first year of which the installed edition knows the notice."""
    return min(official_calendar().off).year


def calendar_in_force(reading: Reading, notice: Notice | None = None) -> WorkCalendar:
    """Return the calendar in force: the official one, with the days in the database and then `notice` over it."""
    replaced = None if notice is None or notice.year is None else notice.name
    stored = [entry for entry in _stored_days(reading) if entry[0] != replaced]
    days = [named for _notice, named in stored]
    if notice is not None:
        later = [named for name, named in stored if name > notice.name]
        days += [*notice.days, *later]
    listed = _years_listed(stored) | ({} if notice is None or notice.year is None else {notice.year: notice.days})
    complete = {year for year, named in listed.items() if not unlisted_holidays(year, named)}
    return official_calendar().with_exceptions(days, complete)


def listed_days(reading: Reading, year: int, notice: Notice | None = None) -> Sequence[NamedDay] | None:
    """Return the days of the list that speaks for a year, in the database or `notice`; None without one."""
    if notice is not None and notice.year == year:
        return notice.days
    return _years_listed(_stored_days(reading)).get(year)


def unlisted_holidays(year: int, days: Sequence[NamedDay]) -> tuple[str, ...]:
    """Return the statutory holidays of a year that a list does not take off in full."""
    return missing_holidays(year, [named.on for named in days if not named.is_worked])


def _years_listed(stored: Sequence[tuple[str, NamedDay]]) -> dict[int, Sequence[NamedDay]]:
    """Return the days of the lists that name the first day of their year, by year."""
    notices = grouped((entry for entry in stored if entry[0] != LOCAL), lambda entry: entry[0])
    first_days = [(name, named) for name, named in stored if name != LOCAL and iso(named.on).endswith(FIRST_DAY)]
    return {first.on.year: [named for _name, named in notices[name]] for name, first in first_days}


def named_days(reading: Reading, year: int) -> list[NamedDay]:
    """Return every day of a year that a notice or a local rule names, each as it is in force."""
    from chinese_calendar.constants import holidays, workdays  # noqa: PLC0415 - not every command asks

    found = {on: NamedDay(on, is_worked=False, name=name) for on, name in holidays.items() if on.year == year}
    found |= {on: NamedDay(on, is_worked=True, name=name) for on, name in workdays.items() if on.year == year}
    if year > official_calendar().published_until.year:
        found = {
            on: NamedDay(on, is_worked=False, name=name, source=STATUTORY_SOURCE)
            for name, days in statutory_holidays(year).items()
            for on in days
        }
    found |= {named.on: named for _notice, named in _stored_days(reading) if named.on.year == year}
    return [found[on] for on in sorted(found)]


def replace_notice(writing: Writing, notice: Notice) -> int:
    """Put a notice in the place of an earlier one of the same year; a local rule only adds. Return what changed."""
    rows = writing.rows("SELECT falls_on, id, worked, name FROM holiday WHERE notice = :name", name=notice.name)
    known = {on: (key, worked, name) for on, key, worked, name in rows}
    wanted = {iso(named.on): (int(named.is_worked), named.name) for named in notice.days}
    gone = [known[on][0] for on in known if notice.year is not None and on not in wanted]
    stale = [known[on][0] for on in known if on in wanted and known[on][1:] != wanted[on]]
    writing.delete("holiday", [*gone, *stale])
    new = [on for on in wanted if on not in known or known[on][1:] != wanted[on]]
    writing.insert(
        "holiday",
        [
            {"falls_on": on, "worked": wanted[on][0], "name": wanted[on][1], "notice": notice.name,
             "source": notice.source}
            for on in new
        ],
    )  # fmt: skip
    return len(gone) + len(new)


def _stored_days(reading: Reading) -> Sequence[tuple[str, NamedDay]]:
    """Return the days in the database with the name of their notice; what is in force comes last."""
    rows = reading.rows("SELECT notice, falls_on, worked, name, source FROM holiday ORDER BY notice, falls_on")
    return [(notice, NamedDay(day(on), bool(worked), name, source)) for notice, on, worked, name, source in rows]
