"""Reports are of days of which something is on record."""

from __future__ import annotations

from datetime import date

from esm.errors import RuleRefused, say
from esm.storage.database.connection import Reading
from esm.storage.register import first_record


def require_records(reading: Reading, on: date) -> None:
    """Raise RuleRefused for a day before the first record: its figures would be zeros that nobody counted."""
    if first_record.is_recorded(reading, on):
        return
    first = first_record.first_record_on(reading)
    if first is not None:
        raise RuleRefused(
            say("Nothing is on record as of {day}; records begin on {first}.", day=on, first=first),
            say("Choose that date or a later one."),
        )
