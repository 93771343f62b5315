"""The days on which an enterprise is not to be visited: pauses of its clock, and blackouts, which the clock ignores."""

from __future__ import annotations

from datetime import date

from esm.domain.visits.pauses import QuietInterval
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.row_values import record


def quiet_intervals(reading: Reading, enterprise_id: int) -> list[QuietInterval]:
    """Return the pauses and blackouts of one enterprise, the latest first."""
    rows = reading.rows(
        """SELECT 'pause', id, start_on, end_on, reason FROM pause WHERE enterprise_id = :id
           UNION ALL SELECT 'blackout', id, start_on, end_on, reason FROM blackout WHERE enterprise_id = :id
           ORDER BY 3 DESC, 1, 2""",
        id=enterprise_id,
    )
    return [record(QuietInterval, row) for row in rows]


def running_pauses(reading: Reading, today: date) -> dict[str, QuietInterval]:
    """Return every pause that holds on a day, by the enterprise's code."""
    rows = reading.rows(
        """SELECT uscc, 'pause', pause.id, start_on, end_on, reason
           FROM pause JOIN enterprise ON enterprise.id = enterprise_id WHERE holds(pause, :today)""",
        today=today,
    )
    return {uscc: record(QuietInterval, row) for uscc, *row in rows}


def begin(
    writing: Writing, kind: str, enterprise_id: int, *, start_on: date, end_on: date | None, reason: str | None
) -> None:
    """Store a pause or a blackout: `kind` is the name of its table."""
    row = {"enterprise_id": enterprise_id, "start_on": start_on, "end_on": end_on, "reason": reason}
    writing.insert(kind, [row])


def end(writing: Writing, interval: QuietInterval, on: date) -> None:
    """End a pause or a blackout before the day `on`; one that would hold no day at all is removed."""
    if interval.start_on >= on:
        writing.delete(interval.kind, [interval.id])
    else:
        writing.change(interval.kind, interval.id, {"end_on": on})
