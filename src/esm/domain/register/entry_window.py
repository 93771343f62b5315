"""When the register takes new entries (入库): the annual and the monthly route, and how many days are left.

The annual route is for enterprises that reached the line, the monthly one for those newly opened or put into
production; construction and property development may enter with every monthly batch, and those alone in December.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from esm.domain.register.above_scale_thresholds import Measure
from esm.domain.values.codes import Code
from esm.domain.values.settings import Settings
from esm.errors import say

ALL_YEAR_MEASURES = (Measure.QUALIFICATION, Measure.ACTIVITY)


class Route(Code):
    """How an enterprise enters the register."""

    ANNUAL = "annual", say("annual"), "年度申报"
    MONTHLY = "monthly", say("monthly"), "月度申报"
    ALL_YEAR = "all_year", say("all year, monthly"), "全年按月申报"


@dataclass(frozen=True, slots=True)
class EntryWindow:
    """Days on which a route is open, both ends included; the next declaration is due by `declare_by`."""

    route: Route
    opens_on: date
    closes_on: date
    declare_by: date

    def is_open(self, on: date) -> bool:
        """Return whether entries are taken on a day."""
        return self.opens_on <= on <= self.closes_on

    def days_left(self, on: date) -> int | None:
        """Return how many days are left after `on`, 0 on the last one; None while it is closed."""
        return (self.closes_on - on).days if self.is_open(on) else None


def open_or_next_window(route: Route, on: date, rules: Settings) -> EntryWindow:
    """Return the window of a route that is open on a day, or else the next one."""
    coming = _annual_windows(on, rules) if route == Route.ANNUAL else _monthly_windows(route, on, rules)
    return next(each for each in coming if each.closes_on >= on)


def _annual_windows(on: date, rules: Settings) -> Iterator[EntryWindow]:
    first, last, day = rules.annual_entry_first_month, rules.annual_entry_last_month, rules.annual_entry_day
    for year in (on.year - 1, on.year, on.year + 1):
        months = [(year, month) for month in range(first, (last if first <= last else last + 12) + 1)]
        batches = [_day_of_month(year + (month - 1) // 12, (month - 1) % 12 + 1, day) for year, month in months]
        declare_by = next((batch for batch in batches if batch >= on), batches[-1])
        yield EntryWindow(Route.ANNUAL, date(year, first, 1), batches[-1], declare_by)


def _monthly_windows(route: Route, on: date, rules: Settings) -> Iterator[EntryWindow]:
    special = {1: rules.january_entry_day, 2: rules.february_entry_day}
    for number in range(13):  # from this month to the same one of the next year
        year, month = on.year + (on.month - 1 + number) // 12, (on.month - 1 + number) % 12 + 1
        day = special.get(month, rules.monthly_entry_day)
        if day and (month != 12 or route == Route.ALL_YEAR):
            closes_on = _day_of_month(year, month, day)
            yield EntryWindow(route, date(year, month, 1), closes_on, closes_on)


def _day_of_month(year: int, month: int, day: int) -> date:
    """Return a day of a month, its last where the month is shorter."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
