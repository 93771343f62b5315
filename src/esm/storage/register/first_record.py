"""Since when there are records."""

from __future__ import annotations

from datetime import date

from esm.storage.database.connection import Reading
from esm.storage.database.row_values import day

FIRST_RECORD_ON = """
SELECT min(first) FROM (
  SELECT min(today) AS first FROM operation UNION ALL SELECT min(start_on) FROM pairing
  UNION ALL SELECT min(done_on) FROM visit UNION ALL SELECT min(received_on) FROM request
  UNION ALL SELECT min(done_on) FROM briefing UNION ALL SELECT min(done_on) FROM relief) AS record
"""

_FIRST = {
    "requests": "SELECT min(received_on) FROM request",
    "briefings": "SELECT min(done_on) FROM briefing",
    "relief": "SELECT min(done_on) FROM relief",
}


def first_record_on(reading: Reading) -> date | None:
    """Return the earliest day of which something was recorded, an enrolment aside; None of an empty database."""
    found: str | None = reading.value(FIRST_RECORD_ON)
    return None if found is None else day(found)


def first_days(reading: Reading) -> dict[str, date | None]:
    """Return the day of the first request, briefing and relief on record; None where there is none."""
    found: dict[str, str | None] = {kind: reading.value(query) for kind, query in _FIRST.items()}
    return {kind: None if first is None else day(first) for kind, first in found.items()}
