"""Days, months, periods and years in words, as they stand in text for people: 2026年11月23日, 23 November 2026."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

from esm.errors import say
from esm.sheets.sheet.message_text import word

_MONTHS = (
    say("January"), say("February"), say("March"), say("April"), say("May"), say("June"), say("July"), say("August"),
    say("September"), say("October"), say("November"), say("December"),
)  # fmt: skip
_PERIODS = (
    say("January–February"), say("March–April"), say("May–June"), say("July–August"), say("September–October"),
    say("November–December"),
)  # fmt: skip


def day_in_words(day: date) -> str:
    """Return a day in words."""
    return _("{day} {month} {year}").format(day=day.day, month=_name(day, 1), year=day.year)


def span_in_words(start_on: date, months: int) -> str:
    """Return a month, a two-month period or a year in words, by its first day and its length in months."""
    if months > 2:
        return _("{year}").format(year=start_on.year)
    return _("{month} {year}").format(month=_name(start_on, months), year=start_on.year)


def _name(day: date, months: int) -> str:
    name = _MONTHS[day.month - 1] if months == 1 else _PERIODS[(day.month - 1) // 2]
    return word(name.template)
