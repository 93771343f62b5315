"""Half-open intervals of days, `[start_on, end_on)`, as all are kept, and the two-month periods of the calendar."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from esm.errors import Message, RuleRefused, UsageRefused, say

# The calendar clock has fixed periods, January–February to November–December.
MONTHS = 2
DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1901, 2199  # beyond them it is a slip of the finger
FARTHEST_DAYS = 36_500  # a century of looking ahead
_MONTHS_OF_PERIODS = (
    say("Jan–Feb"), say("Mar–Apr"), say("May–Jun"), say("Jul–Aug"), say("Sep–Oct"), say("Nov–Dec"),
)  # fmt: skip
FOREVER = date.max  # the end of an interval that is still running


def holds(start_on: date | None, end_on: date | None, on: date) -> bool:
    """Return whether an interval holds a day; without a first or an end it has none on that side."""
    return (start_on is None or start_on <= on) and (end_on is None or on < end_on)


def last_day(end_on: date | None) -> date | None:
    """Return the last day of an interval, which is how people are told its end; None while it has none."""
    return None if end_on is None else end_on - timedelta(days=1)


def first_overlap(held: Mapping[date, date], start_on: date, end_on: date) -> date | None:
    """Return the first day of another interval that shares a day with [start_on, end_on), if there is one.

    The first day tells intervals apart: the one that begins on `start_on` is no other.
    """
    return next((start for start, end in held.items() if start != start_on and start < end_on and start_on < end), None)


def is_unbroken(held: Mapping[date, date]) -> bool:
    """Return whether intervals follow each other without a gap and never end."""
    starts = sorted(held)
    return [held[start] for start in starts] == [*starts[1:], FOREVER]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One two-month period or one calendar month, `[start_on, end_on)`."""

    start_on: date
    end_on: date

    @property
    def name(self) -> str:
        """Return the period's first month, such as `2026-11`."""
        return self.start_on.isoformat()[:7]

    @property
    def months(self) -> Message:
        """Return both months of a two-month period in words."""
        return _MONTHS_OF_PERIODS[(self.start_on.month - 1) // MONTHS]

    @property
    def words(self) -> Message:
        """Return a two-month period in words, so that nobody reads its name as one month."""
        return say("{month} {year}", month=self.months, year=self.start_on.year)

    @property
    def last_day(self) -> date:
        """Return the last day that belongs to the period."""
        return self.end_on - DAY

    @property
    def is_month(self) -> bool:
        """Return whether this is one calendar month."""
        return self.last_day.month == self.start_on.month

    def is_open(self, as_of: date) -> bool:
        """Return whether the period is not over on `as_of`, so that its figures are "so far"."""
        return as_of < self.last_day

    def day_of_figures(self, today: date) -> date:
        """Return the day that the figures of the period are of: its last one, or today while it goes on."""
        return min(today, self.last_day)


def monday_of(day: date) -> date:
    """Return the Monday of the week that holds a day."""
    return day - timedelta(days=day.weekday())


def sunday_of(day: date) -> date:
    """Return the Sunday of the week that holds a day."""
    return monday_of(day) + timedelta(days=6)


def period_of(day: date) -> Period:
    """Return the period that holds `day`."""
    return _months_from(day.replace(day=1, month=day.month - (day.month - 1) % MONTHS), MONTHS)


def month_of(day: date) -> Period:
    """Return the month that holds `day`."""
    return _months_from(day.replace(day=1), 1)


def _months_from(first: date, months: int) -> Period:
    after = first.month + months
    end_on = first.replace(month=after) if after <= 12 else date(first.year + 1, 1, 1)
    return Period(first, end_on)


def parse(text: str) -> Period:
    """Return the period of a month written `YYYY-MM`, either of its two; anything else is refused."""
    first = first_of_month(text)
    if first is None:
        raise UsageRefused(
            say("“{text}” is not a period.", text=text),
            say("Give one of its two months as YYYY-MM, for example 2026-11."),
        )
    return period_of(first)


def parse_month(text: str) -> Period:
    """Return the month written `YYYY-MM`; anything else is refused."""
    first = first_of_month(text)
    if first is None:
        raise UsageRefused(say("“{text}” is not a month.", text=text), say("Give it as YYYY-MM, for example 2026-11."))
    return month_of(first)


def first_of_month(text: str) -> date | None:
    """Return the first day of a month written `YYYY-MM`, None for anything else."""
    found = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", text.strip())
    is_month = found is not None and FIRST_YEAR <= int(found[1]) <= LAST_YEAR
    return date(int(found[1]), int(found[2]), 1) if found is not None and is_month else None


def span_asked_for(period: str | None, month: str | None) -> Period | None:
    """Return the period or the month in words, None without either; both together are refused."""
    if period is not None and month is not None:
        raise UsageRefused(say("--period and --month cannot be used together."), say("Use only one of them."))
    return parse(period) if period is not None else None if month is None else parse_month(month)


def period_asked_for(period: str | None, as_of: date, month: str | None = None) -> Period:
    """Return the period or the month in words, by default the period that holds the day; one to come is refused."""
    found = span_asked_for(period, month) or period_of(as_of)
    if found.start_on > as_of:
        raise RuleRefused(
            say("The month {month} begins after {as_of}.", month=month, as_of=as_of)
            if found.is_month
            else say("The period {period} begins after {as_of}.", period=period, as_of=as_of),
            say("Choose an earlier one, or a later --as-of."),
        )
    return found
