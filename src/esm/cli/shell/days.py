"""A day as the command line names it."""

from __future__ import annotations

from datetime import date

from esm.domain.values.dates import FIRST_YEAR, LAST_YEAR
from esm.errors import UsageRefused, say


def day_of(text: str) -> date:
    """Return the day that a word of the command line names, in any spelling and of any year that rosters take."""
    plain = _plain_day(text)
    if plain is not None and FIRST_YEAR <= plain.year <= LAST_YEAR:
        return plain
    from esm.domain.values import cells, dates  # noqa: PLC0415 - only for the rarer spellings

    found = cells.day(text)
    if isinstance(found, date):
        return found
    hint = say("Write it like {example}.", example="2026-03-01")
    if found in (None, dates.NO_DATE):
        raise UsageRefused(say("“{text}” is not a day.", text=text), hint)
    raise UsageRefused(say("“{text}” is not a day ({reason}).", text=text, reason=found), hint)


def _plain_day(text: str) -> date | None:
    """Return the day of the one usual spelling; `2026-W10-2` and `20260302` are days to Python, too."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None
