"""The days and times of day in the words of a command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from esm.domain.values.intervals import FIRST_YEAR, LAST_YEAR
from esm.errors import UsageRefused, say


def day_of(text: str, today: Callable[[], date]) -> date:
    """Return the date in an argument, in any spelling that rosters accept, or by its distance from today.

    Raises UsageRefused if it is none.
    """
    plain = _plain_day(text)
    if plain is not None and FIRST_YEAR <= plain.year <= LAST_YEAR:
        return plain
    from esm.domain.values.days import day_parsing, typed_day  # noqa: PLC0415 - only for the rarer spellings

    found = typed_day.typed_day(text, today)
    if isinstance(found, date):
        return found
    hint = say("Write it in the form {example}.", example="2026-03-01")
    if found in (None, day_parsing.NO_DATE):
        raise UsageRefused(say("“{text}” is not a date.", text=text), hint)
    raise UsageRefused(say("“{text}” is not a date ({reason}).", text=text, reason=found), hint)


def time_if_any(text: str | None) -> str | None:
    """Return the time of day in an option as HH:MM, None if it was not given; raises UsageRefused if it is none."""
    if text is None:
        return None
    from esm.domain.values import cell_parsing  # noqa: PLC0415 - few commands take a time

    found = cell_parsing.time_of_day(text)
    if not isinstance(found, str):
        raise UsageRefused(
            say("“{text}” is not a time of day.", text=text), say("Write it in the form {example}.", example="14:30")
        )
    return found


def _plain_day(text: str) -> date | None:
    """Return the date of the usual spelling; Python would also accept `2026-W10-2` and `20260302`."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None
