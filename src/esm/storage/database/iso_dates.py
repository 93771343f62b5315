"""Days as the tables keep them: ISO text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, overload

BEGINNING = "0001-01-01"  # from when the first dated record of a thing holds: as far as is known, always


@overload
def iso(on: date) -> str: ...
@overload
def iso(on: None) -> None: ...
def iso(on: date | None) -> str | None:
    """Return the ISO text of a day."""
    return None if on is None else on.isoformat()


@overload
def day(text: str) -> date: ...
@overload
def day(text: None) -> None: ...
def day(text: str | None) -> date | None:
    """Return the day that an ISO text names."""
    return None if text is None else date.fromisoformat(text)


def with_days(row: Sequence[Any], *places: int, flags: Sequence[int] = ()) -> list[Any]:
    """Return the values of a row, the ISO texts at these places as days, the 0 and 1 at `flags` as booleans."""
    values = list(row)
    for place in places:
        values[place] = day(values[place])
    for place in flags:
        values[place] = bool(values[place])
    return values
