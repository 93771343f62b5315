"""Days, months, periods and years in words, as they stand in text for people: 2026年11月23日, 23 November 2026."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

from esm.domain.values.intervals import Period
from esm.errors import say
from esm.sheets.sheet.message_translation import tell, word

_MONTHS = (
    say("January"), say("February"), say("March"), say("April"), say("May"), say("June"), say("July"), say("August"),
    say("September"), say("October"), say("November"), say("December"),
)  # fmt: skip
_PERIODS = (
    say("January–February"), say("March–April"), say("May–June"), say("July–August"), say("September–October"),
    say("November–December"),
)  # fmt: skip
_WEEKDAYS = (
    say("Monday"), say("Tuesday"), say("Wednesday"), say("Thursday"), say("Friday"), say("Saturday"), say("Sunday"),
)  # fmt: skip


def weekday_in_words(day: date) -> str:
    """Return the day of the week."""
    return word(_WEEKDAYS[day.weekday()].template)


def day_in_words(day: date) -> str:
    """Return a day in words."""
    return _("{day} {month} {year}").format(day=day.day, month=_name(day, 1), year=day.year)


def span_in_words(start_on: date, months: int) -> str:
    """Return a month, a two-month period or a year in words, by its first day and its length in months."""
    if months > 2:
        return _("{year}").format(year=start_on.year)
    return _("{month} {year}").format(month=_name(start_on, months), year=start_on.year)


def period_in_words(period: Period, *, is_so_far: bool = False) -> str:
    """Return a two-month period with both of its months, or a month, as in the tables of a report."""
    told = span_in_words(period.start_on, 1) if period.is_month else tell(period.words)
    return _("{period} (so far)").format(period=told) if is_so_far else told


def period_heading(period: Period) -> str:
    """Return what heads the column of a two-month period: the year, which a narrow column has on a line of its own."""
    return f"{_('{year}').format(year=period.start_on.year)} {tell(period.months)}"


def _name(day: date, months: int) -> str:
    name = _MONTHS[day.month - 1] if months == 1 else _PERIODS[(day.month - 1) // 2]
    return word(name.template)
