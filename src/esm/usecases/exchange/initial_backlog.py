"""What the first import makes overdue at once, because the clock runs from the start of the scheme."""

from __future__ import annotations

from datetime import date, timedelta

from esm.errors import Message, say
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.schedule import due_list
from esm.storage.schedule.due_list import DueFilter
from esm.storage.visits import visits

_KEY = "scheme_start_on"


def first_import_notes(reading: Reading, added: int, today: date) -> list[Message]:
    """Return what to say to an office that begins: how many are overdue, since when, and how to set the day.

    Nothing is said once a visit is on record or the day was set (docs/rules.md, Import).
    """
    if not added or visits.has_any(reading) or _KEY in settings.stored_texts(reading, today):
        return []
    overdue = due_list.due_count(reading, today, DueFilter(horizon=today - timedelta(days=1)))
    if not overdue:
        return []
    return [
        say(
            "Overdue at once: {count}, for no visit is on record and the clock runs from the day on the register, at "
            "the earliest {start}. If your records begin later, set the day: `esm config set scheme_start_on DAY`.",
            count=overdue, start=settings.load(reading, today).scheme_start_on,
        )
    ]  # fmt: skip
