"""What calendars have to be told: the open plans, and for a while those that were called off."""

from __future__ import annotations

from datetime import date

from esm.domain.schedule.calendar_events import Appointment
from esm.storage.database.connection import Reading
from esm.storage.database.row_values import iso, with_days

OPEN = """SELECT plan.id, sequence, uscc, enterprise.name, address, staff_no, cadre.name, planned_on, due_on,
    CASE WHEN confirmed = 1 THEN 'confirmed' ELSE 'tentative' END, made_on, NULL
    FROM plan JOIN enterprise ON enterprise.id = enterprise_id JOIN cadre ON cadre.id = cadre_id
    WHERE visit_id IS NULL AND planned_on >= :since"""
CANCELLED = """SELECT plan_id, sequence, uscc, enterprise.name, address, staff_no, cadre.name, planned_on, NULL,
    'cancelled', cancelled_on, cancelled_plan.reason
    FROM cancelled_plan JOIN enterprise ON enterprise.id = enterprise_id JOIN cadre ON cadre.id = cadre_id
    WHERE planned_on >= :since"""


def find_appointments(reading: Reading, since: date, staff_no: str | None = None) -> list[Appointment]:
    """Return the appointments planned from `since` on, of one cadre or all, by cadre, day and number."""
    mine = " AND staff_no = :staff_no" if staff_no is not None else ""
    rows = reading.rows(
        f"{OPEN}{mine} UNION ALL {CANCELLED}{mine} ORDER BY staff_no, planned_on, 1",
        since=iso(since),
        staff_no=staff_no,
    )
    return [Appointment(*with_days(row, 7, 8, 10)) for row in rows]
