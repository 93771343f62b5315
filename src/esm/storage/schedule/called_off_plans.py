"""The plans that were called off, as far as they are missed: one that a visit used up early is not."""

from __future__ import annotations

from datetime import date

from esm.domain.schedule.planned_visit import CalledOffPlan
from esm.storage.database.connection import Reading
from esm.storage.database.row_values import iso, record

CALLED_OFF = """
SELECT plan_id, uscc, enterprise.name, staff_no, cadre.name, planned_on, starts_at, confirmed, cancelled_on, cause,
       reason
FROM cancelled_plan AS called_off
JOIN enterprise ON enterprise.id = enterprise_id JOIN cadre ON cadre.id = cadre_id
WHERE {where} AND cancelled_on <= :until AND differs(cause, 'visited')
ORDER BY cancelled_on DESC, planned_on, uscc, plan_id
"""


def called_off_plans(
    reading: Reading,
    until: date,
    *,
    since: date | None = None,
    uscc: str | None = None,
    staff_no: str | None = None,
) -> list[CalledOffPlan]:
    """Return the plans called off up to a day, the latest first; `since` is the first day on which they were."""
    conditions = {"cancelled_on >= :since": iso(since), "uscc = :uscc": uscc, "staff_no = :staff_no": staff_no}
    where = " AND ".join(["TRUE", *(text for text, value in conditions.items() if value is not None)])
    rows = reading.rows(
        CALLED_OFF.format(where=where), until=iso(until), since=iso(since), uscc=uscc, staff_no=staff_no
    )
    return [record(CalledOffPlan, row) for row in rows]
