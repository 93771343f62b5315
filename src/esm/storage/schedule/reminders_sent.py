"""The operations of a day that changed no record; those of reminders tell what was sent."""

from __future__ import annotations

import json
from datetime import date

from esm.storage.database.connection import Reading
from esm.storage.database.row_values import iso


def noted_commands(reading: Reading, today: date) -> list[tuple[str, ...]]:
    """Return the commands of these operations, in their order."""
    rows = reading.rows(
        "SELECT command FROM operation WHERE today = :today AND changes = 0 AND hash IS NOT NULL ORDER BY id",
        today=iso(today),
    )
    return [tuple(json.loads(command)) for (command,) in rows]
