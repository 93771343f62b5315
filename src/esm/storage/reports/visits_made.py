"""How many visits each cadre has made of late."""

from __future__ import annotations

from datetime import date, timedelta

from esm.domain.reports.forecast.pace_forecast import PACE_DAYS, VisitsMade
from esm.storage.database.connection import Reading
from esm.storage.database.row_values import record


def visits_made(reading: Reading, today: date) -> dict[str, VisitsMade]:
    """Return by staff number what those made who had a counted visit in the last sixty days before a day."""
    rows = reading.rows(
        """SELECT staff_no, count(*), max(done_on) FROM visit JOIN cadre ON cadre.id = cadre_id
           WHERE counts(visit) AND done_on >= :since AND done_on < :today
           GROUP BY staff_no ORDER BY staff_no""",
        since=today - timedelta(days=PACE_DAYS),
        today=today,
    )
    return {staff_no: record(VisitsMade, made) for staff_no, *made in rows}
