"""Since when there are records."""

from __future__ import annotations

from datetime import date

from esm.storage.database.connection import Reading
from esm.storage.database.row_values import day, iso

# Where a day says that something was on record; an enrolment does not.
_DAYS = {
    "operation": "today", "pairing": "start_on", "visit": "done_on", "request": "received_on", "briefing": "done_on",
    "relief": "done_on",
}  # fmt: skip
_FIRST_DAYS = " UNION ALL ".join(f"SELECT min({column}) AS first FROM {table}" for table, column in _DAYS.items())

_FIRST = {
    "requests": "SELECT min(received_on) FROM request",
    "briefings": "SELECT min(done_on) FROM briefing",
    "relief": "SELECT min(done_on) FROM relief",
}


def is_recorded(reading: Reading, on: date) -> bool:
    """Return whether something was on record by a day; the first row found is enough."""
    return any(
        reading.value(f"SELECT EXISTS (SELECT 1 FROM {table} WHERE {column} <= :day)", day=iso(on))
        for table, column in _DAYS.items()
    )


def first_record_on(reading: Reading) -> date | None:
    """Return the earliest day of which something was recorded, an enrolment aside; None of an empty database."""
    found: str | None = reading.value(f"SELECT min(first) FROM ({_FIRST_DAYS}) AS record")
    return None if found is None else day(found)


def first_days(reading: Reading) -> dict[str, date | None]:
    """Return the day of the first request, briefing and relief on record; None where there is none."""
    found: dict[str, str | None] = {kind: reading.value(query) for kind, query in _FIRST.items()}
    return {kind: None if first is None else day(first) for kind, first in found.items()}
