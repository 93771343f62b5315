"""What calendars have to be told: the planned visits, those that no longer stand, and how often each has changed."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from esm.domain.schedule.calendar_event import Appointment
from esm.storage.database import past_rows
from esm.storage.database.connection import Reading
from esm.storage.database.phrases import as_list, text_beside
from esm.storage.database.row_values import iso, record

EVENTS = text_beside(__file__, "appointments.sql")
FOR_ALL = ("cadre", "holiday", "policy", "request_class", "setting")  # these are read for every appointment

# By operation: the enterprise of which an appointment tells more or other things since; null stands for all.
_CHANGES = """SELECT DISTINCT operation_id, enterprise_id FROM (
    SELECT operation_id,
      CASE subject
        WHEN 'enterprise' THEN row_id
        WHEN 'request_event' THEN (SELECT enterprise_id FROM request WHERE id = field_of(row_then, request_id))
        WHEN 'companion' THEN (SELECT enterprise_id FROM visit WHERE id = field_of(row_then, visit_id))
        ELSE field_of(row_then, enterprise_id)
      END AS enterprise_id,
      among(subject, :for_all) AND differs(field_of(row_then, key), 'planned_until') AS is_for_all
    FROM (SELECT operation_id, subject, row_id, coalesce(new, old) AS row_then FROM change
          WHERE operation_id > :first AND operation_id < :until
            AND operation_id IN (SELECT id FROM operation WHERE today <= :today)) AS row_change) AS told
  WHERE is_for_all OR enterprise_id IS NOT NULL
  ORDER BY operation_id"""


def find_appointments(reading: Reading, today: date, since: date, staff_no: str | None = None) -> list[Appointment]:
    """Return the appointments made by today for `since` and later, of one cadre or all, by cadre, day and number."""
    later = past_rows.first_later_operation(reading, today, "plan")
    until = later or 1 + int(reading.value("SELECT coalesce(max(id), 0) FROM operation"))
    events = EVENTS.format(
        plan=past_rows.rows_before(reading, "plan", later),
        cancelled_plan=past_rows.rows_before(reading, "cancelled_plan", later),
    )
    rows = reading.rows(events, since=iso(since), until=until, staff_no=staff_no)
    counts = _change_counts(reading, {plan_id: enterprise_id for plan_id, enterprise_id, *_rest in rows}, today, until)
    return [record(Appointment, (plan_id, counts[plan_id], *values)) for plan_id, _enterprise_id, *values in rows]


def _change_counts(reading: Reading, enterprise_ids: Mapping[int, int], today: date, until: int) -> dict[int, int]:
    """Return by plan how many operations since the one that made it, up to a day, have changed what is told of it.

    Read from the journal, so that an undo counts as the change that it is.
    """
    made: dict[int, int] = dict(
        reading.rows(
            """SELECT row_id, min(operation_id) FROM change
               WHERE subject = 'plan' AND kind = 'I' AND among(row_id, :ids) GROUP BY row_id""",
            ids=as_list(sorted(enterprise_ids)),
        )
    )
    changes: dict[int | None, set[int]] = defaultdict(set)
    first = min(made.values(), default=0)
    given = {"first": first, "until": until, "today": iso(today), "for_all": as_list(FOR_ALL)}
    for operation_id, enterprise_id in reading.rows(_CHANGES, **given):
        changes[enterprise_id].add(operation_id)
    own = {each: sorted(changes[None] | changes[each]) for each in set(enterprise_ids.values())}
    return {
        plan_id: len(own[enterprise_id]) - bisect_right(own[enterprise_id], made.get(plan_id, 0))
        for plan_id, enterprise_id in enterprise_ids.items()
    }
