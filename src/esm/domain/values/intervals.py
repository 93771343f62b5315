"""Half-open intervals of days, `[start_on, end_on)`, as all are kept, and the two-month periods of the calendar."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from esm.domain.values.day_parsing import FIRST_YEAR, LAST_YEAR
from esm.errors import RuleRefused, UsageRefused, say

# The calendar clock has fixed periods, January–February to November–December.
MONTHS = 2
DAY = timedelta(days=1)
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
    """One two-month period, `[start_on, end_on)`."""

    start_on: date
    end_on: date

    @property
    def name(self) -> str:
        """Return the period's first month, such as `2026-11`."""
        return self.start_on.isoformat()[:7]

    @property
    def last_day(self) -> date:
        """Return the last day that belongs to the period."""
        return self.end_on - DAY

    def is_open(self, as_of: date) -> bool:
        """Return whether the period is not over on `as_of`, so that its figures are "so far"."""
        return as_of < self.end_on


def period_of(day: date) -> Period:
    """Return the period that holds `day`."""
    first = day.month - (day.month - 1) % MONTHS
    after = first + MONTHS
    end_on = date(day.year, after, 1) if after <= 12 else date(day.year + 1, 1, 1)
    return Period(date(day.year, first, 1), end_on)


def parse(text: str) -> Period:
    """Return the period of a month written `YYYY-MM`, either of its two; anything else is refused."""
    found = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", text.strip())
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise UsageRefused(
            say("“{text}” is not a period.", text=text),
            say("Give one of its two months as YYYY-MM, for example 2026-11."),
        )
    return period_of(date(int(found[1]), int(found[2]), 1))


def period_asked_for(words: str | None, as_of: date) -> Period:
    """Return the period of a month in words, by default the one that holds the day; one to come is refused."""
    found = period_of(as_of) if words is None else parse(words)
    if found.start_on > as_of:
        raise RuleRefused(
            say("The period {period} begins after {as_of}.", period=words, as_of=as_of),
            say("Choose an earlier period, or a later --as-of."),
        )
    return found
